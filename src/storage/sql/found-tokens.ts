/**
 * Which access tokens a search finds: those whose consumer or user it finds. They are asked for in two ways, of the
 * owners that are found and of each token by itself; which is faster depends on how many are found.
 */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from './consumer-list.ts';
import type { Queries } from './context.ts';
import { countRows } from './count-rows.ts';
import { type FoundRows, findRows } from './found-rows.ts';
import { allTokens, type Tokens } from './live-tokens.ts';
import type { Database } from './schema.ts';
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

/** Ids of tokens, and whether there are no others. */
interface FoundTokens {
  readonly ids: readonly string[];
  readonly areAll: boolean;
}

/** Tokens that are found by their consumer or user: all of them when these are few, else some. */
export async function foundTokens(db: Queries, dialect: Dialect, search: TokenSearch): Promise<FoundTokens> {
  const byConsumer = await tokensOf(db, dialect, search, 'consumer_key');
  if (byConsumer.ids.length > FEW) return byConsumer;
  const byUser = await tokensOf(db, dialect, search, 'user_key');
  const ids = [...new Set([...byConsumer.ids, ...byUser.ids])];
  return { ids, areAll: byConsumer.areAll && byUser.areAll && ids.length <= FEW };
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
  const owners = sql`found`;
  const each = search.narrow(allTokens(db)).where(isOwned(column)).select('access_tokens.id').offset(0);
  // Each database would rather look at all tokens, and is kept from it in its own way.
  const along: Expression<{ id: string }> =
    dialect === 'sqlite'
      ? beside(db, owners, column, search).select('access_tokens.id')
      : db.selectFrom(owners.as('found')).crossJoinLateral(each.as('theirs')).select('theirs.id');
  const found = ownersFound(search, column).limit(ENOUGH_OWNERS);
  const { rows } = await sql<{ id: string | null }>`with found (owner) as materialized ${found}
    select id from (
      select id from (select id from ${along} as theirs limit ${sql.lit(FEW + 1)}) as few
      union all
      select id from (select null as id from found limit 1 offset ${sql.lit(ENOUGH_OWNERS - 1)}) as beyond
    ) as met limit ${sql.lit(FEW + 1)}`.execute(db);
  const ids = rows.flatMap(({ id }) => id ?? []);
  return { ids, areAll: ids.length === rows.length && ids.length <= FEW };
}

/** How many tokens a search finds, counted up to a bound if there is one: of each owner that is found. */
export async function countFound(db: Queries, search: TokenSearch, upTo?: number): Promise<number> {
  const consumers = sql`${ownersFound(search, 'consumer_key')}`;
  const byConsumer = await countRows(db, beside(db, consumers, 'consumer_key', search), upTo);
  if (byConsumer === upTo) return upTo;
  const users = sql`${ownersFound(search, 'user_key')}`;
  const others = beside(db, users, 'user_key', search).where((e) =>
    e.not(isOfFound(e, search, 'consumer_key')),
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

/** Those of some tokens that a search finds, to be met along an order. */
export function matching(tokens: Tokens, search: TokenSearch): Tokens {
  // Joined with nothing, so that no index is a way to them: SQLite would gather the tokens of all owners first.
  return found(tokens, search, (owner) => sql`${owner} || ''`);
}

/** Up to how many are gathered owner by owner, and then put in order. */
const MOST_GATHERED = 5 * FEW;

/** All tokens that a search finds, and how many they are. */
interface Gathered {
  readonly tokens: Tokens;
  readonly count: number;
}

/** Gathers those of some tokens from few owners; null where there is a shorter way to a page of them. */
export async function gatherTokens(
  db: Queries,
  dialect: Dialect,
  tokens: Tokens,
  search: TokenSearch,
): Promise<Gathered | null> {
  if (dialect !== 'sqlite' || !search.consumers.areFew || !search.users.areFew) return null;
  const all = found(tokens, search, (owner) => owner);
  const count = await countRows(db, all, MOST_GATHERED + 1);
  return count > MOST_GATHERED ? null : { tokens: all, count };
}

function found(
  tokens: Tokens,
  search: TokenSearch,
  asked: (owner: RawBuilder<unknown>) => RawBuilder<unknown>,
): Tokens {
  return tokens.where((e) =>
    e.or([isOfFound(e, search, 'consumer_key', asked), isOfFound(e, search, 'user_key', asked)]),
  );
}

/**
 * Few owners are asked for once. Of many, only the token's own is looked at, never all: PostgreSQL would rather look at
 * every consumer first for an `exists`.
 */
function isOfFound(
  e: ExpressionBuilder<Database, 'access_tokens'>,
  search: TokenSearch,
  column: OwnerColumn,
  asked: (owner: RawBuilder<unknown>) => RawBuilder<unknown> = (owner) => owner,
) {
  const isConsumer = column === 'consumer_key';
  if ((isConsumer ? search.consumers : search.users).areFew)
    return sql<SqlBool>`${asked(sql.ref(`access_tokens.${column}`))} in ${ownersFound(search, column)}`;
  return isOfOwnerWith(e, search.text, column);
}

/** Those of few tokens whose consumer or user contains a text: each one's own are looked at, and nobody else's. */
export function ofOwnersWith(tokens: Tokens, text: string): Tokens {
  return tokens.where((e) =>
    e.or([isOfOwnerWith(e, text, 'consumer_key'), isOfOwnerWith(e, text, 'user_key')]),
  );
}

function isOfOwnerWith(
  e: ExpressionBuilder<Database, 'access_tokens'>,
  text: string,
  column: OwnerColumn,
): RawBuilder<SqlBool> {
  const owner =
    column === 'consumer_key'
      ? e.selectFrom('consumer_list as own').whereRef('own.consumer_key', '=', 'access_tokens.consumer_key')
      : e.selectFrom('user_list as own').whereRef('own.name_key', '=', 'access_tokens.user_key');
  return sql<SqlBool>`${owner.select(contains(sql.ref('own.search_text'), text).as('is_found'))}`;
}
