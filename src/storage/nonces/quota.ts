/**
 * How many live nonces each consumer holds, so that one consumer with a valid key cannot fill the memory that
 * all share. Counted since the process started; counts leave with their timestamps.
 */

/** Live nonces one consumer may hold unless told otherwise: 6 600 requests a second, kept for 300 s. */
export const DEFAULT_QUOTA = 2_000_000;

/** Counts per consumer, by timestamp. */
export class NonceQuota {
  readonly #limit: number;
  readonly #totals = new Map<string, number>();
  readonly #byTimestamp = new Map<number, Map<string, number>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more; false, and nothing counted, where the limit is reached. */
  take(consumerKey: string, timestamp: number): boolean {
    if (this.isReached(consumerKey)) return false;
    this.add(consumerKey, timestamp);
    return true;
  }

  isReached(consumerKey: string): boolean {
    return (this.#totals.get(consumerKey) ?? 0) >= this.#limit;
  }

  add(consumerKey: string, timestamp: number): void {
    this.#totals.set(consumerKey, (this.#totals.get(consumerKey) ?? 0) + 1);
    let counts = this.#byTimestamp.get(timestamp);
    if (counts === undefined) {
      counts = new Map();
      this.#byTimestamp.set(timestamp, counts);
    }
    counts.set(consumerKey, (counts.get(consumerKey) ?? 0) + 1);
  }

  /** Takes back one that was counted. */
  remove(consumerKey: string, timestamp: number): void {
    const counts = this.#byTimestamp.get(timestamp);
    const counted = counts?.get(consumerKey) ?? 0;
    if (counted === 0) return;
    counts!.set(consumerKey, counted - 1);
    this.#takeBack(consumerKey, 1);
  }

  /** Takes back what was counted for timestamps before the cutoff. */
  forgetBefore(cutoff: number): void {
    for (const [timestamp, counts] of this.#byTimestamp) {
      if (timestamp >= cutoff) continue;
      this.#byTimestamp.delete(timestamp);
      for (const [consumerKey, count] of counts) this.#takeBack(consumerKey, count);
    }
  }

  #takeBack(consumerKey: string, count: number): void {
    const left = (this.#totals.get(consumerKey) ?? 0) - count;
    if (left > 0) this.#totals.set(consumerKey, left);
    else this.#totals.delete(consumerKey);
  }
}
