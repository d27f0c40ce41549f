/** Whether a stored row says something else than a record, and putting the record in its place. */
import { sql } from 'kysely';
import type { Sealer } from '../sealing/index.ts';
import type { Queries } from '../sql/index.ts';
import type { FileSecrets } from './file-secrets.ts';
import type { ReadRecord } from './record-line.ts';
import { type Field, placeOf, type Row } from './record-type.ts';

/** Compares what matters; secrets by what they are, not by how they were sealed. */
export function differs(stored: Row, record: ReadRecord, sealer: Sealer, secrets: FileSecrets): boolean {
  const { type, row } = record;
  return type.fields.some((field) => {
    const [there, here] = [stored[field.column] ?? null, row[field.column] ?? null];
    if (field.isVolatile) return false;
    if (there === null || here === null) return there !== here;
    if (!field.isSecret) return comparable(field, there) !== comparable(field, here);
    const place = placeOf(type, row, field.column);
    return sealer.open(String(there), place).reveal() !== secrets.open(String(here), place).reveal();
  });
}

function comparable({ kind }: Field, value: string | number): string | number {
  if (kind === 'json') return JSON.stringify(JSON.parse(String(value)));
  return kind === 'text' ? value : Number(value);
}

/** Puts the record in place of the stored row. What was revoked stays revoked. */
export async function replaceRow(db: Queries, { type, row }: ReadRecord, stored: Row): Promise<void> {
  const kept = stored.revoked_at == null ? {} : { revoked_at: stored.revoked_at };
  const changes = Object.entries({ ...row, ...kept }).filter(([column]) => !type.key.includes(column));
  const conditions = type.key.map((column) => sql`${sql.ref(column)} = ${row[column] ?? null}`);
  await sql`update ${sql.table(type.table)}
    set ${sql.join(changes.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))}
    where ${sql.join(conditions, sql` and `)}`.execute(db);
}
