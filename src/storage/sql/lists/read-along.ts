/**
 * Reads a part of a list along its order: so many rows further, or from behind a row that was given last. The second
 * costs the same at the end of a list as at its beginning: what comes behind a row is a few ranges of the order's
 * index, read one after the other until there are enough.
 */
import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { ListPlace, PageQuery } from '../../../model/index.ts';
import { inDirection } from './in-direction.ts';

/** What a list is ordered by. Columns as `table.column` or `column`; rows that are equal go up by `tie`. */
export interface Order {
  readonly by: string;
  readonly tie: string;
  readonly descending: boolean;
  /** Whether `by` may hold nothing, which comes before everything. */
  readonly isNullable?: boolean;
}

/** Rows, and where they end if there may be more. */
export interface Stretch<Row> {
  readonly rows: readonly Row[];
  readonly end?: ListPlace;
}

/** Beside what was selected, each row says where it is. */
interface Placed {
  readonly place_by: string | number | null;
  readonly place_tie: string | number;
}

/** Reads the part that is asked for. */
export async function readAlong<DB, TB extends keyof DB, Row>(
  list: SelectQueryBuilder<DB, TB, Row>,
  order: Order,
  { offset, limit, after }: Pick<PageQuery, 'offset' | 'limit' | 'after'>,
): Promise<Stretch<Row>> {
  const ordered = inOrder(list, order).select([
    sql<Placed['place_by']>`${sql.ref(order.by)}`.as('place_by'),
    sql<Placed['place_tie']>`${sql.ref(order.tie)}`.as('place_tie'),
  ]);
  const rows: (Row & Placed)[] = [];
  const take = async (part: typeof ordered) => {
    rows.push(...((await part.limit(limit - rows.length).execute()) as (Row & Placed)[]));
  };
  if (after === undefined) await take(ordered.offset(offset));
  else
    for (const range of rangesBehind(after, order)) if (rows.length < limit) await take(ordered.where(range));
  const last = rows.at(-1);
  if (last === undefined || rows.length < limit) return { rows };
  return { rows, end: { by: last.place_by, tie: last.place_tie } };
}

/** The list from its beginning. */
export function inOrder<DB, TB extends keyof DB, Row>(
  list: SelectQueryBuilder<DB, TB, Row>,
  { by, tie, descending, isNullable = false }: Order,
): SelectQueryBuilder<DB, TB, Row> {
  return list.orderBy(sql.ref(by), inDirection(descending, isNullable)).orderBy(sql.ref(tie));
}

/** What comes behind a place: its equals, then what is beyond; nothing at all is the least there is. */
function rangesBehind(
  { by, tie }: ListPlace,
  { descending, isNullable, ...order }: Order,
): RawBuilder<SqlBool>[] {
  const [column, breaker] = [sql.ref(order.by), sql.ref(order.tie)];
  if (by === null) {
    const equals = sql<SqlBool>`${column} is null and ${breaker} > ${tie}`;
    return descending ? [equals] : [equals, sql<SqlBool>`${column} is not null`];
  }
  const equals = sql<SqlBool>`${column} = ${by} and ${breaker} > ${tie}`;
  if (!descending) return [equals, sql<SqlBool>`${column} > ${by}`];
  const below = sql<SqlBool>`${column} < ${by}`;
  return isNullable ? [equals, below, sql<SqlBool>`${column} is null`] : [equals, below];
}
