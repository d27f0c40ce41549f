/**
 * Which access tokens a search finds: those whose consumer or user it finds. They are asked for in two ways, of the
 * owners that are found and of each token by itself; which is faster depends on how many are found.
 */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect, Queries } from '../context.ts';
import type { Database } from '../schema/schema.ts';
import { countRows } from './count-rows.ts';
import { type FoundRows, findRows } from './found-rows.ts';
import { allTokens, type Tokens } from './live-tokens.ts';
import { contains } from './search.ts';

/** Up to how many found tokens are put in order; from beyond it, they are met often enough along the order. */
export const FEW = 1000;

/**
 * Of so many owners there are more than a few tokens mostly, although some have none and some of theirs are revoked:
 * so many found tokens are a count already, and nobody has to meet them along the list to count them.
 */
const ENOUGH_OWNERS = 2 * FEW;

/** What a search for tokens is about. */
export interface TokenSearch {
  readonly text: string;
  readonly consumers: FoundRows;
  readonly users: FoundRows;
  /** Keeps those tokens of some that the list is about. */
  readonly narrow: (tokens: Tokens) => Tokens;
}

/** Finds the owners. */
export async function searchTokens(
  db: Queries,
  dialect: Dialect,
  narrow: TokenSearch['narrow'],
  text: string,
): Promise<TokenSearch> {
  const consumers = await findRows(db, dialect, 'consumer', text);
  return { text, consumers, users: await findRows(db, dialect, 'user', text), narrow };
}

/** Whether it is their consumers alone by which tokens are found. */
export async function findsNoUser(db: Queries, { users }: TokenSearch): Promise<boolean> {
  return users.areFew && (await countRows(db, users.each, 1)) === 0;
}

/** Ids of tokens, whether there are no others, and how many there are at least. */
interface FoundTokens {
  readonly ids: readonly string[];
  readonly areAll: boolean;
  readonly atLeast: number;
}

/** Tokens that are found by their consumer or user: all of them when these are few, else some or none. */
export async function foundTokens(db: Queries, dialect: Dialect, search: TokenSearch): Promise<FoundTokens> {
  if (await findsMany(db, dialect, search)) return { ids: [], areAll: false, atLeast: FEW + 1 };
  const byConsumer = await tokensOf(db, dialect, search, 'consumer_key');
  if (byConsumer.ids.length > FEW) return byConsumer;
  const byUser = await tokensOf(db, dialect, search, 'user_key');
  const ids = [...new Set([...byConsumer.ids, ...byUser.ids])];
  const areAll = byConsumer.areAll && byUser.areAll && ids.length <= FEW;
  return { ids, areAll, atLeast: ids.length };
}

/** Whether a glance at some of many consumers tells that there are more than a few tokens: nobody needs the ids of these. */
async function findsMany(db: Queries, dialect: Dialect, search: TokenSearch): Promise<boolean> {
  if (search.consumers.areFew) return false;
  const owners = sql`(${ownersFound(search, 'consumer_key').limit(ENOUGH_OWNERS)})`;
  const tokens = sql<{ id: string }>`(${ofEach(db, dialect, owners, 'consumer_key', search)})`;
  return (await countRows(db, db.selectFrom(tokens.as('theirs')), FEW + 1)) > FEW;
}

/** What names an owner in a token. */
type OwnerColumn = 'consumer_key' | 'user_key';

/** What names the owners that a search finds. */
function ownersFound({ consumers, users }: TokenSearch, column: OwnerColumn) {
  const [rows, key] =
    column === 'consumer_key' ? [consumers.each, 'list.consumer_key'] : [users.each, 'list.name_key'];
  return rows.select(sql<string>`${sql.ref(key)}`.as('owner'));
}

/**
 * Goes from owner to owner until there are more than a few tokens. The owners' keys never leave the database, and those
 * behind the last that was needed are not asked for their tokens. An id of nothing says that there may be more owners.
 */
async function tokensOf(
  db: Queries,
  dialect: Dialect,
  search: TokenSearch,
  column: OwnerColumn,
): Promise<FoundTokens> {
  const along = ofEach(db, dialect, sql`found`, column, search);
  const found = ownersFound(search, column).limit(ENOUGH_OWNERS);
  const { rows } = await sql<{ id: string | null }>`with found (owner) as materialized ${found}
    select id from (
      select id from (select id from ${along} as theirs limit ${sql.lit(FEW + 1)}) as few
      union all
      select id from (select null as id from found limit 1 offset ${sql.lit(ENOUGH_OWNERS - 1)}) as beyond
    ) as met limit ${sql.lit(FEW + 1)}`.execute(db);
  const ids = rows.flatMap(({ id }) => id ?? []);
  return { ids, areAll: ids.length === rows.length && ids.length <= FEW, atLeast: ids.length };
}

/** Ids of the tokens of some owners, from owner to owner: each database would rather look at all tokens, and is kept from it in its own way. */
function ofEach(
  db: Queries,
  dialect: Dialect,
  owners: RawBuilder<unknown>,
  column: OwnerColumn,
  search: TokenSearch,
): Expression<{ id: string }> {
  if (dialect === 'sqlite') return beside(db, owners, column, search).select('access_tokens.id');
  const each = search.narrow(allTokens(db)).where(isOwned(column)).select('access_tokens.id').offset(0);
  return db.selectFrom(owners.as('found')).crossJoinLateral(each.as('theirs')).select('theirs.id');
}

