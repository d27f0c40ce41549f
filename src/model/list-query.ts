/** Long lists: which part of one is asked for, and how it is given. Every store with a list that people read has these. */

/** Where a row is in the order of a list: what the list is ordered by, and what tells equal rows apart. */
export interface ListPlace {
  readonly by: string | number | null;
  readonly tie: string | number;
}

/** A part of a list that is searched and paged by the store. */
export interface PageQuery {
  /** Case-insensitive substring; empty matches all. */
  readonly search: string;
  /** Rows to skip. */
  readonly offset: number;
  /** Rows to give at most. */
  readonly limit: number;
  /** Instead of `offset`: the rows behind this place, which a page gave as its `end`. */
  readonly after?: ListPlace;
  /** Matching rows to count at most, for whoever shows "more than so many" beyond; all unless given. */
  readonly countUpTo?: number;
}

/** A part of a list that is sorted by the store, too. */
export interface ListQuery<SortKey extends string> extends PageQuery {
  /** Instead of `offset`: the rows in front of this place, which a page gave as its `start`; if they fill no page, the first page. */
  readonly before?: ListPlace;
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** One page of a list and how many rows match in all, or `countUpTo` where there are as many or more. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
  /**
   * Where the page ends if rows follow, in lists that are gone through by places: the way to a row far down is as short
   * as to the first.
   */
  readonly end?: ListPlace;
  /** Where the page begins unless it is the first, in lists that can be gone back through. */
  readonly start?: ListPlace;
}
