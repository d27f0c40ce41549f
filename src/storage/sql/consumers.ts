/** Consumers over SQL. Removal cascades to their tokens by foreign keys. */
import type { ExpressionBuilder } from 'kysely';
import { nowSeconds } from '../../base/index.ts';
import { type Consumer, type ConsumerStore, plainBase, userNameKey } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import { consumerFromRow, consumerToRow } from './consumer-rows.ts';
import type { Queries, SqlContext } from './context.ts';
import type { Locks } from './locks.ts';
import { userExists } from './owners.ts';
import type { Database } from './schema.ts';
import { contains } from './search.ts';
import { transact } from './transact.ts';

type OverConsumers = ExpressionBuilder<Database, 'consumers'>;

const ORDER = {
  name: 'sort_name',
  key: 'consumer_key',
  created: 'created_at',
  used: 'last_used_at',
} as const;

export function sqlConsumers({ db, locks, sealer, clock }: SqlContext): ConsumerStore {
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
      const now = nowSeconds(clock);
      let matching = db.selectFrom('consumers');
      if (query.search !== '') matching = matching.where((e) => contains(e.ref('search_text'), query.search));
      const rows = await matching
        .selectAll()
        .select((e) => [activeUsers(e, now).as('active_users'), lastUse(e).as('last_used_at')])
        .orderBy(
          (e) => (query.sort === 'used' ? e.fn.coalesce(lastUse(e), e.lit(0)) : e.ref(ORDER[query.sort])),
          query.descending ? 'desc' : 'asc',
        )
        .orderBy('consumer_key')
        .offset(query.offset)
        .limit(query.limit)
        .execute();
      const { total } = await matching
        .select((e) => e.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return {
        rows: rows.map((row) => ({
          consumer: consumerFromRow(row, sealer),
          activeUsers: Number(row.active_users ?? 0),
          lastUsedAt: row.last_used_at,
        })),
        total: Number(total),
      };
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
        const added = await trx
          .insertInto('consumers')
          .values(consumerToRow(await withPresentOwner(trx, locks, consumer), sealer))
          .onConflict((conflict) => conflict.column('consumer_key').doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    update(consumer, expectedUpdatedAt, event) {
      return transact(db, async (trx) => {
        const { consumer_key, ...fields } = consumerToRow(
          await withPresentOwner(trx, locks, consumer),
          sealer,
        );
        const changed = await trx
          .updateTable('consumers')
          .set(fields)
          .where('consumer_key', '=', consumer_key)
          .where('updated_at', '=', expectedUpdatedAt)
          .executeTakeFirst();
        if (changed.numUpdatedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
    },
    remove(key, event) {
      return transact(db, async (trx) => {
        const removed = await trx.deleteFrom('consumers').where('consumer_key', '=', key).executeTakeFirst();
        if (removed.numDeletedRows !== 1n) return false;
        await recordEvent(trx, event);
        return true;
      });
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

function lastUse(e: OverConsumers) {
  return e
    .selectFrom('access_tokens as u')
    .whereRef('u.consumer_key', '=', 'consumers.consumer_key')
    .select((u) => u.fn.max('u.last_used_at').as('last_used_at'));
}
