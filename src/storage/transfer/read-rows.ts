/** All rows of a table in the order of a unique index, a page at a time: the memory of one page is enough. */
import { sql } from 'kysely';
import type { Queries } from '../sql/index.ts';
import type { RecordType, Row } from './record-type.ts';

const PAGE_ROWS = 500;

/** Pages of rows, none of them empty. */
export async function* readRows(db: Queries, type: RecordType): AsyncGenerator<readonly Row[]> {
  const columns = new Set([...type.order, ...type.fields.map(({ column }) => column)]);
  const order = sql.join(type.order.map((column) => sql.ref(column)));
  let after = sql``;
  for (;;) {
    const { rows } = await sql<Row>`
      select ${sql.join([...columns].map((column) => sql.ref(column)))} from ${sql.table(type.table)}
      ${after} order by ${order} limit ${PAGE_ROWS}`.execute(db);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = sql`where (${order}) > (${sql.join(type.order.map((column) => last[column] ?? null))})`;
  }
}

/** How many rows there are. */
export async function countRows(db: Queries, { table }: Pick<RecordType, 'table'>): Promise<number> {
  const { rows } = await sql<{ total: number | string }>`
    select count(*) as total from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}
