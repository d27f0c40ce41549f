/** Puts rows into their table, many with one statement. */
import { sql } from 'kysely';
import type { Queries } from '../sql/index.ts';
import type { FileSecrets } from './file-secrets.ts';
import type { ReadRecord } from './record-line.ts';
import { placeOf, type RecordType, type Row } from './record-type.ts';

/** Parameters of one statement stay far below what any database takes. */
export const BATCH_RECORDS = 200;

/** Whole batches of records of one kind. */
export async function* batches<R extends ReadRecord>(
  records: AsyncIterable<R>,
): AsyncGenerator<readonly R[]> {
  let batch: R[] = [];
  for await (const record of records) {
    if (batch.length === BATCH_RECORDS || (batch.length > 0 && batch[0]!.type !== record.type)) {
      yield batch;
      batch = [];
    }
    batch.push(record);
  }
  if (batch.length > 0) yield batch;
}

/** The row with its secrets sealed for this database. */
export function sealedRow({ type, row }: ReadRecord, secrets: FileSecrets): Row {
  const sealed: Record<string, string | number | null> = { ...row };
  for (const { isSecret, column } of type.fields) {
    const kept = row[column];
    if (isSecret && kept !== null)
      sealed[column] = secrets.fromFile(String(kept), placeOf(type, row, column));
  }
  return sealed;
}

/** Adds rows; one that would break a rule of uniqueness is left out. @returns how many were added */
export async function addRows(db: Queries, type: RecordType, rows: readonly Row[]): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = Object.keys(first);
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
  const { numAffectedRows } = await sql`
    insert into ${sql.table(type.table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)} on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}
