/**
 * Nonces in Redis or Valkey, shared by any number of nodes. All burns of one turn of the event loop travel together,
 * and each is answered when Redis has answered; when it does not, nothing is accepted (RFC 5849 s3.3). That Redis
 * may forget everything at any moment is part of the design: see `nonce-eras.ts` and `nonce-scripts.ts`.
 */
import { type Clock, nowSeconds, type RandomSource } from '../../base/index.ts';
import {
  type NonceLease,
  type NonceOutcome,
  type NonceStatus,
  type NonceStore,
  StorageUnavailable,
} from '../../model/index.ts';
import { DEFAULT_QUOTA, NonceQuota, nonceDigest } from '../nonces/index.ts';
import type { RedisArgument, RedisLink } from './link.ts';
import { eraKey, NonceEras } from './nonce-eras.ts';
import { BURN } from './nonce-scripts.ts';

/** Nonces that one command carries at most: Redis does nothing else meanwhile. */
const BATCH = 200;

/** Bytes of a digest that are kept: 128 bits. */
const DIGEST_BYTES = 16;

/** How often an era may turn out to be lost before the burn gives up. */
const MOST_ERAS = 4;

/** A set of nonces is kept for twice the window, and this much longer. */
const KEPT_LONGER_SECONDS = 600;

/** What the nonces in Redis need. */
export interface RedisNoncesOptions {
  readonly link: RedisLink;
  readonly lease: NonceLease;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly windowSeconds: number;
  /** Live nonces that one consumer may hold by way of this node; beyond it, 'limited'. */
  readonly quotaPerConsumer?: number | undefined;
}

const OUTCOMES: ReadonlyMap<string, NonceOutcome> = new Map([
  ['f', 'fresh'],
  ['u', 'used'],
  ['o', 'unsure'],
]);

interface Burn {
  readonly consumerKey: string;
  readonly timestamp: number;
  readonly digest: Buffer;
  readonly resolve: (outcome: NonceOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Opens the nonces in Redis. @throws {StorageUnavailable} when Redis or the database does not answer */
export async function openRedisNonces(options: RedisNoncesOptions): Promise<NonceStore> {
  const unknownUpTo = nowSeconds(options.clock) + options.windowSeconds;
  return new RedisNonces(options, await NonceEras.take(options, unknownUpTo));
}

class RedisNonces implements NonceStore {
  readonly #options: RedisNoncesOptions;
  readonly #eras: NonceEras;
  readonly #quota: NonceQuota;
  #floor = 0;
  #quotaCutoff = 0;
  #waiting: Burn[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: RedisNoncesOptions, eras: NonceEras) {
    this.#options = options;
    this.#eras = eras;
    this.#quota = new NonceQuota(options.quotaPerConsumer ?? DEFAULT_QUOTA);
  }

  earliestTimestamp(): number {
    return this.#floor + 1;
  }

  burn(
    consumerKey: string,
    token: string,
    timestamp: number,
    nonce: string,
  ): NonceOutcome | Promise<NonceOutcome> {
    if (this.#isClosed) throw new StorageUnavailable('the nonces are closed');
    this.#forgetQuota();
    if (this.#quota.isReached(consumerKey)) return 'limited';
    const bytes = Buffer.from(nonceDigest(consumerKey, token, nonce), 'latin1');
    const digest = bytes.subarray(0, DIGEST_BYTES);
    const reached = this.#eras.reach(timestamp);
    const enqueue = () =>
      new Promise<NonceOutcome>((resolve, reject) => {
        this.#waiting.push({ consumerKey, timestamp, digest, resolve, reject });
        if (this.#waiting.length === 1) setImmediate(() => this.#send());
      });
    return reached === undefined ? enqueue() : reached.then(enqueue);
  }

  async status(): Promise<NonceStatus> {
    if (this.#isClosed) throw new StorageUnavailable('the nonces are closed');
    await this.#outcomes([]);
    return { remembered: null, floor: this.#floor, leaseUntil: this.#eras.ceiling };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#send();
    await Promise.all(this.#underWay);
  }

  #forgetQuota(): void {
    const cutoff = this.#cutoff();
    if (cutoff === this.#quotaCutoff) return;
    this.#quotaCutoff = cutoff;
    this.#quota.forgetBefore(cutoff);
  }

  #cutoff(): number {
    return nowSeconds(this.#options.clock) - this.#options.windowSeconds;
  }

  #send(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let start = 0; start < waiting.length; start += BATCH) {
      const batch = waiting.slice(start, start + BATCH);
      const burning = this.#burnTogether(batch)
        .catch((error) => {
          for (const { reject } of batch) reject(error);
        })
        .finally(() => this.#underWay.delete(burning));
      this.#underWay.add(burning);
    }
  }

  async #burnTogether(batch: readonly Burn[]): Promise<void> {
    const outcomes = await this.#outcomes(batch);
    for (const [index, { consumerKey, timestamp, resolve }] of batch.entries()) {
      const outcome = OUTCOMES.get(outcomes[index]!)!;
      if (outcome === 'fresh') this.#quota.add(consumerKey, timestamp);
      resolve(outcome);
    }
  }

  async #outcomes(batch: readonly Burn[]): Promise<string> {
    const { link, windowSeconds } = this.#options;
    for (let tries = 0; tries < MOST_ERAS; tries += 1) {
      const era = this.#eras.id;
      const args: RedisArgument[] = [this.#cutoff(), 2 * windowSeconds + KEPT_LONGER_SECONDS];
      for (const { timestamp, digest } of batch) args.push(timestamp, digest);
      const reply = await link.run(BURN, eraKey(era), args);
      if (Array.isArray(reply) && String(reply[1]).length === batch.length) {
        this.#floor = Math.max(this.#floor, Number(reply[0]));
        return String(reply[1]);
      }
      await this.#eras.leave(era);
    }
    throw new StorageUnavailable('Redis forgets the nonces again and again');
  }
}
