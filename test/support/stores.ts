/**
 * Where the installations of a test keep their data: in their own directories, unless the run is to be over the
 * PostgreSQL and the Redis that `FAULTS_POSTGRES` and `FAULTS_REDIS` name. Then each gets a database of its own there.
 */
import { randomInt, randomUUID } from 'node:crypto';
import pg from 'pg';

/** How many databases a Redis needs for `FAULTS_REDIS`: each installation takes one, at a guess. */
export const REDIS_DATABASES = 100_000;

/** What an installation's programs find in their environment. */
export type Environment = Readonly<Record<string, string>>;

/** By the words that readers of SECURITY.md know. */
export function placeOfStores(): 'SQLite' | 'PostgreSQL and Redis' {
  return process.env.FAULTS_POSTGRES === undefined ? 'SQLite' : 'PostgreSQL and Redis';
}

/** Makes a place for one installation. */
export async function newStores(): Promise<Environment> {
  const { FAULTS_POSTGRES: postgres, FAULTS_REDIS: redis } = process.env;
  if (postgres === undefined || redis === undefined) return {};
  const database = new URL(postgres);
  database.pathname = `/stores_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: postgres });
  await client.connect();
  await client.query(`create database ${database.pathname.slice(1)}`);
  await client.end();
  return {
    COUNTERSIGN_DATABASE: database.href,
    COUNTERSIGN_NONCES: `${redis}/${randomInt(REDIS_DATABASES)}`,
  };
}

/** Everything that is kept in it, as text. */
export async function textOfDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
    );
    let text = '';
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      text += rows.map(({ row }) => row).join('\n');
    }
    return text;
  } finally {
    await client.end();
  }
}
