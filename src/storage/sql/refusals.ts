/** Refused requests over SQL. Only what lists show stands in the clear; the request itself is sealed. */
import type { SchemaModule } from 'kysely';
import type { Refusal, RefusalStore, RefusalSummary } from '../../model/index.ts';
import type { ProblemCode } from '../../oauth/index.ts';
import type { Sealer } from '../sealing/index.ts';
import type { Queries, SqlContext } from './context.ts';
import { countAround } from './lists/count-rows.ts';
import { contains, searchText } from './lists/search.ts';
import { flag, type RefusalRow } from './schema/schema.ts';
import { transact } from './transact.ts';

const SUMMARY = ['request_id', 'at', 'consumer_key', 'is_known', 'problem', 'method', 'path'] as const;

const placeOf = (requestId: string) => ({ table: 'refusals', row: requestId, column: 'request' });

/** The step of the schema. */
export async function createRefusals({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('refusals')
    .addColumn('request_id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('consumer_key', 'text')
    .addColumn('is_known', 'integer', (c) => c.notNull())
    .addColumn('quota', 'text', (c) => c.notNull())
    .addColumn('problem', 'text', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('refusals_by_quota').on('refusals').columns(['quota', 'at']).execute();
  await schema.createIndex('refusals_by_time').on('refusals').column('at').execute();
}

export function sqlRefusals({ db, locks, sealer }: SqlContext): RefusalStore {
  return {
    async add(refusals, bounds) {
      if (refusals.length === 0) return;
      const rows = refusals.map((refusal) => toRow(refusal, sealer));
      await transact(db, async (trx) => {
        for (const row of rows) {
          await trx
            .insertInto('refusals')
            .values(row)
            .onConflict((c) => c.column('request_id').doNothing())
            .execute();
        }
        for (const quota of new Set(rows.map((row) => row.quota)))
          await dropBeyond(trx, bounds.perConsumer, quota);
        await dropBeyond(trx, bounds.inAll);
      });
    },
    async find(requestId) {
      const row = await db
        .selectFrom('refusals')
        .selectAll()
        .where('request_id', '=', requestId)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { ...summaryFromRow(row), request: sealer.open(row.request, placeOf(requestId)) };
    },
    async list(filter, query) {
      let matching = db.selectFrom('refusals');
      const { consumerKey, problem, since } = filter;
      if (consumerKey !== undefined) matching = matching.where('consumer_key', '=', consumerKey);
      if (problem !== undefined) matching = matching.where('problem', '=', problem);
      if (since !== undefined) matching = matching.where('at', '>=', since);
      if (query.search !== '') matching = matching.where((e) => contains(e.ref('search_text'), query.search));
      const rows = await matching
        .select(SUMMARY)
        .orderBy('at', 'desc')
        .orderBy('request_id')
        .offset(query.offset)
        .limit(query.limit)
        .execute();
      return { rows: rows.map(summaryFromRow), total: await countAround(db, matching, query, rows.length) };
    },
    async purge(before, limit) {
      const over = db.selectFrom('refusals').select('request_id').where('at', '<', before);
      const purged = await db
        .with('over', () => locks.take(over.limit(limit)))
        .deleteFrom('refusals')
        .where('request_id', 'in', (e) => e.selectFrom('over').select('request_id'))
        .executeTakeFirst();
      return Number(purged.numDeletedRows);
    },
  };
}

/** Drops what is older than the newest so many, of one quota or of all. */
async function dropBeyond(trx: Queries, limit: number, quota?: string): Promise<void> {
  let counted = trx.selectFrom('refusals').select('request_id');
  if (quota !== undefined) counted = counted.where('quota', '=', quota);
  const beyond = await counted
    .orderBy('at', 'desc')
    .orderBy('request_id')
    .offset(limit)
    .limit(limit + 1000)
    .execute();
  if (beyond.length === 0) return;
  const ids = beyond.map((row) => row.request_id);
  await trx.deleteFrom('refusals').where('request_id', 'in', ids).execute();
}

function toRow(refusal: Refusal, sealer: Sealer): RefusalRow {
  const { requestId, consumerKey, path } = refusal;
  return {
    request_id: requestId,
    at: refusal.at,
    consumer_key: consumerKey,
    is_known: flag(refusal.isKnownConsumer),
    quota: refusal.isKnownConsumer ? (consumerKey ?? '') : '',
    problem: refusal.problem,
    method: refusal.method,
    path,
    search_text: searchText(requestId, consumerKey, path),
    request: sealer.seal(refusal.request, placeOf(requestId)),
  };
}

function summaryFromRow(row: Pick<RefusalRow, (typeof SUMMARY)[number]>): RefusalSummary {
  return {
    requestId: row.request_id,
    at: row.at,
    consumerKey: row.consumer_key,
    isKnownConsumer: row.is_known === 1,
    problem: row.problem as ProblemCode,
    method: row.method,
    path: row.path,
  };
}
