/**
 * One page of the list of access tokens, in a time that does not grow with the list: along an index of the tokens
 * that are not revoked until the page is full. A search that finds few tokens asks for these; one that finds many meets
 * them soon along the order.
 */
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { ListQuery, Page, TokenFilter } from '../../../model/index.ts';
import type { Dialect, Queries } from '../context.ts';
import { countRows } from './count-rows.ts';
import {
  countFound,
  FEW,
  findsNoUser,
  foundTokens,
  gatherTokens,
  MOST_GATHERED,
  matching,
  ofOwnersWith,
  searchTokens,
  type TokenSearch,
} from './found-tokens.ts';
import { foundAlong } from './list-page.ts';
import { allTokens, liveTokens, type Tokens } from './live-tokens.ts';
import { type Order, readAlong, type Stretch } from './read-along.ts';

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
 * A later step: SQLite counts from an index alone only if that names every column it is asked about, `revoked_at` too,
 * although it is empty in all of them. PostgreSQL knows as much from the condition.
 */
export async function indexLiveTokens<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return;
  await sql`drop index access_tokens_by_expiry`.execute(db);
  await sql`create index access_tokens_by_expiry on access_tokens
    (expires_at, session_expires_at, id, revoked_at) where revoked_at is null`.execute(db);
}

/**
 * A later step: what an index names, SQLite need not look up in the table. A search that meets thousands of tokens on its
 * way to a page learns their owners and their ends from it, and looks up none of them. PostgreSQL would pay for that with
 * each use of a token, of which it notes all places anew.
 */
export async function indexOwnersOfTokens<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return;
  const isLive = 'expires_at, session_expires_at, revoked_at';
  for (const [name, columns] of [
    ['creation', `created_at, id, consumer_key, user_key, ${isLive}) where (revoked_at is null`],
    ['use', `last_used_at, id, consumer_key, user_key, ${isLive}) where (revoked_at is null`],
    [
      'expiry',
      `expires_at, session_expires_at, id, consumer_key, user_key, revoked_at) where (revoked_at is null`,
    ],
    ['user', `user_key, id, consumer_key, ${isLive}`],
    ['consumer', `consumer_key, user_key, id, ${isLive}`],
  ]) {
    await sql.raw(`drop index access_tokens_by_${name}`).execute(db);
    await sql.raw(`create index access_tokens_by_${name} on access_tokens (${columns})`).execute(db);
  }
}

const ORDER = {
  created: 'access_tokens.created_at',
  expires: 'access_tokens.expires_at',
  used: 'access_tokens.last_used_at',
  user: 'access_tokens.user_key',
  consumer: 'consumer_list.sort_name',
} as const;

type TokenQuery = ListQuery<keyof typeof ORDER>;

/** Ids of the tokens on the page, in order. */
export async function tokenPage(
  db: Queries,
  dialect: Dialect,
  filter: TokenFilter,
  query: TokenQuery,
  now: number,
): Promise<Page<string>> {
  const { search, countUpTo } = query;
  const narrow = (tokens: Tokens) => liveTokens(tokens, filter, now);
  const live = narrow(allTokens(db));
  const isOfAll = filter.userName === undefined && filter.consumerKey === undefined;
  const read = async (tokens: Tokens): Promise<Stretch<string>> =>
    isOfAll ? goAlong(tokens, query) : counted(await putInOrder(db, tokens, query), query);
  const isAlongConsumers = isOfAll && query.sort === 'consumer';
  const ordered = isAlongConsumers ? consumersWithTokens(db, dialect, narrow) : live;
  if (search === '') return { ...(await read(ordered)), total: await countRows(db, live, countUpTo) };
  if (!isOfAll && (await countRows(db, live, FEW + 1)) <= FEW) return searchFew(db, live, query);
  const found = await searchTokens(db, dialect, narrow, search);
  const gathered = gatherTokens(db, dialect, live, found);
  if (gathered !== null) {
    const page = await putInOrder(db, gathered, query);
    if (page.count <= MOST_GATHERED) return counted(page, query);
  }
  const { ids, areAll, atLeast } = await foundTokens(db, dialect, found);
  if (areAll && ids.length === 0) return { rows: [], total: 0 };
  if (areAll) {
    const few = live.where((e) => e('access_tokens.id', 'in', ids));
    return counted(await putInOrder(db, few, query), query);
  }
  const isCounted = countUpTo !== undefined && countUpTo <= atLeast;
  const total = isCounted ? countUpTo : await countFound(db, found, countUpTo);
  if (isAlongConsumers && (await findsNoUser(db, found)))
    return { ...(await goAlong(narrow(await tokensOfFound(db, dialect, found, query)), query)), total };
  return { ...(await read(matching(ordered, found, isAlongConsumers))), total };
}

