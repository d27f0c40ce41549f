/**
 * Pages of lists. A cursor is opaque: it says where the next page begins, and in which list it does. That is behind the
 * row that was last, in every list that can be gone through so: whoever removes what a page gave misses nothing on the
 * next, and the last page of a long list takes no longer than the first.
 */
import { type AdministrationContext, listCursors, type PageBeginning } from '../administration/index.ts';
import type { ListQuery, Page } from '../model/index.ts';
import { ApiProblem } from './api-problem.ts';

/** What every list is asked for. */
export interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page as it is answered. */
export interface AnsweredPage {
  readonly items: readonly unknown[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** A list that can be searched and sorted. */
export type ListCall<Key extends string> = Paging & {
  readonly search: string;
  readonly sort: Key;
  readonly order: 'ascending' | 'descending';
};

/** The part of a list that is read. */
export interface Part extends PageBeginning {
  readonly limit: number;
}

const FOREIGN_CURSOR =
  'The cursor belongs to another list: keep search, sort and filters as they were, or leave it out.';

/** Reads one page of a list, and says where the next begins. @throws {ApiProblem} malformed-request on a cursor of another list */
export async function readPage<Row>(
  administration: AdministrationContext,
  query: Paging,
  list: (part: Part) => Promise<Page<Row>>,
  shown: (row: Row) => unknown,
): Promise<AnsweredPage> {
  const { cursor, limit, ...asked } = query;
  const cursors = listCursors(administration, asked);
  const place = cursor === undefined ? { offset: 0 } : await cursors.read(cursor);
  if (place === null) throw new ApiProblem('malformed-request', { detail: FOREIGN_CURSOR });
  const { rows, total, end } = await list({ ...place, limit });
  const offset = place.offset + rows.length;
  const hasMore = end !== undefined || (rows.length === limit && place.after === undefined && offset < total);
  const next = end === undefined ? { offset } : { offset, after: end };
  return { items: rows.map(shown), total, nextCursor: hasMore ? await cursors.write(next) : null };
}

/** The store's query of a list that can be searched and sorted. */
export function listed<Key extends string>(
  { search, sort, order }: ListCall<Key>,
  part: Part,
): ListQuery<Key> {
  return { search, sort, descending: order === 'descending', ...part };
}
