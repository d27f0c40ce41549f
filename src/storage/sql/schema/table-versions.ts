/**
 * What counts changes in the tables whose records are remembered outside the database: steps of the schema.
 * Triggers, not code in the stores: whoever changes a record by whatever means, a running server notices. In PostgreSQL
 * nothing is remembered, and a row that every change writes would make changes wait for each other.
 */
import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../context.ts';

/** The tables that are counted. */
export const COUNTED_TABLES = [
  'api_keys',
  'connections',
  'dashboards',
  'gadgets',
  'hidden_gadgets',
  'installation',
  'outbound_rules',
  'service_providers',
  'sessions',
  'users',
] as const;

export type CountedTable = (typeof COUNTED_TABLES)[number];

export async function createTableVersions<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return;
  await db.schema
    .createTable('table_versions')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .execute();
  for (const table of COUNTED_TABLES) {
    await sql`insert into table_versions (name, version) values (${sql.lit(table)}, 1)`.execute(db);
    for (const change of ['insert', 'update', 'delete']) {
      await sql`create trigger ${sql.raw(`${table}_${change}_counted`)} after ${sql.raw(change)} on ${sql.table(table)}
        begin update table_versions set version = version + 1 where name = ${sql.lit(table)}; end`.execute(
        db,
      );
    }
  }
}

/**
 * The step after which a token that is replaced (`insert or replace`) counts as a change of what signed requests are
 * checked against: SQLite runs no trigger for the row that makes room. A token that is only added still counts for
 * nothing, because what is not found is not remembered.
 */
export async function countReplacedTokens<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return;
  await sql`create trigger access_tokens_replaced before insert on access_tokens
    when exists (select 1 from access_tokens where hash = new.hash or id = new.id)
    begin update grounds_version set version = version + 1; end`.execute(db);
}
