/**
 * Which era the nonces are burned in, and up to which timestamp. A node accepts only what lies under a ceiling that
 * it knows to be in the database, for an era that is in force there. So when Redis has lost its memory, the next
 * era's floor is at or above everything that any node has accepted, even one that has not noticed yet: that node
 * cannot raise its ceiling any more (a split network keeps two halves apart in the same way).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type RandomSource, randomAlphanumeric } from '../../base/index.ts';
import { type NonceEra, type NonceLease, StorageUnavailable } from '../../model/index.ts';
import type { RedisLink } from './link.ts';
import { BEGIN_ERA } from './nonce-scripts.ts';

/** How far above the newest timestamp the ceiling is put, and how near that may come before it is raised again. */
const HEADROOM_SECONDS = 3;
const LOW_HEADROOM_SECONDS = 1;

/** Another node has begun an era and is about to write it to Redis: it is given this long. */
const COURTESY_MS = 50;

const ID_LENGTH = 24;

/** What the eras are kept with. */
export interface ErasOptions {
  readonly link: RedisLink;
  readonly lease: NonceLease;
  readonly random: RandomSource;
}

/** The era in force, as this node knows it. */
export class NonceEras {
  readonly #options: ErasOptions;
  #era: NonceEra;
  /** The raise that is under way, if one is; the same for the replacement of a lost era. */
  #raising: Promise<void> | null = null;
  #replacing: Promise<void> | null = null;

  private constructor(options: ErasOptions, era: NonceEra) {
    this.#options = options;
    this.#era = era;
  }

  /** @param unknownUpTo what a store of another kind may have accepted, if one burned before */
  static async take(options: ErasOptions, unknownUpTo: number): Promise<NonceEras> {
    const id = newId(options.random);
    const era = await options.lease.take(id, unknownUpTo);
    if (era.id === id) await begin(options.link, era);
    return new NonceEras(options, era);
  }

  get id(): string {
    return this.#era.id;
  }

  /** Timestamps up to and including it may be burned without asking the database. */
  get ceiling(): number {
    return this.#era.ceiling;
  }

  /** Makes sure that a nonce with this timestamp may be burned; at once when the ceiling is high enough. */
  reach(timestamp: number): Promise<void> | undefined {
    if (timestamp > this.#era.ceiling) return this.#raiseAbove(timestamp);
    if (timestamp > this.#era.ceiling - LOW_HEADROOM_SECONDS && this.#raising === null) {
      // Ahead of need; if it fails, the burn that does need it tries again and says so.
      this.#raise(timestamp).catch(() => undefined);
    }
    return undefined;
  }

  /** Redis does not know the era with this id: goes over to the next one, whoever begins it. */
  leave(lost: string): Promise<void> {
    if (lost !== this.#era.id) return Promise.resolve();
    this.#replacing ??= this.#replace(lost).finally(() => {
      this.#replacing = null;
    });
    return this.#replacing;
  }

  async #raiseAbove(timestamp: number): Promise<void> {
    while (timestamp > this.#era.ceiling) await (this.#raising ?? this.#raise(timestamp));
  }

  #raise(timestamp: number): Promise<void> {
    const era = { id: this.#era.id, ceiling: timestamp + HEADROOM_SECONDS };
    this.#raising = this.#options.lease
      .raise(era.id, era.ceiling)
      .then(async (isHeld) => {
        if (!isHeld) this.#era = await this.#current();
        else if (this.#era.id === era.id) this.#era = era;
      })
      .finally(() => {
        this.#raising = null;
      });
    return this.#raising;
  }

  async #replace(lost: string): Promise<void> {
    const { link, lease, random } = this.#options;
    const current = await this.#current();
    if (current.id !== lost) {
      await pause(COURTESY_MS);
      this.#era = current;
      return;
    }
    const id = newId(random);
    const era = (await lease.replace(lost, id)) ?? takenOver();
    if (era.id === id) await begin(link, era);
    this.#era = era;
  }

  async #current(): Promise<NonceEra> {
    return (await this.#options.lease.read()) ?? takenOver();
  }
}

/** Once only for each era: what is begun again after a loss would have too low a floor. */
async function begin(link: RedisLink, { id, ceiling }: NonceEra): Promise<void> {
  await link.run(BEGIN_ERA, eraKey(id), [ceiling]);
}

/** Key of an era in Redis; the braces keep all its keys together where Redis is a cluster. */
export function eraKey(id: string): string {
  return `countersign:nonces:{${id}}`;
}

function newId(random: RandomSource): string {
  return randomAlphanumeric(random, ID_LENGTH);
}

function takenOver(): never {
  throw new StorageUnavailable(
    'another server of this installation keeps its nonces elsewhere: give all of them the same --nonces and start them again',
  );
}