/**
 * Searches the few tokens of one user or consumer. Whoever looks through their own must not have the server look through
 * all consumers and users, nor learn from the time it takes what there is among those.
 */
async function searchFew(db: Queries, few: Tokens, query: TokenQuery): Promise<Page<string>> {
  return counted(await putInOrder(db, ofOwnersWith(few, query.search), query), query);
}

/**
 * Tokens by way of their consumers, to be gone through along the order of these. PostgreSQL is kept from reading all tokens
 * first, which it would rather do than ask for those of some thousand consumers.
 */
function consumersWithTokens(db: Queries, dialect: Dialect, narrow: (tokens: Tokens) => Tokens): Tokens {
  const consumers = db.selectFrom('consumer_list');
  const isTheirs = sql<SqlBool>`access_tokens.consumer_key = consumer_list.consumer_key`;
  if (dialect === 'sqlite') return narrow(consumers.crossJoin('access_tokens')).where(isTheirs);
  const theirs = narrow(allTokens(db)).where(isTheirs).selectAll('access_tokens').offset(0);
  return consumers.crossJoinLateral(theirs.as('access_tokens')) as unknown as Tokens;
}

/** Those of the consumers that a search finds, along the order of these. */
async function tokensOfFound(
  db: Queries,
  dialect: Dialect,
  { consumers }: TokenSearch,
  query: TokenQuery,
): Promise<Tokens> {
  const order = { by: 'list.sort_name', tie: 'list.consumer_key', descending: query.descending };
  const rows = await foundAlong(db, dialect, 'consumer', order, query, consumers);
  const named = (column: string) => sql<string>`${sql.ref(`list.${column}`)}`.as(column);
  return db
    .selectFrom(rows.select([named('consumer_key'), named('sort_name')]).as('consumer_list'))
    .crossJoin('access_tokens')
    .whereRef('access_tokens.consumer_key', '=', sql.ref('consumer_list.consumer_key')) as unknown as Tokens;
}

/** Meets tokens along an index until the page is full. Those that were never used come before all others. */
async function goAlong(tokens: Tokens, query: TokenQuery): Promise<Stretch<string>> {
  const order = { by: ORDER[query.sort], tie: 'access_tokens.id', ...directionOf(query) };
  const page = await readAlong(tokens.select('access_tokens.id'), order, query);
  return { ...page, rows: page.rows.map(({ id }) => id) };
}

/** A page of tokens, and how many were put in order for it. */
interface Ordered extends Stretch<string> {
  readonly count: number;
}

/**
 * Orders tokens that are few beside all there are. Databases are kept from going along an index instead, among all others;
 * and the name of its consumer is asked for of each: otherwise they go along the names of all consumers.
 */
async function putInOrder(db: Queries, tokens: Tokens, query: TokenQuery): Promise<Ordered> {
  const name = db
    .selectFrom('consumer_list as c')
    .whereRef('c.consumer_key', '=', sql.ref('access_tokens.consumer_key'))
    .select('c.sort_name');
  const by = query.sort === 'consumer' ? sql`${name}` : sql.ref(ORDER[query.sort]);
  const few = db.with(
    (cte) => cte('few').materialized(),
    () => tokens.select(['access_tokens.id', by.as('place')]),
  );
  const count = sql<number>`(select count(*) from few)`;
  const order = { by: 'few.place', tie: 'few.id', isGathered: true, ...directionOf(query) };
  const page = await readAlong(few.selectFrom('few').select(['few.id', count.as('count')]), order, query);
  const [first] = page.rows;
  const counted = first?.count ?? (await countRows(db, tokens));
  return { ...page, rows: page.rows.map(({ id }) => id), count: Number(counted) };
}

/** A page with its count, as far as that is asked for. */
function counted({ count, ...page }: Ordered, { countUpTo = count }: TokenQuery): Page<string> {
  return { ...page, total: Math.min(count, countUpTo) };
}

function directionOf({ sort, descending }: TokenQuery): Pick<Order, 'descending' | 'isNullable'> {
  return { descending, isNullable: sort === 'used' };
}
