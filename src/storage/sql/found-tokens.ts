/**
 * Which access tokens a search finds: those whose consumer or user it finds. They are asked for in two ways, of the
 * owners that are found and of each token by itself; which is faster depends on how many are found.
 */
import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from './consumer-list.ts';
import { FEW, foundConsumers } from './consumer-page.ts';
import type { Queries } from './context.ts';
import { countRows } from './count-rows.ts';
import { allTokens, type Tokens } from './live-tokens.ts';
import type { Database } from './schema.ts';
import { contains } from './search.ts';

/**
 * Of so many consumers there are more than a few tokens mostly, although some have none and some of theirs are revoked:
 * so many found tokens are a count already, and nobody has to meet them along the list to count them.
 */
const ENOUGH_CONSUMERS = 2 * FEW;

/** Ids of tokens, and whether there are no others. */
interface FoundTokens {
  readonly ids: readonly string[];
  readonly areAll: boolean;
}

/** Keeps those tokens of some that a list is about. */
type Narrow = (tokens: Tokens) => Tokens;

/** Tokens that are found by their consumer or user: all of them when these are few, else some. */
export async function foundTokens(
  db: Queries,
  dialect: Dialect,
  narrow: Narrow,
  search: string,
): Promise<FoundTokens> {
  const consumers = foundConsumers(db, dialect, search, ENOUGH_CONSUMERS);
  const byConsumer = await tokensOf(db, dialect, narrow, {
    column: 'consumer_key',
    found: sql`${consumers}`,
    most: ENOUGH_CONSUMERS,
  });
  if (byConsumer.ids.length > FEW) return byConsumer;
  const users = usersFound(db, search).limit(FEW + 1);
  const byUser = await tokensOf(db, dialect, narrow, {
    column: 'user_key',
    found: sql`${users}`,
    most: FEW + 1,
  });
  const ids = [...new Set([...byConsumer.ids, ...byUser.ids])];
  return { ids, areAll: byConsumer.areAll && byUser.areAll && ids.length <= FEW };
}

/** Consumers or users that a search finds. */
interface Owners {
  /** What names them in a token. */
  readonly column: 'consumer_key' | 'user_key';
  /** A query for this, of so many at most: if there are so many, there may be more. */
  readonly found: RawBuilder<unknown>;
  readonly most: number;
}

/**
 * Goes from owner to owner until there are more than a few tokens. The owners' keys never leave the database, and those
 * behind the last that was needed are not asked for their tokens. An id of nothing says that there may be more owners.
 */
async function tokensOf(
  db: Queries,
  dialect: Dialect,
  narrow: Narrow,
  { column, found, most }: Owners,
): Promise<FoundTokens> {
  const owners = sql`found`;
  const each = narrow(allTokens(db)).where(isOwned(column)).select('access_tokens.id').offset(0);
  // Each database would rather look at all tokens, and is kept from it in its own way.
  const along: Expression<{ id: string }> =
    dialect === 'sqlite'
      ? beside(db, owners, column, narrow).select('access_tokens.id')
      : db.selectFrom(owners.as('found')).crossJoinLateral(each.as('theirs')).select('theirs.id');
  const { rows } = await sql<{ id: string | null }>`with found (owner) as materialized ${found}
    select id from (
      select id from (select id from ${along} as theirs limit ${sql.lit(FEW + 1)}) as few
      union all
      select id from (select null as id from found limit 1 offset ${sql.lit(most - 1)}) as beyond
    ) as met limit ${sql.lit(FEW + 1)}`.execute(db);
  const ids = rows.flatMap(({ id }) => id ?? []);
  return { ids, areAll: ids.length === rows.length && ids.length <= FEW };
}

/** How many tokens a search finds, counted up to a bound if there is one: of each owner that is found. */
export async function countFound(
  db: Queries,
  dialect: Dialect,
  narrow: Narrow,
  search: string,
  upTo?: number,
): Promise<number> {
  const consumers = sql`(select consumer_key as owner from ${foundConsumers(db, dialect, search)} as c)`;
  const byConsumer = await countRows(db, beside(db, consumers, 'consumer_key', narrow), upTo);
  if (byConsumer === upTo) return upTo;
  const users = sql`(select name_key as owner from ${usersFound(db, search)} as u)`;
  const others = beside(db, users, 'user_key', narrow).where((e) => e.not(isOfFoundConsumer(e, search)));
  return byConsumer + (await countRows(db, others, upTo === undefined ? upTo : upTo - byConsumer));
}

/** Tokens beside those who are `found`, which are gone through first in SQLite. */
function beside(db: Queries, owners: RawBuilder<unknown>, column: Owners['column'], narrow: Narrow): Tokens {
  const pairs = db.selectFrom(owners.as('found')).crossJoin('access_tokens');
  return narrow(pairs as unknown as Tokens).where(isOwned(column));
}

function isOwned(column: Owners['column']): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`access_tokens.${column}`)} = found.owner`;
}

/** Asked of each token by itself, never of all: PostgreSQL would rather look at every consumer first for an `exists`. */
export function matching(db: Queries, tokens: Tokens, search: string): Tokens {
  return tokens.where((e) =>
    e.or([isOfFoundConsumer(e, search), e('access_tokens.user_key', 'in', usersFound(db, search))]),
  );
}

function isOfFoundConsumer(e: ExpressionBuilder<Database, 'access_tokens'>, search: string) {
  const consumer = e
    .selectFrom('consumer_list as c')
    .whereRef('c.consumer_key', '=', 'access_tokens.consumer_key')
    .select((c) => contains(c.ref('c.search_text'), search).as('is_found'));
  return sql<SqlBool>`${consumer}`;
}

function usersFound(db: Queries, search: string) {
  return db
    .selectFrom('users')
    .select('name_key')
    .where((e) => contains(e.ref('search_text'), search));
}
