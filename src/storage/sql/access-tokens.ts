/**
 * Access tokens over SQL. Revocation sets a time and deletes nothing, so that a revoked token can be told from
 * an unknown one until its session would have ended.
 */
import { sql } from 'kysely';
import { type AccessTokenStore, type TokenFilter, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import { changeRecorded } from './change-recorded.ts';
import type { Queries, SqlContext } from './context.ts';
import { countRows } from './lists/count-rows.ts';
import { allTokens, liveTokens } from './lists/live-tokens.ts';
import { tokenPage } from './lists/token-list.ts';
import type { Locks } from './locks.ts';
import { ownersExist } from './owners.ts';
import { accessTokenFromRow, accessTokenToRow } from './token-rows.ts';
import { transact } from './transact.ts';

/** Keeps a statement's parameters below every database's bound. */
const USES_A_STATEMENT = 500;

export function sqlAccessTokens({ db, dialect, locks, sealer }: SqlContext): AccessTokenStore {
  const findBy = async (column: 'hash' | 'id', value: string) => {
    const row = await db.selectFrom('access_tokens').selectAll().where(column, '=', value).executeTakeFirst();
    return row === undefined ? null : accessTokenFromRow(row, sealer);
  };

  return {
    find: (hash) => findBy('hash', hash),
    findById: (id) => findBy('id', id),
    async list(filter, query, now) {
      const { rows: ids, ...around } = await tokenPage(db, dialect, filter, query, now);
      if (ids.length === 0) return { ...around, rows: [] };
      const found = await db
        .selectFrom('access_tokens')
        .innerJoin('consumers', 'consumers.consumer_key', 'access_tokens.consumer_key')
        .innerJoin('users', 'users.name_key', 'access_tokens.user_key')
        .selectAll('access_tokens')
        .select(['consumers.name as consumer_name', 'consumers.description as consumer_description'])
        .select('users.display_name as user_display_name')
        .where('access_tokens.id', 'in', ids)
        .execute();
      const byId = new Map(found.map((row) => [row.id, row]));
      const rows = ids.flatMap((id) => {
        const row = byId.get(id);
        if (row === undefined) return [];
        return [
          {
            token: accessTokenFromRow(row, sealer),
            consumerName: row.consumer_name,
            consumerDescription: row.consumer_description,
            userDisplayName: row.user_display_name,
          },
        ];
      });
      return { ...around, rows };
    },
    renew(oldHash, token, event) {
      return transact(
        db,
        async (trx) => {
          if (!(await ownersExist(trx, locks, token.consumerKey, token.userName))) return 'lost';
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
        },
        async (outcome) => outcome === 'done' && (await findBy('hash', token.hash)) !== null,
      );
    },
    revoke(id, userName, at, event) {
      return transact(
        db,
        async (trx) => {
          let wanted = trx.updateTable('access_tokens').set({ revoked_at: at }).where('id', '=', id);
          if (userName !== null) wanted = wanted.where('user_key', '=', userNameKey(userName));
          return changeRecorded(trx, wanted.where('revoked_at', 'is', null), event);
        },
        async (isRevoked) => isRevoked && (await findBy('id', id))?.revokedAt === at,
      );
    },
    revokeAll(filter, at, event) {
      return transact(db, async (trx) => {
        await holdOwners(trx, locks, filter);
        const live = await countRows(trx, liveTokens(allTokens(trx), filter, at));
        let wanted = trx.updateTable('access_tokens').set({ revoked_at: at }).where('revoked_at', 'is', null);
        if (filter.userName !== undefined)
          wanted = wanted.where('user_key', '=', userNameKey(filter.userName));
        if (filter.consumerKey !== undefined) wanted = wanted.where('consumer_key', '=', filter.consumerKey);
        await wanted.execute();
        if (live > 0) await recordEvent(trx, event);
        return live;
      });
    },
    async noteUse(uses) {
      const all = [...uses];
      for (let at = 0; at < all.length; at += USES_A_STATEMENT) {
        await transact(db, (trx) => noteUses(trx, locks, all.slice(at, at + USES_A_STATEMENT)));
      }
    },
    async purge(endedBefore, limit) {
      const over = db
        .selectFrom('access_tokens')
        .select('hash')
        .where('session_expires_at', '<', endedBefore)
        .where('expires_at', '<', endedBefore);
      const purged = await db
        .with('over', () => locks.take(over.limit(limit)))
        .deleteFrom('access_tokens')
        .where('hash', 'in', (e) => e.selectFrom('over').select('hash'))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}

/** Who issues or renews a token keeps its owners; holding them means that all of theirs is seen, and nothing comes meanwhile. */
async function holdOwners(trx: Queries, locks: Locks, { userName, consumerKey }: TokenFilter): Promise<void> {
  const consumers = trx.selectFrom('consumers').select('consumer_key').orderBy('consumer_key');
  if (consumerKey !== undefined)
    await locks.hold(consumers.where('consumer_key', '=', consumerKey)).execute();
  else if (userName === undefined) await locks.hold(consumers).execute();
  if (userName === undefined) return;
  const user = trx.selectFrom('users').select('name_key').where('name_key', '=', userNameKey(userName));
  await locks.hold(user).execute();
}

/**
 * One statement for many tokens: last use never goes back. It is noted with their consumers as well, by a trigger; these
 * are taken in one order before, so that two servers do not wait for each other.
 */
async function noteUses(
  trx: Queries,
  locks: Locks,
  uses: readonly (readonly [id: string, at: number])[],
): Promise<void> {
  const ids = uses.map(([id]) => id);
  const consumers = trx.selectFrom('access_tokens').select('consumer_key').where('id', 'in', ids);
  const listed = trx
    .selectFrom('consumer_list')
    .select('id')
    .where('consumer_key', 'in', consumers)
    .orderBy('id');
  await locks.change(listed).execute();
  const rows = uses.map(([id, at]) => sql`(cast(${id} as text), cast(${at} as bigint))`);
  await sql`update access_tokens set last_used_at = used.column2 from (values ${sql.join(rows)}) as used
    where access_tokens.id = used.column1
      and (access_tokens.last_used_at is null or access_tokens.last_used_at < used.column2)`.execute(trx);
}