/** How many tokens a search finds, counted up to a bound if there is one: of each owner that is found. */
export async function countFound(db: Queries, search: TokenSearch, upTo?: number): Promise<number> {
  const consumers = sql`${ownersFound(search, 'consumer_key')}`;
  const byConsumer = await countRows(db, beside(db, consumers, 'consumer_key', search), upTo);
  if (byConsumer === upTo) return upTo;
  const users = sql`${ownersFound(search, 'user_key')}`;
  const others = beside(db, users, 'user_key', search).where((e) =>
    e.not(isOfFound(e, search, 'consumer_key', AS_THEY_ARE)),
  );
  return byConsumer + (await countRows(db, others, upTo === undefined ? upTo : upTo - byConsumer));
}

/** Tokens beside those who are `found`, which are gone through first in SQLite. */
function beside(
  db: Queries,
  owners: RawBuilder<unknown>,
  column: OwnerColumn,
  { narrow }: TokenSearch,
): Tokens {
  const pairs = db.selectFrom(owners.as('found')).crossJoin('access_tokens');
  return narrow(pairs as unknown as Tokens).where(isOwned(column));
}

function isOwned(column: OwnerColumn): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`access_tokens.${column}`)} = found.owner`;
}

/** Joined with nothing, so that no index is a way to them: SQLite would gather the tokens of all owners first. */
const asNoWay = (owner: RawBuilder<unknown>) => sql`${owner} || ''`;

/**
 * Those of some tokens that a search finds, to be met along an order until a page is full.
 * @param isBeside whether the consumer of each stands beside it in `consumer_list`, the order being that of consumers
 */
export function matching(tokens: Tokens, search: TokenSearch, isBeside: boolean): Tokens {
  return found(tokens, search, { asked: asNoWay, isBeside });
}

/** Up to how many are gathered owner by owner, and then put in order. */
export const MOST_GATHERED = 5 * FEW;

/** All of some tokens that a search finds, from few owners; null if these are many. One more than most tells that it is too many. */
export function gatherTokens(
  db: Queries,
  dialect: Dialect,
  tokens: Tokens,
  search: TokenSearch,
): Tokens | null {
  if (!search.consumers.areFew || !search.users.areFew) return null;
  const all =
    dialect === 'sqlite' ? found(tokens, search, AS_THEY_ARE) : allTokens(db).where(isOfEach(db, search));
  return all.limit(MOST_GATHERED + 1);
}

/** For PostgreSQL, which sooner looks at all tokens than for those of one owner or another. */
function isOfEach(db: Queries, search: TokenSearch): RawBuilder<SqlBool> {
  const ids = (column: OwnerColumn) =>
    ofEach(db, 'postgres', sql`${ownersFound(search, column)}`, column, search);
  return sql`access_tokens.id in (${ids('consumer_key')} union ${ids('user_key')})`;
}

/** In which way it is told of tokens whether they are found. */
interface Telling {
  /** The name of an owner, as it is asked for. */
  readonly asked: (owner: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** Whether `consumer_list` holds the consumer of each already. */
  readonly isBeside: boolean;
}

const AS_THEY_ARE: Telling = { asked: (owner) => owner, isBeside: false };

function found(tokens: Tokens, search: TokenSearch, telling: Telling): Tokens {
  return tokens.where((e) =>
    e.or([isOfFound(e, search, 'consumer_key', telling), isOfFound(e, search, 'user_key', telling)]),
  );
}

/**
 * Few owners are asked for once. Of more, only the token's own is looked at, never all: PostgreSQL would rather look at
 * every consumer first for an `exists`.
 */
function isOfFound(
  e: ExpressionBuilder<Database, 'access_tokens'>,
  search: TokenSearch,
  column: OwnerColumn,
  { asked, isBeside }: Telling,
): RawBuilder<SqlBool> {
  const { areFew } = column === 'consumer_key' ? search.consumers : search.users;
  if (!areFew) return isOfOwnerWith(e, search.text, column, isBeside);
  return sql`${asked(sql.ref(`access_tokens.${column}`))} in ${ownersFound(search, column)}`;
}

/** Those of few tokens whose consumer or user contains a text: each one's own are looked at, and nobody else's. */
export function ofOwnersWith(tokens: Tokens, text: string): Tokens {
  return tokens.where((e) =>
    e.or([isOfOwnerWith(e, text, 'consumer_key'), isOfOwnerWith(e, text, 'user_key')]),
  );
}

/** Whether the row of a token's owner, which for a consumer may stand beside it, contains a text. */
function isOfOwnerWith(
  e: ExpressionBuilder<Database, 'access_tokens'>,
  text: string,
  column: OwnerColumn,
  isBeside = false,
): RawBuilder<SqlBool> {
  if (column === 'consumer_key' && isBeside) return contains(sql.ref('consumer_list.search_text'), text);
  const owner =
    column === 'consumer_key'
      ? e.selectFrom('consumer_list as own').whereRef('own.consumer_key', '=', 'access_tokens.consumer_key')
      : e.selectFrom('user_list as own').whereRef('own.name_key', '=', 'access_tokens.user_key');
  return sql`${owner.select(contains(sql.ref('own.search_text'), text).as('isFound'))}`;
}
