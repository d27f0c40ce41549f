/**
 * Seals everything anew that an older key sealed, in small transactions while servers run. A row that somebody
 * changes in between is left to them: what they write is sealed with the newest key already.
 */
import { sql } from 'kysely';
import { StorageUnavailable } from '../../model/index.ts';
import type { Queries } from '../sql/index.ts';
import type { Kept } from './kept.ts';
import { RECORD_TYPES } from './record-types.ts';

const BATCH_ROWS = 200;

interface SealedTable {
  readonly table: string;
  readonly key: string;
  readonly columns: readonly string[];
}

/** Every sealed column there is; each is sealed to its table, its row's key and its own name. */
const SEALED: readonly SealedTable[] = [
  ...RECORD_TYPES.map(({ table, key, fields }) => ({
    table,
    key: key[0]!,
    columns: fields.filter(({ isSecret }) => isSecret).map(({ column }) => column),
  })),
  { table: 'request_tokens', key: 'hash', columns: ['secret'] },
  { table: 'pending_connections', key: 'hash', columns: ['secret'] },
  { table: 'refusals', key: 'request_id', columns: ['request'] },
  { table: 'facts', key: 'name', columns: ['value'] },
].filter(({ columns }) => columns.length > 0);

/** What was sealed anew. */
export interface Resealed {
  readonly secrets: number;
  /** Secrets that do not open: `table.column` of each. They are left as they are. */
  readonly broken: readonly string[];
}

/** Seals anew what an older key sealed. @param onProgress told how many were */
export async function resealAll(
  { db, sealer }: Kept,
  onProgress: (secrets: number) => void = () => undefined,
): Promise<Resealed> {
  const broken: string[] = [];
  let secrets = 0;
  for (const { table, key, columns } of SEALED) {
    for (const column of columns) {
      let after: string | null = null;
      do {
        const last: string | null = after;
        after = await db.transaction().execute(async (trx) => {
          const rows = await sealedBefore(trx, {
            table,
            key,
            column,
            after: last,
            ids: sealer.olderKeyIds(),
          });
          for (const row of rows) {
            const anew = reseal(row.sealed, { table, row: row.name, column });
            if (anew === null) broken.push(`${table}.${column}`);
            else secrets += await exchange(trx, { table, key, column, ...row, anew });
          }
          return rows.at(-1)?.name ?? null;
        });
        onProgress(secrets);
      } while (after !== null);
    }
  }
  return { secrets, broken };

  function reseal(text: string, place: { table: string; row: string; column: string }): string | null {
    try {
      return sealer.seal(sealer.open(text, place), place);
    } catch (error) {
      if (error instanceof StorageUnavailable) return null;
      throw error;
    }
  }
}

interface SealedValue {
  readonly name: string;
  readonly sealed: string;
}

interface Column {
  readonly table: string;
  readonly key: string;
  readonly column: string;
}

async function sealedBefore(
  db: Queries,
  { table, key, column, after, ids }: Column & { after: string | null; ids: readonly string[] },
): Promise<readonly SealedValue[]> {
  if (ids.length === 0) return [];
  const beyond = after === null ? sql`` : sql`and ${sql.ref(key)} > ${after}`;
  const { rows } = await sql<SealedValue>`
    select cast(${sql.ref(key)} as text) as name, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${startsWithAny(column, ids)} ${beyond} order by ${sql.ref(key)} limit ${BATCH_ROWS}`.execute(db);
  return rows;
}

async function exchange(
  db: Queries,
  { table, key, column, name, sealed, anew }: Column & SealedValue & { readonly anew: string },
): Promise<number> {
  const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${anew}
    where ${sql.ref(key)} = ${name} and ${sql.ref(column)} = ${sealed}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/**
 * Where anything is left that an older key sealed, in whatever table: `table.column` of each. Asks the database for its
 * tables instead of trusting a list, since a key that is deleted too early is a secret lost.
 */
export async function sealedByOlderKeys({ db, sealer }: Kept): Promise<readonly string[]> {
  const ids = sealer.olderKeyIds();
  if (ids.length === 0) return [];
  const found: string[] = [];
  for (const { name: table, columns } of await db.introspection.getTables()) {
    for (const { name: column } of columns.filter(({ dataType }) => /text|char/i.test(dataType))) {
      const { rows } = await sql`select 1 as one from ${sql.table(table)}
        where ${startsWithAny(column, ids)} limit 1`.execute(db);
      if (rows.length > 0) found.push(`${table}.${column}`);
    }
  }
  return found;
}

function startsWithAny(column: string, ids: readonly string[]) {
  const conditions = ids.map((id) => sql`substr(${sql.ref(column)}, 1, ${id.length + 1}) = ${`${id}.`}`);
  return sql`(${sql.join(conditions, sql` or `)})`;
}
