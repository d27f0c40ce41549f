/** Long lists: which part of one is asked for, and how it is given. Every store with a list that people read has these. */

/** A part of a list that is searched, sorted and paged by the store. */
export interface ListQuery<SortKey extends string> {
  /** Case-insensitive substring; empty matches all. */
  readonly search: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Rows to skip. */
  readonly offset: number;
  /** Rows to give at most. */
  readonly limit: number;
}

/** One page of a list and how many rows match in all. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}
