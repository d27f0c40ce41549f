/**
 * Sums of the counts of accepted requests, so that nobody who looks at the usage has to add up what all consumers did: a
 * row for each day and method, and one for each consumer and each way of asking that it ever used. Triggers keep them, so
 * whoever adds counts or deletes them keeps them right without knowing of it; signed requests never come by here.
 */
import { type Kysely, sql } from 'kysely';
import type { Page, UsageLeaders, UsageWay } from '../../model/index.ts';
import type { Dialect, Queries } from './context.ts';
import { countRows } from './lists/count-rows.ts';

/** The step of the schema. */
export async function sumUsage<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('usage_days')
    .addColumn('day', 'integer', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('requests', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_days_once', ['day', 'method'])
    .execute();
  await db.schema
    .createTable('usage_sums')
    .addColumn('way', 'text', (c) => c.notNull())
    .addColumn('consumer_key', 'text', (c) =>
      c.notNull().references('consumers.consumer_key').onDelete('cascade'),
    )
    .addColumn('requests', 'bigint', (c) => c.notNull())
    .addColumn('last_day', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_sums_once', ['consumer_key', 'way'])
    .execute();
  for (const statement of [
    ...(dialect === 'sqlite' ? sqliteTriggers() : postgresTriggers()),
    ...addition('usage_counts'),
    'create index usage_sums_by_size on usage_sums (way, requests desc, consumer_key, last_day)',
    'create index usage_sums_by_day on usage_sums (way, last_day, consumer_key, requests)',
  ])
    await sql.raw(statement).execute(db);
}

/** Up to how many of those who used a way lately are put in order; of more, the largest are met soon. */
const FEW = 1000;

/** Keys of those who used a way since a day, the most requests of all that are counted first. */
export async function readLeaders(
  db: Queries,
  { way, fromDay, limit, countUpTo }: UsageLeaders,
): Promise<Page<string>> {
  const used = db.selectFrom('usage_sums').where('way', '=', way);
  const lately = used.where('last_day', '>=', fromDay);
  const total = await countRows(db, lately, Math.max(FEW + 1, countUpTo));
  const few = db.selectFrom(lately.selectAll().limit(FEW).as('usage_sums')) as unknown as typeof lately;
  // With nothing added to the day, databases might put all in order that used it since, instead of meeting the largest.
  const along = used.where(sql<number>`last_day + 0`, '>=', fromDay);
  const rows = await (total <= FEW ? few : along)
    .select('consumer_key')
    .orderBy('requests', 'desc')
    .orderBy('consumer_key')
    .limit(limit)
    .execute();
  return { rows: rows.map((row) => row.consumer_key), total: Math.min(total, countUpTo) };
}

/** Columns of a count, as far as sums are made of them. */
const COLUMNS = ['consumer_key', 'day', 'method', 'version'] as const;

/** Which counts are of which way, as conditions. @see usesOldWay */
const WAYS: Readonly<Record<UsageWay, string>> = {
  any: 'true',
  sha1: "method in ('HMAC-SHA1', 'RSA-SHA1')",
  legacy10: "version = '1.0'",
  plaintext: "method = 'PLAINTEXT'",
};

/** Each count of a table once for each of its ways. */
function eachWay(counts: string): string {
  return Object.entries(WAYS)
    .map(([way, is]) => `select '${way}' as way, consumer_key, requests, day from ${counts} where ${is}`)
    .join(' union all ');
}

/** Adds counts to the sums. Always in the same order, so that of two who do so none waits for the other. */
function addition(counts: string): readonly string[] {
  return [
    `insert into usage_days (day, method, requests)
      select day, method, sum(requests) from ${counts} where true group by day, method order by day, method
      on conflict (day, method) do update set requests = usage_days.requests + excluded.requests`,
    `insert into usage_sums (way, consumer_key, requests, last_day)
      select way, consumer_key, sum(requests), max(day) from (${eachWay(counts)}) as used where true
      group by consumer_key, way order by consumer_key, way
      on conflict (consumer_key, way) do update set requests = usage_sums.requests + excluded.requests,
        last_day = case when excluded.last_day > usage_sums.last_day then excluded.last_day
          else usage_sums.last_day end`,
  ];
}

/** Takes counts out of the sums. They go from the oldest day on, or all of a consumer at once, so last days stay right. */
function removal(counts: string): readonly string[] {
  return [
    `update usage_days set requests = usage_days.requests - gone.requests
      from (select day, method, sum(requests) as requests from ${counts} group by day, method) as gone
      where usage_days.day = gone.day and usage_days.method = gone.method`,
    `delete from usage_days where requests <= 0 and (day, method) in (select day, method from ${counts})`,
    `update usage_sums set requests = usage_sums.requests - gone.requests
      from (select way, consumer_key, sum(requests) as requests from (${eachWay(counts)}) as used
        group by way, consumer_key) as gone
      where usage_sums.consumer_key = gone.consumer_key and usage_sums.way = gone.way`,
    `delete from usage_sums where requests <= 0 and consumer_key in (select consumer_key from ${counts})`,
  ];
}

/** By row: there a statement is told of each that it changed, and no two write at a time. */
function sqliteTriggers(): readonly string[] {
  const row = (of: 'new' | 'old', requests: string) =>
    `(select ${COLUMNS.map((column) => `${of}.${column} as ${column}`).join(', ')}, ${requests} as requests)`;
  const trigger = (name: string, event: string, statements: readonly string[]) =>
    `create trigger usage_${name} after ${event} on usage_counts begin ${statements.join('; ')}; end`;
  return [
    trigger('added', 'insert', addition(row('new', 'new.requests'))),
    trigger('changed', 'update of requests', addition(row('new', 'new.requests - old.requests'))),
    trigger('dropped', 'delete', removal(row('old', 'old.requests'))),
  ];
}

/** By statement: a row there that is changed a thousand times in a transaction would be kept a thousand times. */
function postgresTriggers(): readonly string[] {
  const [before, after] = ['old table as old_counts', 'new table as new_counts'];
  const changed = `(select ${COLUMNS.join(', ')}, requests from new_counts
    union all select ${COLUMNS.join(', ')}, -requests from old_counts) as changed`;
  const trigger = (name: string, event: string, tables: string, statements: readonly string[]) => [
    `create function usage_${name}() returns trigger language plpgsql as $$ begin
      ${statements.join('; ')};
      return null;
    end $$`,
    `create trigger usage_${name} after ${event} on usage_counts referencing ${tables}
      for each statement execute function usage_${name}()`,
  ];
  return [
    trigger('added', 'insert', after, addition('new_counts')),
    trigger('changed', 'update', `${before} ${after}`, addition(changed)),
    trigger('dropped', 'delete', before, removal('old_counts')),
  ].flat();
}
