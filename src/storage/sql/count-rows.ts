/** Counting for lists: never further than somebody wants to know. */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Queries } from './context.ts';
import type { Database } from './schema.ts';

/** How many rows a query gives, counted up to a bound if there is one. */
export async function countRows<T extends keyof Database, O>(
  db: Queries,
  rows: SelectQueryBuilder<Database, T, O>,
  upTo?: number,
): Promise<number> {
  const counted = upTo === undefined ? rows : rows.limit(upTo);
  const { total } = await db
    .selectFrom(counted.select(sql.lit(1).as('one')).as('counted'))
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}
