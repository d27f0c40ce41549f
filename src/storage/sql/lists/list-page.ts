/** One page of a long list, in a time that does not grow with the list: of all its rows, or of those that a search finds. */
import { sql } from 'kysely';
import type { ListQuery, Page, PageQuery } from '../../../model/index.ts';
import type { Dialect, Queries } from '../context.ts';
import { countAround, countRows } from './count-rows.ts';
import { type FoundRows, findRows, type ListRows, listRows } from './found-rows.ts';
import { inOrder, type Order, readAlong, type Stretch } from './read-along.ts';
import { contains } from './search.ts';
import type { IndexedList } from './text-index.ts';

/** A list, by what its rows are known elsewhere, and what it can be ordered by. */
export interface LongList<Sort extends string> {
  readonly list: IndexedList;
  readonly key: string;
  readonly orders: Readonly<Record<Sort, string>>;
  /** Rows that have none of it come before all others. */
  readonly nullable: Sort;
}

/** Keys of the rows on the page, in order. */
export async function listPage<Sort extends string>(
  db: Queries,
  dialect: Dialect,
  long: LongList<Sort>,
  query: ListQuery<Sort>,
): Promise<Page<string>> {
  const order = orderOf(long, query);
  const keysOf = async (rows: ListRows, isGathered: boolean): Promise<Stretch<string>> => {
    const keys = rows.select(sql<string>`${sql.ref(order.tie)}`.as('key'));
    const page = await readAlong(keys, { ...order, isGathered }, query);
    return { ...page, rows: page.rows.map((row) => row.key) };
  };
  if (query.search === '') {
    const all = listRows(db, long.list);
    return { ...(await keysOf(all, false)), total: await countRows(db, all, query.countUpTo) };
  }
  const found = await findRows(db, dialect, long.list, query.search);
  const rows = await foundAlong(db, dialect, long.list, order, query, found);
  const page = await keysOf(rows, found.areFew);
  return { ...page, total: await countAround(db, found.each, query, page.rows.length) };
}

function orderOf<Sort extends string>(
  { key, orders, nullable }: LongList<Sort>,
  { sort, descending }: ListQuery<Sort>,
): Order {
  return { by: `list.${orders[sort]}`, tie: `list.${key}`, descending, isNullable: sort === nullable };
}

/** By how many rows the beginning of an order is judged. */
const BEGINNING = 250;

/** How many times so many rows SQLite looks at sooner than it asks the index for all that are found. */
const TIMES = 20;

/** The rows that a search finds, in the way that is the shorter along an order. */
export async function foundAlong(
  db: Queries,
  dialect: Dialect,
  list: IndexedList,
  order: Order,
  query: PageQuery,
  found: FoundRows,
): Promise<ListRows> {
  // PostgreSQL has looked at all rows before it has asked for as many as it would look at: it has chosen already.
  if (found.areFew || dialect === 'postgres') return found.asked;
  const isSoon = await standClose(db, inOrder(listRows(db, list), order), query);
  return isSoon ? found.looked : found.asked;
}

/** Whether what is searched for fills the page within a few thousand rows, as far as the beginning tells. */
async function standClose(
  db: Queries,
  ordered: ListRows,
  { search, offset, limit }: PageQuery,
): Promise<boolean> {
  const first = ordered.select('list.search_text').limit(BEGINNING);
  const found = db.selectFrom(first.as('first')).where((e) => contains(e.ref('first.search_text'), search));
  return (await countRows(db, found)) * TIMES >= offset + limit;
}
