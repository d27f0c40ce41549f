/**
 * Connections over SQL. As with tokens, every change of state is one conditional statement whose count of changed
 * rows tells who won: a renewal is claimed, done and ended that way, so two nodes never use one handle.
 */
import { sql } from 'kysely';
import { audienceOf, type ConnectionStore, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import { transactChange } from './change-recorded.ts';
import { connectionFromRow, connectionToRow, pendingFromRow, pendingToRow } from './connection-rows.ts';
import type { Queries, SqlContext } from './context.ts';
import { countRows } from './lists/count-rows.ts';
import type { Locks } from './locks.ts';
import { userExists } from './owners.ts';
import { transact } from './transact.ts';

export function sqlConnections(context: SqlContext): ConnectionStore {
  return { ...pendingConnections(context), ...keptConnections(context), ...renewals(context) };
}

type PendingPart = Pick<ConnectionStore, 'addPending' | 'takePending' | 'purgePending'>;
type RenewalPart = Pick<ConnectionStore, 'claimRenewal' | 'renew' | 'releaseRenewal' | 'markDead'>;
type KeptPart = Omit<ConnectionStore, keyof PendingPart | keyof RenewalPart>;

function pendingConnections({ db, locks, sealer }: SqlContext): PendingPart {
  return {
    addPending(pending) {
      return transact(db, async (trx) => {
        if (!(await ownersExist(trx, locks, pending))) return false;
        const added = await trx
          .insertInto('pending_connections')
          .values(pendingToRow(pending, sealer))
          .onConflict((conflict) => conflict.column('hash').doNothing())
          .executeTakeFirst();
        return added.numInsertedOrUpdatedRows === 1n;
      });
    },
    async takePending(hash, { sessionHash, userName }, now) {
      const row = await db
        .deleteFrom('pending_connections')
        .where('hash', '=', hash)
        .where('session_hash', '=', sessionHash)
        .where('user_key', '=', userNameKey(userName))
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : pendingFromRow(row, sealer);
    },
    async purgePending(expiredBefore, limit) {
      const over = db
        .selectFrom('pending_connections')
        .select('hash')
        .where('expires_at', '<', expiredBefore);
      const purged = await db
        .with('over', () => locks.take(over.limit(limit)))
        .deleteFrom('pending_connections')
        .where('hash', 'in', (e) => e.selectFrom('over').select('hash'))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}

function keptConnections({ db, locks, sealer }: SqlContext): KeptPart {
  return {
    save(connection, event) {
      return transact(db, async (trx) => {
        if (!(await ownersExist(trx, locks, connection))) return false;
        const row = { ...connectionToRow(connection, sealer), renewing_until: 0 };
        await trx
          .insertInto('connections')
          .values(row)
          .onConflict((c) => c.columns(['user_key', 'provider_name', 'gadget_url']).doUpdateSet(row))
          .execute();
        await recordEvent(trx, event);
        return true;
      });
    },
    async find(id) {
      const row = await db.selectFrom('connections').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : connectionFromRow(row, sealer);
    },
    async findFor(userName, providerName, gadgetUrl) {
      const row = await db
        .selectFrom('connections')
        .selectAll()
        .where('user_key', '=', userNameKey(userName))
        .where('provider_name', '=', providerName)
        .where('gadget_url', '=', gadgetUrl ?? '')
        .executeTakeFirst();
      return row === undefined ? null : connectionFromRow(row, sealer);
    },
    async listOfUser(userName) {
      const rows = await db
        .selectFrom('connections')
        .selectAll()
        .where('user_key', '=', userNameKey(userName))
        .orderBy('provider_name')
        .orderBy('gadget_url')
        .execute();
      return rows.map((row) => connectionFromRow(row, sealer));
    },
    async useOfProvider(provider) {
      const all = db.selectFrom('connections').where('provider_name', '=', provider.name);
      const active = all.where('audience', '=', audienceOf(provider)).where('state', '=', 'active');
      const last = await all.select(sql<number | null>`max(last_used_at)`.as('at')).executeTakeFirstOrThrow();
      return {
        activeUsers: await countRows(db, active.groupBy('user_key')),
        deadConnections: (await countRows(db, all)) - (await countRows(db, active)),
        lastUsedAt: last.at,
      };
    },
    async noteUse(id, at) {
      await db.updateTable('connections').set({ last_used_at: at }).where('id', '=', id).execute();
    },
    remove(id, userName, event) {
      return transactChange(
        db,
        (trx) =>
          trx.deleteFrom('connections').where('id', '=', id).where('user_key', '=', userNameKey(userName)),
        event,
      );
    },
  };
}

function renewals({ db, sealer }: SqlContext): RenewalPart {
  return {
    async claimRenewal(id, version, now, until) {
      const claimed = await db
        .updateTable('connections')
        .set({ renewing_until: until })
        .where('id', '=', id)
        .where('version', '=', version)
        .where('state', '=', 'active')
        .where('renewing_until', '<=', now)
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },
    renew(connection, expectedVersion, event) {
      return transact(db, async (trx) => {
        const renewed = await trx
          .updateTable('connections')
          .set({ ...connectionToRow(connection, sealer), renewing_until: 0 })
          .where('id', '=', connection.id)
          .where('version', '=', expectedVersion)
          .executeTakeFirst();
        if (renewed.numUpdatedRows !== 1n) return 'lost';
        await recordEvent(trx, event);
        return 'done';
      });
    },
    async releaseRenewal(id, version) {
      await db
        .updateTable('connections')
        .set({ renewing_until: 0 })
        .where('id', '=', id)
        .where('version', '=', version)
        .execute();
    },
    markDead(id, version, problem, event) {
      return transact(db, async (trx) => {
        const marked = await trx
          .updateTable('connections')
          .set({ state: 'dead', problem, renewing_until: 0 })
          .where('id', '=', id)
          .where('version', '=', version)
          .where('state', '=', 'active')
          .executeTakeFirst();
        if (marked.numUpdatedRows !== 1n) return 'lost';
        await recordEvent(trx, event);
        return 'done';
      });
    },
  };
}

async function ownersExist(
  trx: Queries,
  locks: Locks,
  { userName, providerName }: { readonly userName: string; readonly providerName: string },
): Promise<boolean> {
  const named = trx.selectFrom('service_providers').select('name').where('name', '=', providerName);
  const provider = await locks.keep(named).executeTakeFirst();
  return provider !== undefined && userExists(trx, locks, userName);
}
