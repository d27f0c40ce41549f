/** Pages of lists. A cursor is opaque: it says where the next page begins, and in which list it does. */
import { sha256Hex } from '../base/index.ts';
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

const CURSOR = /^([0-9]{1,9})\.([0-9a-f]{16})$/;

/** Reads one page of a list, and says where the next begins. @throws {ApiProblem} malformed-request on a cursor of another list */
export async function readPage<Row>(
  query: Paging,
  list: (place: { offset: number; limit: number }) => Promise<Page<Row>>,
  shown: (row: Row) => unknown,
): Promise<AnsweredPage> {
  const { cursor, limit, ...asked } = query;
  const seal = sha256Hex(JSON.stringify(asked)).slice(0, 16);
  const offset = cursor === undefined ? 0 : offsetOf(cursor, seal);
  const { rows, total } = await list({ offset, limit });
  const next = offset + rows.length;
  const hasMore = rows.length > 0 && next < total;
  return { items: rows.map(shown), total, nextCursor: hasMore ? `${next}.${seal}` : null };
}

/** The store's query of a list that can be searched and sorted. */
export function listed<Key extends string>(
  { search, sort, order }: ListCall<Key>,
  place: { offset: number; limit: number },
): ListQuery<Key> {
  return { search, sort, descending: order === 'descending', ...place };
}

function offsetOf(cursor: string, seal: string): number {
  const [, offset = '', sealed] = CURSOR.exec(cursor) ?? [];
  if (sealed !== seal) {
    throw new ApiProblem('malformed-request', {
      detail:
        'The cursor belongs to another list: keep search, sort and filters as they were, or leave it out.',
    });
  }
  return Number(offset);
}
