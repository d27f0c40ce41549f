/** Finds the rows that records stand for, and whether their owners are there. */
import { type RawBuilder, sql } from 'kysely';
import type { Database, Queries } from '../sql/index.ts';
import type { RecordType, Row } from './record-type.ts';

/** The stored row of each given one, by its place in the list; undefined where there is none. */
export async function findRows(
  db: Queries,
  type: RecordType,
  rows: readonly Row[],
): Promise<readonly (Row | undefined)[]> {
  const [only] = type.key;
  if (type.key.length > 1) return Promise.all(rows.map((row) => findRow(db, type, row)));
  const wanted = rows.map((row) => row[only!] ?? null);
  const found = await sql<Row>`select * from ${sql.table(type.table)}
    where ${sql.ref(only!)} in (${sql.join(wanted)})`.execute(db);
  const byKey = new Map(found.rows.map((row) => [row[only!], row]));
  return wanted.map((key) => byKey.get(key));
}

async function findRow(db: Queries, type: RecordType, row: Row): Promise<Row | undefined> {
  const conditions = type.key.map((column) => equals(column, row[column] ?? null));
  const { rows } = await sql<Row>`select * from ${sql.table(type.table)}
    where ${sql.join(conditions, sql` and `)} limit 1`.execute(db);
  return rows[0];
}

function equals(column: string, value: Row[string]): RawBuilder<unknown> {
  return value === null ? sql`${sql.ref(column)} is null` : sql`${sql.ref(column)} = ${value}`;
}

/** Which of these values are there. */
export async function presentValues(
  db: Queries,
  table: keyof Database,
  column: string,
  values: readonly Row[string][],
): Promise<ReadonlySet<Row[string]>> {
  const { rows } = await sql<{
    value: string | number;
  }>`select ${sql.ref(column)} as value from ${sql.table(table)}
    where ${sql.ref(column)} in (${sql.join([...new Set(values)])})`.execute(db);
  return new Set(rows.map(({ value }) => value));
}
