/**
 * Brings a database to this program's schema. Each step runs in one transaction that lets nobody else migrate and
 * begins by reading the version again, so of two programs starting together one does the step and the other finds it
 * done; a crash between any two statements leaves the database at a whole step.
 */
import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { StorageUnavailable } from '../../../model/index.ts';
import type { Dialect } from '../context.ts';
import { type Locks, NO_LOCKS, ROW_LOCKS } from '../locks.ts';
import { ByteOrder } from './byte-order.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

/** How far the schema of a database is. */
export interface SchemaStatus {
  /** Number of the last step that was applied; 0 for an empty database. */
  readonly version: number;
  /** Number of the last step this program knows. */
  readonly latest: number;
  /** Steps yet to be applied, in order. */
  readonly pending: readonly { readonly number: number; readonly name: string }[];
}

/** Reads how far the schema is; changes nothing. */
export async function schemaStatus<DB>(
  db: Kysely<DB>,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<SchemaStatus> {
  const version = await readVersion(db);
  const pending = migrations
    .slice(version)
    .map((step, index) => ({ number: version + index + 1, name: step.name }));
  return { version, latest: migrations.length, pending };
}

/**
 * Applies every pending step.
 * @throws {StorageUnavailable} when the database is newer than this program
 */
export async function migrate<DB>(
  db: Kysely<DB>,
  dialect: Dialect,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<SchemaStatus> {
  for (;;) {
    const status = await schemaStatus(db, migrations);
    refuseNewer(status);
    const next = status.pending[0];
    if (next === undefined) return status;
    await db.transaction().execute(async (step) => {
      await DIALECT_LOCKS[dialect].alone(step, 'migration');
      if ((await readVersion(step)) !== status.version) return;
      const tables = dialect === 'postgres' ? step.withPlugin(new ByteOrder()) : step;
      if (status.version === 0) await createVersionTable(tables);
      await migrations[next.number - 1]!.up(tables, dialect);
      await sql`insert into schema_version (number, name, applied_at)
        values (${next.number}, ${next.name}, ${now})`.execute(step);
    });
  }
}

function refuseNewer({ version, latest }: SchemaStatus): void {
  if (version <= latest) return;
  throw new StorageUnavailable(
    `this database has schema ${version}, and this program knows schemas up to ${latest}: it was written by a ` +
      'newer version of Countersign. Start that version, or restore a backup made before the upgrade.',
  );
}

const DIALECT_LOCKS: Readonly<Record<Dialect, Locks>> = { sqlite: NO_LOCKS, postgres: ROW_LOCKS };

async function readVersion<DB>(db: Kysely<DB>): Promise<number> {
  if (!(await hasVersionTable(db))) return 0;
  const { rows } = await sql<{
    version: number | null;
  }>`select max(number) as version from schema_version`.execute(db);
  return Number(rows[0]?.version ?? 0);
}

/** In PostgreSQL, in the schema where tables are made: another schema of the database may belong to another program. */
async function hasVersionTable<DB>(db: Kysely<DB>): Promise<boolean> {
  const query =
    db.getExecutor().adapter instanceof PostgresAdapter
      ? sql`select 1 from information_schema.tables
          where table_schema = current_schema() and table_name = 'schema_version'`
      : sql`select 1 from sqlite_schema where name = 'schema_version'`;
  return (await query.execute(db)).rows.length > 0;
}

async function createVersionTable<DB>(db: Kysely<DB>): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .addColumn('number', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at', 'bigint', (c) => c.notNull())
    .execute();
}
