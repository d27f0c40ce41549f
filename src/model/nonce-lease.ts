/**
 * What the database keeps about nonces that are burned outside of it, in a memory that may be lost at any moment.
 * Each such memory is an *era*. The lease is a promise on disk: no timestamp above the ceiling was ever accepted.
 * So whoever begins the next era refuses everything up to the ceiling, and needs nothing of what was lost.
 */

/** The era in force. */
export interface NonceEra {
  /** Names the memory; never used twice. */
  readonly id: string;
  /** Highest timestamp that may have been accepted, in this era or an earlier one. It never sinks. */
  readonly ceiling: number;
}

/** The lease, shared by all nodes. Every write is durable when its promise resolves. */
export interface NonceLease {
  /**
   * Gives the era in force when this kind of store burned last; otherwise begins the era with this id. A store of
   * another kind may have accepted whatever lies up to `unknownUpTo`, so that is then the least ceiling.
   */
  take(id: string, unknownUpTo: number): Promise<NonceEra>;
  /** The era in force; null when a store of another kind has taken over since. */
  read(): Promise<NonceEra | null>;
  /** Begins the era with this id in place of `lost`; gives the one in force, which is another's if that was faster. */
  replace(lost: string, id: string): Promise<NonceEra | null>;
  /** Raises the ceiling of the era to at least this. False, and nothing is promised, if another one is in force. */
  raise(id: string, ceiling: number): Promise<boolean>;
  /** Gives it up. Others may still hold it. */
  close(): Promise<void>;
}
