/**
 * Used nonces in memory, by timestamp, above a floor. The floor is the one rule that keeps forgetting safe:
 * whatever is forgotten raises it, it never sinks, and no timestamp at or below it is ever accepted. So moving
 * the clock back cannot make an old nonce acceptable again.
 */
import type { NonceOutcome } from '../../model/index.ts';
import { DigestTable } from './digest-table.ts';
import { DEFAULT_QUOTA, NonceQuota } from './quota.ts';

/** The set that both the journalled and the unjournalled nonces stand on. */
export class NonceMemory {
  #floor: number;
  #cutoff = 0;
  readonly #slices = new Map<number, DigestTable>();
  readonly #quota: NonceQuota;

  /** @param floor timestamps up to and including it are never accepted */
  constructor(floor: number, quotaPerConsumer: number = DEFAULT_QUOTA) {
    this.#floor = floor;
    this.#quota = new NonceQuota(quotaPerConsumer);
  }

  get floor(): number {
    return this.#floor;
  }

  /** Nonces that are remembered. */
  get size(): number {
    let size = 0;
    for (const slice of this.#slices.values()) size += slice.size;
    return size;
  }

  /** Burns a nonce: remembers it if it is fresh, and only then. */
  burn(consumerKey: string, timestamp: number, digest: string): NonceOutcome {
    if (timestamp <= this.#floor) return 'unsure';
    const slice = this.#slice(timestamp);
    if (!slice.add(digest)) return 'used';
    if (this.#quota.take(consumerKey, timestamp)) return 'fresh';
    slice.remove(digest);
    return 'limited';
  }

  /** Forgets one that was burnt as fresh and then could not be kept for good. */
  unburn(consumerKey: string, timestamp: number, digest: string): void {
    this.#slices.get(timestamp)?.remove(digest);
    this.#quota.remove(consumerKey, timestamp);
  }

  /** Remembers a nonce that an earlier process accepted. */
  restore(timestamp: number, digest: string): void {
    if (timestamp > this.#floor) this.#slice(timestamp).add(digest);
  }

  #slice(timestamp: number): DigestTable {
    let slice = this.#slices.get(timestamp);
    if (slice === undefined) {
      slice = new DigestTable();
      this.#slices.set(timestamp, slice);
    }
    return slice;
  }

  /** Forgets all timestamps before the cutoff and raises the floor to the highest that held anything. */
  forgetBefore(cutoff: number): void {
    if (cutoff === this.#cutoff) return;
    this.#cutoff = cutoff;
    for (const timestamp of this.#slices.keys()) {
      if (timestamp >= cutoff) continue;
      this.#slices.delete(timestamp);
      this.#floor = Math.max(this.#floor, timestamp);
    }
    this.#quota.forgetBefore(cutoff);
  }
}
