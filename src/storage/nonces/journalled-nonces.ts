/**
 * Nonces in memory, journalled: the default of the embedded database. A burn costs a digest and a look; those
 * of one turn of the event loop share one write(2) and are answered after it. Three facts keep a replay out (RFC 5849 s3.3): the journal survives the
 * process, the fence survives the machine, and the floor survives forgetting.
 */
import { readFileSync } from 'node:fs';
import { type Clock, nowSeconds } from '../../base/index.ts';
import {
  type NonceOutcome,
  type NonceStatus,
  type NonceStore,
  StorageUnavailable,
} from '../../model/index.ts';
import { makeDirectory } from '../data-directory/index.ts';
import { type FenceState, readFence, writeFence } from './fence.ts';
import { nonceDigest } from './nonce-digest.ts';
import { NonceMemory } from './nonce-memory.ts';
import { lockDirectory } from './process-lock.ts';
import { type JournalRecord, Segments } from './segments.ts';

/** How far the ceiling is put above the newest timestamp, and how near that may come before it is raised. */
const HEADROOM_SECONDS = 10;
const LOW_HEADROOM_SECONDS = 5;

/** What the journal needs to know. */
export interface JournalOptions {
  /** A directory of its own. */
  readonly directory: string;
  readonly clock: Clock;
  /** How far a timestamp may lie from now, as the provider's settings say. */
  readonly windowSeconds: number;
  readonly quotaPerConsumer?: number | undefined;
  /** Where nonces were burned before: nowhere, in this journal, or in a store this one knows nothing of. */
  readonly history: 'none' | 'journal' | 'elsewhere';
  /** Names the running boot of the machine; null if unknown. */
  readonly readBootId?: () => string | null;
}

/**
 * Opens the journal, for this process alone.
 * @throws {StorageUnavailable} when another process holds it, or it cannot be read or written
 */
