/**
 * Access tokens over SQL. Revocation sets a time and deletes nothing, so that a revoked token can be told from
 * an unknown one until its session would have ended.
 */
import { type AccessTokenStore, type TokenFilter, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import type { Queries, SqlContext } from './context.ts';
import { ownersExist } from './owners.ts';
import { contains } from './search.ts';
import { accessTokenFromRow, accessTokenToRow } from './token-rows.ts';

const ORDER = {
  created: 'access_tokens.created_at',
  expires: 'access_tokens.expires_at',
  user: 'access_tokens.user_key',
  consumer: 'consumers.sort_name',
} as const;

export function sqlAccessTokens({ db, sealer }: SqlContext): AccessTokenStore {
  const findBy = async (column: 'hash' | 'id', value: string) => {
    const row = await db.selectFrom('access_tokens').selectAll().where(column, '=', value).executeTakeFirst();
    return row === undefined ? null : accessTokenFromRow(row, sealer);
  };

  return {
    find: (hash) => findBy('hash', hash),
    findById: (id) => findBy('id', id),
    async list(filter, query, now) {
      const matching = liveTokens(db, filter, query.search, now);
      const rows = await matching
        .selectAll('access_tokens')
        .select(['consumers.name as consumer_name', 'consumers.description as consumer_description'])
        .select('users.display_name as user_display_name')
        .orderBy(
          (e) =>
            query.sort === 'used'
              ? e.fn.coalesce('access_tokens.last_used_at', e.lit(0))
              : e.ref(ORDER[query.sort]),
          query.descending ? 'desc' : 'asc',
        )
        .orderBy('access_tokens.id')
        .offset(query.offset)
        .limit(query.limit)
        .execute();
      const { total } = await matching
        .select((e) => e.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return {
        rows: rows.map((row) => ({
          token: accessTokenFromRow(row, sealer),
          consumerName: row.consumer_name,
          consumerDescription: row.consumer_description,
          userDisplayName: row.user_display_name,
        })),
        total: Number(total),
      };
    },
    renew(oldHash, token, event) {
      return db.transaction().execute(async (trx) => {
        if (!(await ownersExist(trx, token.consumerKey, token.userName))) return 'lost';
        const ended = await trx
          .updateTable('access_tokens')
          .set({ revoked_at: token.createdAt })
          .where('hash', '=', oldHash)
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
        if (ended.numUpdatedRows !== 1n) return 'lost';
        await trx.insertInto('access_tokens').values(accessTokenToRow(token, sealer)).execute();
        await recordEvent(trx, event);
        return 'done';
      });
    },
    revoke(id, userName, at, event) {
      return db.transaction().execute(async (trx) => {
        let wanted = trx.updateTable('access_tokens').set({ revoked_at: at }).where('id', '=', id);
        if (userName !== null) wanted = wanted.where('user_key', '=', userNameKey(userName));
        const revoked = await wanted.where('revoked_at', 'is', null).executeTakeFirst();
        if (revoked.numUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    revokeAll(filter, at, event) {
      return db.transaction().execute(async (trx) => {
        const { live } = await liveTokens(trx, filter, '', at)
          .select((e) => e.fn.countAll<number>().as('live'))
          .executeTakeFirstOrThrow();
        let wanted = trx.updateTable('access_tokens').set({ revoked_at: at }).where('revoked_at', 'is', null);
        if (filter.userName !== undefined)
          wanted = wanted.where('user_key', '=', userNameKey(filter.userName));
        if (filter.consumerKey !== undefined) wanted = wanted.where('consumer_key', '=', filter.consumerKey);
        await wanted.execute();
        if (Number(live) > 0) await recordEvent(trx, event);
        return Number(live);
      });
    },
    async noteUse(uses) {
      if (uses.size === 0) return;
      await db.transaction().execute(async (trx) => {
        for (const [id, at] of uses) {
          await trx
            .updateTable('access_tokens')
            .set({ last_used_at: at })
            .where('id', '=', id)
            .where((e) => e.or([e('last_used_at', 'is', null), e('last_used_at', '<', at)]))
            .execute();
        }
      });
    },
    async purge(endedBefore, limit) {
      const over = db
        .selectFrom('access_tokens')
        .select('hash')
        .where('session_expires_at', '<', endedBefore)
        .where('expires_at', '<', endedBefore);
      const purged = await db
        .deleteFrom('access_tokens')
        .where('hash', 'in', over.limit(limit))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}

/** Tokens that work or can be renewed, with their consumers and users. */
function liveTokens(db: Queries, filter: TokenFilter, search: string, now: number) {
  let tokens = db
    .selectFrom('access_tokens')
    .innerJoin('consumers', 'consumers.consumer_key', 'access_tokens.consumer_key')
    .innerJoin('users', 'users.name_key', 'access_tokens.user_key')
    .where('access_tokens.revoked_at', 'is', null)
    .where((e) =>
      e.or([e('access_tokens.expires_at', '>', now), e('access_tokens.session_expires_at', '>', now)]),
    );
  if (filter.userName !== undefined) {
    tokens = tokens.where('access_tokens.user_key', '=', userNameKey(filter.userName));
  }
  if (filter.consumerKey !== undefined) {
    tokens = tokens.where('access_tokens.consumer_key', '=', filter.consumerKey);
  }
  if (search === '') return tokens;
  return tokens.where((e) =>
    e.or([contains(e.ref('consumers.search_text'), search), contains(e.ref('users.search_text'), search)]),
  );
}
