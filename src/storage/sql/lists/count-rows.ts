/** Counting for lists: never further than somebody wants to know. */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { ListPlace } from '../../../model/index.ts';
import type { Queries } from '../context.ts';

/** How many rows a query gives, counted up to a bound if there is one. */
export async function countRows<DB, T extends keyof DB, O>(
  db: Queries,
  rows: SelectQueryBuilder<DB, T, O>,
  upTo?: number,
): Promise<number> {
  const counted = upTo === undefined ? rows : rows.limit(upTo);
  const { total } = await db
    .selectFrom(counted.select(sql.lit(1).as('one')).as('counted'))
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Where a page of a list begins, how much it holds at most, and how far to count. */
interface Bounds {
  readonly offset: number;
  readonly limit: number;
  readonly after?: ListPlace;
  readonly before?: ListPlace;
  readonly countUpTo?: number;
}

/**
 * The same for a list of which a page was read: one that is not full says by itself where the list ends, unless nobody
 * knows how many rows come before it.
 */
export async function countAround<DB, T extends keyof DB, O>(
  db: Queries,
  rows: SelectQueryBuilder<DB, T, O>,
  { offset, limit, after, before, countUpTo }: Bounds,
  onPage: number,
): Promise<number> {
  const isCountedOff = after === undefined && before === undefined;
  const showsTheEnd = isCountedOff && onPage < limit && (onPage > 0 || offset === 0);
  if (!showsTheEnd) return countRows(db, rows, countUpTo);
  return Math.min(offset + onPage, countUpTo ?? Number.POSITIVE_INFINITY);
}
