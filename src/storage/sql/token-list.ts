/**
 * One page of the list of access tokens, in a time that does not grow with the list: along an index of the tokens
 * that are not revoked until the page is full. A search that finds few tokens asks for these; one that finds many meets
 * them soon along the order.
 */
import { type Kysely, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { type ListQuery, type Page, type TokenFilter, userNameKey } from '../../model/index.ts';
import type { Dialect } from './consumer-list.ts';
import { FEW, foundConsumers } from './consumer-page.ts';
import type { Queries } from './context.ts';
import { countRows } from './count-rows.ts';
import { readAlong, type Stretch } from './read-along.ts';
import type { Database } from './schema.ts';
import { contains } from './search.ts';

/**
 * The step of the schema: every order of the lists of tokens and users is that of an index. The one by expiry holds all
 * that says whether a token is live, so that counting reads no token.
 */
export async function indexLists<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  const first = dialect === 'sqlite' ? '' : ' nulls first';
  for (const index of [
    'access_tokens_by_creation on access_tokens (created_at, id) where revoked_at is null',
    'access_tokens_by_expiry on access_tokens (expires_at, session_expires_at, id) where revoked_at is null',
    `access_tokens_by_use on access_tokens (last_used_at${first}, id) where revoked_at is null`,
    'users_by_creation on users (created_at)',
    `users_by_login on users (last_login_at${first})`,
  ])
    await sql.raw(`create index ${index}`).execute(db);
}

/**
 * Of so many consumers there are more than a few tokens mostly, although some have none and some of theirs are revoked:
 * so many found tokens are a count already, and nobody has to meet them along the list to count them.
 */
const ENOUGH_CONSUMERS = 2 * FEW;

const ORDER = {
  created: 'access_tokens.created_at',
  expires: 'access_tokens.expires_at',
  used: 'access_tokens.last_used_at',
  user: 'access_tokens.user_key',
  consumer: 'consumer_list.sort_name',
} as const;

type TokenQuery = ListQuery<keyof typeof ORDER>;

/** Rows of live tokens beside their consumers' in `consumer_list`. */
type Tokens = SelectQueryBuilder<Database, 'access_tokens' | 'consumer_list', object>;

/** Ids of the tokens on the page, in order. */
export async function tokenPage(
  db: Queries,
  dialect: Dialect,
  filter: TokenFilter,
  query: TokenQuery,
  now: number,
): Promise<Page<string>> {
  const { search, countUpTo } = query;
  const ordered = liveTokens(db, filter, now, query.sort === 'consumer');
  const live = liveTokens(db, filter, now);
  if (search === '')
    return { ...(await pageOf(ordered, query)), total: await countRows(db, live, countUpTo) };
  const { ids, areAll } = await foundTokens(db, dialect, live, search);
  if (areAll && ids.length === 0) return { rows: [], total: 0 };
  if (areAll) {
    const page = await pageOf(
      ordered.where((e) => e('access_tokens.id', 'in', ids)),
      query,
    );
    return { ...page, total: Math.min(ids.length, countUpTo ?? FEW) };
  }
  const isCounted = countUpTo !== undefined && countUpTo <= ids.length;
  const total = isCounted ? countUpTo : await countRows(db, matching(live, search), countUpTo);
  return { ...(await pageOf(matching(ordered, search), query)), total };
}

/** Tokens that were never used come before all others. */
async function pageOf(tokens: Tokens, query: TokenQuery): Promise<Stretch<string>> {
  const { sort, descending } = query;
  const order = { by: ORDER[sort], tie: 'access_tokens.id', descending, isNullable: sort === 'used' };
  const { rows, ...end } = await readAlong(tokens.select('access_tokens.id'), order, query);
  return { rows: rows.map(({ id }) => id), ...end };
}

/**
 * Tokens that work or can be renewed.
 * @param byConsumer whether they are wanted along the order of their consumers: these are gone through first then
 */
export function liveTokens(
  db: Queries,
  { userName, consumerKey }: TokenFilter,
  now: number,
  byConsumer = false,
): Tokens {
  const from = byConsumer
    ? db
        .selectFrom('consumer_list')
        .crossJoin('access_tokens')
        .whereRef('access_tokens.consumer_key', '=', 'consumer_list.consumer_key')
    : (db.selectFrom('access_tokens') as unknown as Tokens);
  let tokens = from
    .where('access_tokens.revoked_at', 'is', null)
    .where((e) =>
      e.or([e('access_tokens.expires_at', '>', now), e('access_tokens.session_expires_at', '>', now)]),
    );
  if (userName !== undefined) tokens = tokens.where('access_tokens.user_key', '=', userNameKey(userName));
  if (consumerKey !== undefined) tokens = tokens.where('access_tokens.consumer_key', '=', consumerKey);
  return tokens;
}

/** Tokens that are found by their consumer or user: all of them when these are few, else some. */
async function foundTokens(
  db: Queries,
  dialect: Dialect,
  live: Tokens,
  search: string,
): Promise<{ readonly ids: readonly string[]; readonly areAll: boolean }> {
  const consumers = await foundConsumers(db, dialect, search, ENOUGH_CONSUMERS);
  const users = await db
    .selectFrom('users')
    .select('name_key')
    .where((e) => contains(e.ref('search_text'), search))
    .limit(FEW + 1)
    .execute();
  const names = users.map((row) => row.name_key);
  const ofThese = async (column: 'consumer_key' | 'user_key', keys: readonly string[]) => {
    if (keys.length === 0) return [];
    const theirs = live.where(`access_tokens.${column}`, 'in', keys);
    return theirs
      .select('access_tokens.id')
      .limit(FEW + 1)
      .execute();
  };
  const found = [...(await ofThese('consumer_key', consumers)), ...(await ofThese('user_key', names))];
  const ids = [...new Set(found.map(({ id }) => id))];
  return { ids, areAll: consumers.length <= FEW && users.length <= FEW && ids.length <= FEW };
}

/** Asked of each token by itself, never of all: PostgreSQL would rather look at every consumer first for an `exists`. */
function matching(live: Tokens, search: string): Tokens {
  return live.where((e) => {
    const byConsumer = e
      .selectFrom('consumer_list as c')
      .whereRef('c.consumer_key', '=', 'access_tokens.consumer_key')
      .select((c) => contains(c.ref('c.search_text'), search).as('is_found'));
    const byUser = e
      .selectFrom('users as u')
      .whereRef('u.name_key', '=', 'access_tokens.user_key')
      .select((u) => contains(u.ref('u.search_text'), search).as('is_found'));
    return e.or([sql<SqlBool>`${byConsumer}`, sql<SqlBool>`${byUser}`]);
  });
}
