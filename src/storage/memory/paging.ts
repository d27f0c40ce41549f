/** Search, order and paging of lists in memory, by the same rules as the database's. */
import type { Page } from '../../model/index.ts';

/** What one list query asks of its rows. */
export interface Paging<T> {
  readonly search: string;
  /** Texts of a row that are searched. */
  readonly searched: (row: T) => readonly (string | null)[];
  /** What rows are ordered by; equal ones keep their order by `tie`. */
  readonly order: (row: T) => string | number;
  /** A text that no two rows have in common. */
  readonly tie: (row: T) => string;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
  readonly countUpTo?: number | undefined;
}

/** One page of the rows that match. */
export function pageOf<T>(rows: Iterable<T>, paging: Paging<T>): Page<T> {
  const wanted = paging.search.toLowerCase();
  const matching = [...rows].filter((row) =>
    paging.searched(row).some((text) => text?.toLowerCase().includes(wanted)),
  );
  const direction = paging.descending ? -1 : 1;
  matching.sort(
    (a, b) => direction * compare(paging.order(a), paging.order(b)) || compare(paging.tie(a), paging.tie(b)),
  );
  const total = Math.min(matching.length, paging.countUpTo ?? matching.length);
  return { rows: matching.slice(paging.offset, paging.offset + paging.limit), total };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
