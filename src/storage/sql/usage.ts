/** Counts of accepted requests over SQL. They go with their consumer, by foreign key. */
import type { SchemaModule, SelectQueryBuilder } from 'kysely';
import type {
  ConsumerUsage,
  ListPlace,
  PageQuery,
  ProtocolVersion,
  UsageCount,
  UsageFilter,
  UsageStore,
} from '../../model/index.ts';
import type { SignatureMethod } from '../../oauth/index.ts';
import type { Queries, SqlContext } from './context.ts';
import { countAround } from './lists/count-rows.ts';
import type { Locks } from './locks.ts';
import type { Database } from './schema/schema.ts';
import type { UsageRow } from './schema/usage-rows.ts';
import { transact } from './transact.ts';
import { readLeaders } from './usage-sums.ts';

const KIND = ['consumer_key', 'day', 'method', 'version'] as const;

/** The step of the schema. */
export async function createUsage({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('usage_counts')
    .addColumn('consumer_key', 'text', (c) =>
      c.notNull().references('consumers.consumer_key').onDelete('cascade'),
    )
    .addColumn('day', 'integer', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('requests', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_counts_once', [...KIND])
    .execute();
  await schema.createIndex('usage_counts_by_day').on('usage_counts').column('day').execute();
}

export function sqlUsage({ db, locks }: SqlContext): UsageStore {
  const matching = ({ consumerKey, fromDay }: UsageFilter) => {
    const recent = db.selectFrom('usage_counts').where('day', '>=', fromDay);
    return consumerKey === undefined ? recent : recent.where('usage_counts.consumer_key', '=', consumerKey);
  };

  return {
    async add(counts) {
      if (counts.length === 0) return;
      const rows = inOrder(counts).map(countToRow);
      await transact(db, async (trx) => {
        const kept = await keepConsumers(trx, locks, rows);
        // Sums are rows that all servers write: they add one after the other, and wait for nobody in between.
        await locks.alone(trx, 'sums of usage');
        for (const some of inChunks(rows.filter((row) => kept.has(row.consumer_key))))
          await addSome(trx, some);
      });
    },
    async list(filter, place) {
      const counted = matching(filter);
      const { limit } = place;
      const read = await readNewestFirst(counted, { ...place, limit: limit + 1 });
      const rows = read.slice(0, limit);
      const total = await countAround(db, counted, place, rows.length);
      const last = read.length > limit ? rows.at(-1) : undefined;
      return { rows: rows.map(countFromRow), total, ...(last !== undefined && { end: placeOf(last) }) };
    },
    async perDay(filter) {
      const { consumerKey, fromDay } = filter;
      const summed = db.selectFrom('usage_days').where('day', '>=', fromDay);
      const rows = await (consumerKey === undefined
        ? (summed as unknown as ReturnType<typeof matching>)
        : matching(filter)
      )
        .select((e) => ['day', 'method', e.fn.sum<number>('requests').as('requests')])
        .groupBy(['day', 'method'])
        .orderBy('day')
        .orderBy('method')
        .execute();
      return rows.map(({ day, method, requests }) => ({
        day,
        method: method as SignatureMethod,
        requests: Number(requests),
      }));
    },
    perConsumer: (filter) => sumPerConsumer(matching(filter)),
    async perConsumerOf(keys, fromDay) {
      if (keys.length === 0) return [];
      return sumPerConsumer(matching({ fromDay }).where('usage_counts.consumer_key', 'in', keys));
    },
    leaders: (query) => readLeaders(db, query),
    async purge(beforeDay, limit) {
      return transact(db, async (trx) => {
        await locks.alone(trx, 'sums of usage');
        const over = trx.selectFrom('usage_counts').select(KIND).where('day', '<', beforeDay);
        const purged = await trx
          .with('over', () => locks.take(over.limit(limit)))
          .deleteFrom('usage_counts')
          .where((e) =>
            e(
              e.refTuple(...KIND),
              'in',
              e
                .selectFrom('over')
                .select(KIND)
                .$asTuple(...KIND),
            ),
          )
          .executeTakeFirst();
        return Number(purged.numDeletedRows);
      });
    },
  };
}

async function sumPerConsumer(
  counts: SelectQueryBuilder<Database, 'usage_counts', unknown>,
): Promise<readonly ConsumerUsage[]> {
  const rows = await counts
    .innerJoin('consumers', 'consumers.consumer_key', 'usage_counts.consumer_key')
    .select((e) => [
      'usage_counts.consumer_key',
      'consumers.name',
      'method',
      'version',
      e.fn.sum<number>('requests').as('all_requests'),
      e.fn.max('last_at').as('last_at'),
    ])
    .groupBy(['usage_counts.consumer_key', 'consumers.name', 'method', 'version'])
    .orderBy('all_requests', 'desc')
    .orderBy('usage_counts.consumer_key')
    .orderBy('method')
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    consumerKey: row.consumer_key,
    consumerName: row.name,
    method: row.method as SignatureMethod,
    version: row.version as ProtocolVersion,
    requests: Number(row.all_requests),
    lastAt: row.last_at,
  }));
}

