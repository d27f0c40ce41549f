/** Consumers over SQL. Removal cascades to their tokens by foreign keys. */
import type { ExpressionBuilder } from 'kysely';
import { nowSeconds } from '../../base/index.ts';
import { type Consumer, type ConsumerStore, plainBase, userNameKey } from '../../model/index.ts';
import { changeRecorded, transactChange } from './change-recorded.ts';
import { consumerFromRow, consumerToRow } from './consumer-rows.ts';
import type { Queries, SqlContext } from './context.ts';
import { type LongList, listPage } from './lists/list-page.ts';
import type { Locks } from './locks.ts';
import { userExists } from './owners.ts';
import type { Database } from './schema/schema.ts';
import { transact } from './transact.ts';

const LIST: LongList<'name' | 'key' | 'created' | 'used'> = {
  list: 'consumer',
  key: 'consumer_key',
  orders: { name: 'sort_name', key: 'consumer_key', created: 'created_at', used: 'last_used_at' },
  nullable: 'used',
};

type OverConsumers = ExpressionBuilder<Database, 'consumers'>;

export function sqlConsumers({ db, dialect, locks, sealer, clock }: SqlContext): ConsumerStore {
  return {
    async find(key) {
      const row = await db
        .selectFrom('consumers')
        .selectAll()
        .where('consumer_key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : consumerFromRow(row, sealer);
    },
    async list(query) {
      const { rows: keys, ...around } = await listPage(db, dialect, LIST, query);
      if (keys.length === 0) return { ...around, rows: [] };
      const now = nowSeconds(clock);
      const found = await db
        .selectFrom('consumers')
        .innerJoin('consumer_list as list', 'list.consumer_key', 'consumers.consumer_key')
        .selectAll('consumers')
        .select((e) => ['list.last_used_at', activeUsers(e, now).as('active_users')])
        .where('consumers.consumer_key', 'in', keys)
        .execute();
      const byKey = new Map(found.map((row) => [row.consumer_key, row]));
      const rows = keys.flatMap((key) => {
        const row = byKey.get(key);
        if (row === undefined) return [];
        const consumer = consumerFromRow(row, sealer);
        return [{ consumer, activeUsers: Number(row.active_users ?? 0), lastUsedAt: row.last_used_at }];
      });
      return { ...around, rows };
    },
    async ownedBy(userName) {
      const rows = await db
        .selectFrom('consumers')
        .selectAll()
        .where('owner_key', '=', userNameKey(userName))
        .orderBy('sort_name')
        .orderBy('consumer_key')
        .execute();
      return rows.map((row) => consumerFromRow(row, sealer));
    },
    add(consumer, event) {
      return transact(db, async (trx) => {
        const addition = trx
          .insertInto('consumers')
          .values(consumerToRow(await withPresentOwner(trx, locks, consumer), sealer))
          .onConflict((conflict) => conflict.column('consumer_key').doNothing());
        return changeRecorded(trx, addition, event);
      });
    },
    update(consumer, expectedUpdatedAt, event) {
      return transact(db, async (trx) => {
        const { consumer_key, ...fields } = consumerToRow(
          await withPresentOwner(trx, locks, consumer),
          sealer,
        );
        return changeRecorded(
          trx,
          trx
            .updateTable('consumers')
            .set(fields)
            .where('consumer_key', '=', consumer_key)
            .where('updated_at', '=', expectedUpdatedAt),
          event,
        );
      });
    },
    remove(key, event) {
      return transactChange(db, (trx) => trx.deleteFrom('consumers').where('consumer_key', '=', key), event);
    },
    async listByBaseUrl(baseUrl) {
      const rows = await db
        .selectFrom('consumers')
        .selectAll()
        .where('base_key', '=', plainBase(baseUrl))
        .orderBy('consumer_key')
        .execute();
      return rows.map((row) => consumerFromRow(row, sealer));
    },
    async namesOf(keys) {
      if (keys.length === 0) return new Map();
      const rows = await db
        .selectFrom('consumers')
        .select(['consumer_key', 'name'])
        .where('consumer_key', 'in', keys)
        .execute();
      return new Map(rows.map((row) => [row.consumer_key, row.name]));
    },
    async countActiveUsers(key, now) {
      const row = await db
        .selectFrom('consumers')
        .select((e) => activeUsers(e, now).as('active_users'))
        .where('consumer_key', '=', key)
        .executeTakeFirst();
      return Number(row?.active_users ?? 0);
    },
  };
}

/** Leaves out an owner who was removed since the record was made. */
async function withPresentOwner(trx: Queries, locks: Locks, consumer: Consumer): Promise<Consumer> {
  const { owner } = consumer;
  return owner === null || (await userExists(trx, locks, owner)) ? consumer : { ...consumer, owner: null };
}

/** Users with a token of the consumer that works or can be renewed. */
function activeUsers(e: OverConsumers, now: number) {
  return e
    .selectFrom('access_tokens as t')
    .whereRef('t.consumer_key', '=', 'consumers.consumer_key')
    .where('t.revoked_at', 'is', null)
    .where((t) => t.or([t('t.expires_at', '>', now), t('t.session_expires_at', '>', now)]))
    .select((t) => t.fn.count<number>('t.user_key').distinct().as('users'));
}
