/**
 * Long lists, from page to page: the address of a page says behind or in front of which row it begins. So the way to a
 * page far down is as short as to the first, and whoever removes what a page shows misses nothing on the next.
 */
import { type AdministrationContext, listCursors, type PageBeginning } from '../../administration/index.ts';
import type { ListQuery, Page } from '../../model/index.ts';
import type { PageContext, PlacedPage } from '../../web/index.ts';

/** A page of a list, and where it is in it. */
export interface PlacedRows<Row> extends PlacedPage {
  readonly rows: readonly Row[];
}

/**
 * Reads the page that the address asks for. Where nothing is left behind or in front of the row, and where the address is
 * no longer that of the list it was made for, that is the first page.
 */
export async function readPlaced<Row, Sort extends string>(
  administration: AdministrationContext,
  c: PageContext,
  list: ListQuery<Sort>,
  read: (query: ListQuery<Sort>) => Promise<Page<Row>>,
): Promise<PlacedRows<Row>> {
  const cursors = listCursors(administration, { path: c.path, query: listedBy(c) });
  const from = c.query.get('from');
  const given = from === null ? null : await cursors.read(from);
  const asked: PageBeginning = given ?? { offset: list.offset };
  const found = await read(given === null ? list : { ...list, ...given, offset: 0 });
  const isGone = given !== null && found.rows.length === 0;
  const page = isGone ? await read({ ...list, offset: 0 }) : found;
  const offset = rowsBefore(list, page, asked);
  const { rows, total, start, end } = page;
  const length = rows.length;
  return {
    ...{ rows, total, offset, length },
    previous: start ? await cursors.write({ offset: Math.max(0, offset - list.limit), before: start }) : null,
    next: end ? await cursors.write({ offset: offset + length, after: end }) : null,
  };
}

/**
 * As many as were given when the pages before were read. Some may be gone since: never more than there are beside the page
 * and what follows it.
 */
function rowsBefore(
  { countUpTo }: ListQuery<string>,
  { rows, total, start, end }: Page<unknown>,
  asked: PageBeginning,
): number {
  if (start === undefined) return 0;
  if (countUpTo !== undefined && total >= countUpTo) return asked.offset;
  const others = total - rows.length;
  return end === undefined ? others : Math.min(asked.offset, others - 1);
}

/** What in the address makes the list what it is: search, order and filters. */
function listedBy(c: PageContext): string {
  const query = new URLSearchParams(c.query);
  for (const name of ['page', 'from', 'lang']) query.delete(name);
  return query.toString();
}
