/**
 * Which access tokens a search finds: those whose consumer or user it finds. They are asked for in two ways, of the
 * owners that are found and of each token by itself; which is faster depends on how many are found.
 */
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from './consumer-list.ts';
import { FEW, foundConsumers } from './consumer-page.ts';
import type { Queries } from './context.ts';
import { allTokens, type Tokens } from './live-tokens.ts';
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
  const owners = db.selectFrom(sql`found`.as('found'));
  const ofOwner = sql<SqlBool>`${sql.ref(`access_tokens.${column}`)} = found.owner`;
  const theirs = (tokens: Tokens) => narrow(tokens).where(ofOwner).select('access_tokens.id');
  // Each database would rather look at all tokens, and is kept from it in its own way.
  const along: Expression<{ id: string }> =
    dialect === 'sqlite'
      ? theirs(owners.crossJoin('access_tokens') as unknown as Tokens)
      : owners.crossJoinLateral(theirs(allTokens(db)).offset(0).as('theirs')).select('theirs.id');
  const { rows } = await sql<{ id: string | null }>`with found (owner) as materialized ${found}
    select id from (
      select id from (select id from ${along} as theirs limit ${sql.lit(FEW + 1)}) as few
      union all
      select id from (select null as id from found limit 1 offset ${sql.lit(most - 1)}) as beyond
    ) as met limit ${sql.lit(FEW + 1)}`.execute(db);
  const ids = rows.flatMap(({ id }) => id ?? []);
  return { ids, areAll: ids.length === rows.length && ids.length <= FEW };
}

/** Asked of each token by itself, never of all: PostgreSQL would rather look at every consumer first for an `exists`. */
export function matching(db: Queries, tokens: Tokens, search: string): Tokens {
  return tokens.where((e) => {
    const byConsumer = e
      .selectFrom('consumer_list as c')
      .whereRef('c.consumer_key', '=', 'access_tokens.consumer_key')
      .select((c) => contains(c.ref('c.search_text'), search).as('is_found'));
    return e.or([sql<SqlBool>`${byConsumer}`, e('access_tokens.user_key', 'in', usersFound(db, search))]);
  });
}

function usersFound(db: Queries, search: string) {
  return db
    .selectFrom('users')
    .select('name_key')
    .where((e) => contains(e.ref('search_text'), search));
}