export async function openJournalledNonces(options: JournalOptions): Promise<NonceStore> {
  const { directory, clock, windowSeconds } = options;
  makeDirectory(directory);
  const release = lockDirectory(directory, 'exclusive');
  try {
    const bootId = (options.readBootId ?? readLinuxBootId)();
    const past = await readFence(directory);
    const segments = new Segments(directory, Math.max(10, Math.ceil(windowSeconds / 4)));
    const now = nowSeconds(clock);
    const floor = floorAfter(past, bootId, options, now);
    const memory = new NonceMemory(floor, options.quotaPerConsumer);
    segments.load((timestamp, digest) => memory.restore(timestamp, digest));
    const state = {
      bootId,
      isClean: false,
      floor,
      ceiling: Math.max(past?.ceiling ?? 0, now + HEADROOM_SECONDS),
    };
    await writeFence(directory, state);
    segments.dropUpTo(floor);
    return new JournalledNonces(options, state, memory, segments, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** What can be trusted of the journal: everything, or nothing up to the highest timestamp it may have held. */
function floorAfter(
  past: FenceState | null,
  bootId: string | null,
  options: JournalOptions,
  now: number,
): number {
  const isUnknown = options.history === 'elsewhere' || (past === null && options.history === 'journal');
  if (isUnknown) return Math.max(past?.floor ?? 0, now + options.windowSeconds);
  if (past === null) return 0;
  const isWhole = past.isClean || (bootId !== null && past.bootId === bootId);
  return isWhole ? past.floor : Math.max(past.floor, past.ceiling);
}

function readLinuxBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

class JournalledNonces implements NonceStore {
  readonly #options: JournalOptions;
  readonly #memory: NonceMemory;
  readonly #segments: Segments;
  readonly #release: () => void;
  /** What is on the disk. */
  #fence: FenceState;
  /** The write of the fence that is under way, if one is. */
  #raising: Promise<void> | null = null;
  #isClosed = false;
  /** Whether the last attempt to write failed. */
  #hasFailed = false;
  /** Nonces burnt in this turn of the event loop, and who waits for them to be written. */
  #unwritten: (JournalRecord & { readonly consumerKey: string })[] = [];
  #writing: PromiseWithResolvers<'fresh'> | null = null;

  constructor(
    options: JournalOptions,
    fence: FenceState,
    memory: NonceMemory,
    segments: Segments,
    release: () => void,
  ) {
    this.#options = options;
    this.#fence = fence;
    this.#memory = memory;
    this.#segments = segments;
    this.#release = release;
  }

  earliestTimestamp(): number {
    return this.#memory.floor + 1;
  }

  burn(
    consumerKey: string,
    token: string,
    timestamp: number,
    nonce: string,
  ): NonceOutcome | Promise<NonceOutcome> {
    if (this.#isClosed) throw new StorageUnavailable('the journal of nonces is closed');
    const now = nowSeconds(this.#options.clock);
    this.#memory.forgetBefore(now - this.#options.windowSeconds);
    const digest = nonceDigest(consumerKey, token, nonce);
    if (timestamp > this.#fence.ceiling) {
      return this.#raiseAbove(timestamp).then(() => this.#burnBelowCeiling(consumerKey, timestamp, digest));
    }
    if (timestamp > this.#fence.ceiling - LOW_HEADROOM_SECONDS && this.#raising === null) {
      // Ahead of need; if it fails, the burn that does need it tries again and says so.
      this.#raise(timestamp).catch(() => undefined);
    }
    return this.#burnBelowCeiling(consumerKey, timestamp, digest);
  }

  async status(): Promise<NonceStatus> {
    if (this.#isClosed) throw new StorageUnavailable('the journal of nonces is closed');
    // After a failed write nothing may come any more that would show that the disk is well again: so it is tried here.
    if (this.#hasFailed) await (this.#raising ?? this.#raise(this.#fence.ceiling - HEADROOM_SECONDS));
    this.#hasFailed = false;
    const { size, floor } = this.#memory;
    return { remembered: size, floor, leaseUntil: this.#fence.ceiling };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      await this.#raising?.catch(() => undefined);
      this.#write();
      this.#segments.close();
      await writeFence(this.#options.directory, { ...this.#fence, isClean: true, floor: this.#memory.floor });
    } finally {
      this.#release();
    }
  }

  /** Nothing is awaited before it is remembered: of any number of equal burns only one is fresh. */
  #burnBelowCeiling(
    consumerKey: string,
    timestamp: number,
    digest: string,
  ): NonceOutcome | Promise<NonceOutcome> {
    if (this.#isClosed) throw new StorageUnavailable('the journal of nonces is closed');
    const outcome = this.#memory.burn(consumerKey, timestamp, digest);
    if (outcome !== 'fresh') return outcome;
    this.#unwritten.push({ consumerKey, timestamp, digest });
    return this.#writtenThisTurn();
  }

  /** The answer that all burns of this turn wait for. If the write fails, none of them was used. */
  #writtenThisTurn(): Promise<'fresh'> {
    if (this.#writing === null) {
      this.#writing = Promise.withResolvers();
      setImmediate(() => this.#write());
    }
    return this.#writing.promise;
  }

  #write(): void {
    const writing = this.#writing;
    if (writing === null) return;
    const burns = this.#unwritten;
    this.#writing = null;
    this.#unwritten = [];
    try {
      this.#segments.append(burns, nowSeconds(this.#options.clock));
      this.#hasFailed = false;
      writing.resolve('fresh');
    } catch (error) {
      for (const { consumerKey, timestamp, digest } of burns)
        this.#memory.unburn(consumerKey, timestamp, digest);
      this.#hasFailed = true;
      writing.reject(error);
    }
  }

  async #raiseAbove(timestamp: number): Promise<void> {
    while (timestamp > this.#fence.ceiling) await (this.#raising ?? this.#raise(timestamp));
  }

  /** Writes a higher ceiling and the present floor; then what lies below that floor may go. */
  #raise(timestamp: number): Promise<void> {
    const state: FenceState = {
      ...this.#fence,
      floor: this.#memory.floor,
      ceiling: Math.max(this.#fence.ceiling, timestamp + HEADROOM_SECONDS),
    };
    this.#raising = writeFence(this.#options.directory, state)
      .then(() => {
        this.#fence = state;
        if (!this.#isClosed) this.#segments.dropUpTo(state.floor);
      })
      .catch((error) => {
        this.#hasFailed = true;
        throw error;
      })
      .finally(() => {
        this.#raising = null;
      });
    return this.#raising;
  }
}
