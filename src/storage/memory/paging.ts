/** Search, order and paging of lists in memory, by the same rules as the database's. */
import { type ListPlace, type Page, searchForm } from '../../model/index.ts';

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
  readonly after?: ListPlace | undefined;
  readonly before?: ListPlace | undefined;
  readonly countUpTo?: number | undefined;
}

/** One page of the rows that match. */
export function pageOf<T>(rows: Iterable<T>, paging: Paging<T>): Page<T> {
  const wanted = searchForm(paging.search);
  const textOf = (row: T) => searchForm(paging.searched(row).join('\n'));
  const matching = [...rows].filter((row) => textOf(row).includes(wanted));
  const direction = paging.descending ? -1 : 1;
  const placeOf = (row: T) => ({ by: paging.order(row), tie: paging.tie(row) });
  const behind = (a: ListPlace, b: ListPlace) => direction * compare(a.by, b.by) || compare(a.tie, b.tie);
  matching.sort((a, b) => behind(placeOf(a), placeOf(b)));
  const total = Math.min(matching.length, paging.countUpTo ?? matching.length);
  const { after, before, offset, limit } = paging;
  const upTo = (place: ListPlace) => matching.findLastIndex((row) => behind(placeOf(row), place) <= 0) + 1;
  const inFront = (place: ListPlace) => matching.filter((row) => behind(placeOf(row), place) < 0).length;
  const begin =
    after !== undefined ? upTo(after) : before === undefined ? offset : Math.max(inFront(before) - limit, 0);
  const part = matching.slice(begin, begin + limit);
  const [first, last] = [part[0], part.at(-1)];
  return {
    rows: part,
    total,
    ...(first !== undefined && (begin > 0 || after !== undefined) && { start: placeOf(first) }),
    ...(last !== undefined && begin + limit < matching.length && { end: placeOf(last) }),
  };
}

/** Rows in memory have something there always. */
function compare(a: ListPlace['by'], b: ListPlace['by']): number {
  if (a === null || b === null) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}