/** Newest day first. Behind a row come the rest of its day, then the days before: no day is read that is not given. */
async function readNewestFirst(
  counts: SelectQueryBuilder<Database, 'usage_counts', unknown>,
  { offset, limit, after }: Omit<PageQuery, 'search'>,
): Promise<UsageRow[]> {
  const ordered = counts
    .selectAll()
    .orderBy('day', 'desc')
    .orderBy('consumer_key')
    .orderBy('method')
    .orderBy('version');
  if (after === undefined) return ordered.offset(offset).limit(limit).execute();
  const day = Number(after.by);
  const kind = JSON.parse(String(after.tie)) as [string, string, string];
  const rest = await ordered
    .where('day', '=', day)
    .where((e) => e(e.refTuple('consumer_key', 'method', 'version'), '>', e.tuple(...kind)))
    .limit(limit)
    .execute();
  if (rest.length === limit) return rest;
  return [
    ...rest,
    ...(await ordered
      .where('day', '<', day)
      .limit(limit - rest.length)
      .execute()),
  ];
}

function placeOf({ day, consumer_key, method, version }: UsageRow): ListPlace {
  return { by: day, tie: JSON.stringify([consumer_key, method, version]) };
}

/** How many rows one statement is about. */
const CHUNK = 500;

function inChunks<T>(all: readonly T[]): readonly T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) =>
    all.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

/** Keys of those consumers that were not removed since their requests were counted; they stay until the end of the transaction. */
async function keepConsumers(
  trx: Queries,
  locks: Locks,
  rows: readonly UsageRow[],
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const keys of inChunks([...new Set(rows.map((row) => row.consumer_key))])) {
    const present = trx
      .selectFrom('consumers')
      .select('consumer_key')
      .where('consumer_key', 'in', keys)
      .orderBy('consumer_key');
    for (const row of await locks.keep(present).execute()) kept.add(row.consumer_key);
  }
  return kept;
}

/** Adds to the rows of those kinds, or makes them. */
async function addSome(trx: Queries, rows: readonly UsageRow[]): Promise<void> {
  await trx
    .insertInto('usage_counts')
    .values(rows)
    .onConflict((c) =>
      c.columns([...KIND]).doUpdateSet((e) => ({
        requests: e('usage_counts.requests', '+', e.ref('excluded.requests')),
        last_at: e
          .case()
          .when('excluded.last_at', '>', e.ref('usage_counts.last_at'))
          .then(e.ref('excluded.last_at'))
          .else(e.ref('usage_counts.last_at'))
          .end(),
      })),
    )
    .execute();
}

/** One of each kind, in the order in which every server writes them. */
function inOrder(counts: readonly UsageCount[]): readonly UsageCount[] {
  const kind = (count: UsageCount) => `${count.consumerKey}\n${count.day}\n${count.method}\n${count.version}`;
  const byKind = Map.groupBy(counts, kind);
  return [...byKind.keys()].sort().map((key) => {
    const same = byKind.get(key)!;
    const requests = same.reduce((sum, count) => sum + count.requests, 0);
    return { ...same[0]!, requests, lastAt: Math.max(...same.map(({ lastAt }) => lastAt)) };
  });
}

function countToRow({ consumerKey, day, method, version, requests, lastAt }: UsageCount): UsageRow {
  return { consumer_key: consumerKey, day, method, version, requests, last_at: lastAt };
}

function countFromRow(row: UsageRow): UsageCount {
  return {
    consumerKey: row.consumer_key,
    day: row.day,
    method: row.method as SignatureMethod,
    version: row.version as ProtocolVersion,
    requests: row.requests,
    lastAt: row.last_at,
  };
}
