/** What ends by itself: credentials that were given an end, and that somebody has to replace before it. */

/** An old credential of a consumer, or the key of a user's program. */
export interface Ending {
  readonly kind: 'consumer-credential' | 'api-key';
  /** The consumer's key; the API key's public id. */
  readonly id: string;
  /** The consumer's name; the API key's label. */
  readonly name: string;
  /** Whose it is; null: a consumer's. */
  readonly userName: string | null;
  /** Last moment at which it is good, seconds since 1970. */
  readonly endsAt: number;
}

/** Finds what ends. */
export interface EndingStore {
  /** What ends from one moment to the other, both included; the earliest first, at most so many of each kind. */
  listBetween(from: number, until: number, limit: number): Promise<readonly Ending[]>;
}
