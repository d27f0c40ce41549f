/**
 * One page of the list of consumers, in a time that does not grow with the list. A search that finds few asks for
 * these in their order; one that finds many goes along the order until the page is full, which then is soon.
 */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { ListQuery, Page } from '../../model/index.ts';
import type { Dialect } from './consumer-list.ts';
import type { Queries } from './context.ts';
import { countRows } from './count-rows.ts';
import { readAlong, type Stretch } from './read-along.ts';
import type { Database } from './schema.ts';
import { contains } from './search.ts';

/** Up to how many found rows are put in order; from beyond it, they are met often enough along the order. */
export const FEW = 1000;

const ORDER = {
  name: 'sort_name',
  key: 'consumer_key',
  created: 'created_at',
  used: 'last_used_at',
} as const;

type ConsumerQuery = ListQuery<keyof typeof ORDER>;

/** A consumer on the page. */
export interface Listed {
  readonly consumer_key: string;
  readonly last_used_at: number | null;
}

/** Who is on the page, in order. */
export async function consumerPage(
  db: Queries,
  dialect: Dialect,
  query: ConsumerQuery,
): Promise<Page<Listed>> {
  const { search, countUpTo } = query;
  const all = db.selectFrom('consumer_list');
  if (search === '') return { ...(await pageOf(all, query)), total: await countRows(db, all, countUpTo) };
  const found = await foundConsumers(db, dialect, search, FEW + 1).execute();
  const few = found.map((row) => row.consumer_key);
  if (few.length === 0) return { rows: [], total: 0 };
  if (few.length <= FEW) {
    const page = await pageOf(all.where('consumer_key', 'in', few), query);
    return { ...page, total: Math.min(few.length, countUpTo ?? FEW) };
  }
  const matching = all.where((e) => contains(e.ref('search_text'), search));
  const isCounted = countUpTo !== undefined && countUpTo <= few.length;
  const total = isCounted ? countUpTo : await countRows(db, matching, countUpTo);
  return { ...(await pageOf(matching, query)), total };
}

/** Consumers that were never used come before all others. */
function pageOf(
  rows: SelectQueryBuilder<Database, 'consumer_list', object>,
  query: ConsumerQuery,
): Promise<Stretch<Listed>> {
  const { sort, descending } = query;
  const order = { by: ORDER[sort], tie: 'consumer_key', descending, isNullable: sort === 'used' };
  return readAlong(rows.select(['consumer_key', 'last_used_at']), order, query);
}

/** Fewer characters make no trigram. */
const SHORTEST_INDEXED = 3;

/** Keys of consumers whose texts contain the search, of the first so many if there is a limit, in no order. */
export function foundConsumers(
  db: Queries,
  dialect: Dialect,
  search: string,
  limit?: number,
): SelectQueryBuilder<Database, 'consumer_list', { consumer_key: string }> {
  const text = search.toLowerCase();
  const isIndexed = dialect === 'sqlite' && [...text].length >= SHORTEST_INDEXED && !text.includes('\0');
  const phrase = `"${text.replaceAll('"', '""')}"`;
  const consumers = db.selectFrom('consumer_list').select('consumer_key');
  if (!isIndexed) {
    const read = consumers.where((e) => contains(e.ref('search_text'), search));
    return limit === undefined ? read : read.limit(limit);
  }
  const first = limit === undefined ? sql`` : sql`limit ${limit}`;
  const byWords = sql<number>`(select rowid from consumer_search where consumer_search match ${phrase} ${first})`;
  return consumers.where('id', 'in', byWords);
}
