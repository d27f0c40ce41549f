/**
 * Reads a part of a list along its order: so many rows further, or from behind a row that was given last, or in front of
 * one that was given first. The others cost the same at the end of a list as at its beginning: what comes behind a row is
 * a few ranges of the order's index, read one after the other until there are enough.
 */
import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { ListPlace, ListQuery } from '../../../model/index.ts';
import { inDirection } from './in-direction.ts';

/** What a list is ordered by. Columns as `table.column` or `column`; rows that are equal go up by `tie`. */
export interface Order {
  readonly by: string;
  readonly tie: string;
  readonly descending: boolean;
  /** Whether `by` may hold nothing, which comes before everything. */
  readonly isNullable?: boolean;
  /** Whether rows are gathered and then put in order, along no index: then they are gathered once. */
  readonly isGathered?: boolean;
}

/** The order as it is, or from its end to its beginning: then equal rows go down by `tie`. */
interface Way extends Order {
  readonly isBack?: boolean;
}

/** Rows, and where they begin and end if others are around them. */
export interface Stretch<Row> {
  readonly rows: readonly Row[];
  readonly start?: ListPlace;
  readonly end?: ListPlace;
}

/** Beside what was selected, each row says where it is. */
interface Placed {
  readonly place_by: string | number | null;
  readonly place_tie: string | number;
}

/** Which part is read. */
type Part = Pick<ListQuery<string>, 'offset' | 'limit' | 'after' | 'before'>;

/** Reads the part that is asked for. One row more is read, which tells whether any follow. */
export async function readAlong<DB, TB extends keyof DB, Row>(
  list: SelectQueryBuilder<DB, TB, Row>,
  order: Order,
  { offset, limit, after, before }: Part,
): Promise<Stretch<Row>> {
  const placed = list.select([
    sql<Placed['place_by']>`${sql.ref(order.by)}`.as('place_by'),
    sql<Placed['place_tie']>`${sql.ref(order.tie)}`.as('place_tie'),
  ]);
  if (before !== undefined) {
    const rows: Row[] = await readFrom(placed, turned(order), before, limit + 1);
    // What is left of the first page is no page: whoever goes back to it sees it whole.
    if (rows.length < limit) return readAlong<DB, TB, Row>(list, order, { offset: 0, limit });
    return stretch(rows.slice(0, limit).reverse(), { start: rows.length > limit, end: true });
  }
  const reading =
    after === undefined
      ? inOrder(placed, order)
          .offset(offset)
          .limit(limit + 1)
          .execute()
      : readFrom(placed, order, after, limit + 1);
  const rows = (await reading) as Row[];
  return stretch(rows.slice(0, limit), {
    start: after !== undefined || offset > 0,
    end: rows.length > limit,
  });
}

/** Up to so many rows behind a place. */
async function readFrom<DB, TB extends keyof DB, Row>(
  list: SelectQueryBuilder<DB, TB, Row>,
  way: Way,
  place: ListPlace,
  limit: number,
): Promise<Row[]> {
  const ordered = inOrder(list, way);
  const rows: Row[] = [];
  const ranges = rangesBehind(place, way);
  for (const range of way.isGathered ? [sql<SqlBool>`(${sql.join(ranges, sql` or `)})`] : ranges) {
    if (rows.length === limit) break;
    rows.push(
      ...((await ordered
        .where(range)
        .limit(limit - rows.length)
        .execute()) as Row[]),
    );
  }
  return rows;
}

/** Rows with the places where they begin and end, where there are others. */
function stretch<Row>(
  rows: readonly Row[],
  { start, end }: { readonly start: boolean; readonly end: boolean },
): Stretch<Row> {
  const placeOf = (row: Row): ListPlace => {
    const { place_by: by, place_tie: tie } = row as Row & Placed;
    return { by, tie };
  };
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    ...(start && first !== undefined && { start: placeOf(first) }),
    ...(end && last !== undefined && { end: placeOf(last) }),
  };
}

function turned(order: Order): Way {
  return { ...order, descending: !order.descending, isBack: true };
}

/** The list from its beginning, or from its end. */
export function inOrder<DB, TB extends keyof DB, Row>(
  list: SelectQueryBuilder<DB, TB, Row>,
  { by, tie, descending, isNullable = false, isBack = false }: Way,
): SelectQueryBuilder<DB, TB, Row> {
  return list
    .orderBy(sql.ref(by), inDirection(descending, isNullable))
    .orderBy(sql.ref(tie), isBack ? 'desc' : 'asc');
}

/** What comes behind a place: its equals, then what is beyond; nothing at all is the least there is. */
function rangesBehind(
  { by, tie }: ListPlace,
  { descending, isNullable, isBack = false, ...order }: Way,
): RawBuilder<SqlBool>[] {
  const [column, breaker] = [sql.ref(order.by), sql.ref(order.tie)];
  const follows = isBack ? sql`${breaker} < ${tie}` : sql`${breaker} > ${tie}`;
  if (by === null) {
    const equals = sql<SqlBool>`${column} is null and ${follows}`;
    return descending ? [equals] : [equals, sql<SqlBool>`${column} is not null`];
  }
  const equals = sql<SqlBool>`${column} = ${by} and ${follows}`;
  if (!descending) return [equals, sql<SqlBool>`${column} > ${by}`];
  const below = sql<SqlBool>`${column} < ${by}`;
  return isNullable ? [equals, below, sql<SqlBool>`${column} is null`] : [equals, below];
}
