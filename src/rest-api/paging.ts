/**
 * Pages of lists. A cursor is opaque: it says where the next page begins, and in which list it does. That is behind the
 * row that was last, in every list that can be gone through so: whoever removes what a page gave misses nothing on the
 * next, and the last page of a long list takes no longer than the first.
 */
import { sha256Hex } from '../base/index.ts';
import type { ListPlace, ListQuery, Page } from '../model/index.ts';
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

/** Where a page begins. */
interface PagePlace {
  /** Rows that were given before. */
  readonly offset: number;
  /** The last of them, where the list can be gone on with from there. */
  readonly after?: ListPlace;
}

/** The part of a list that is read. */
export interface Part extends PagePlace {
  readonly limit: number;
}

/** Reads one page of a list, and says where the next begins. @throws {ApiProblem} malformed-request on a cursor of another list */
export async function readPage<Row>(
  query: Paging,
  list: (part: Part) => Promise<Page<Row>>,
  shown: (row: Row) => unknown,
): Promise<AnsweredPage> {
  const { cursor, limit, ...asked } = query;
  const place = cursor === undefined ? { offset: 0 } : placeOf(cursor, asked);
  const { rows, total, end } = await list({ ...place, limit });
  const offset = place.offset + rows.length;
  const next: PagePlace = end === undefined ? { offset } : { offset, after: end };
  const hasMore =
    rows.length === limit && (offset < total || (end !== undefined && (await isMore(list, next))));
  return { items: rows.map(shown), total, nextCursor: hasMore ? cursorTo(next, asked) : null };
}

/** Rows that were removed meanwhile do not count any more: then as many may have been given as there are, and others remain. */
async function isMore<Row>(list: (part: Part) => Promise<Page<Row>>, place: PagePlace): Promise<boolean> {
  return (await list({ ...place, limit: 1 })).rows.length > 0;
}

/** The store's query of a list that can be searched and sorted. */
export function listed<Key extends string>(
  { search, sort, order }: ListCall<Key>,
  part: Part,
): ListQuery<Key> {
  return { search, sort, descending: order === 'descending', ...part };
}

function cursorTo({ offset, after }: PagePlace, asked: object): string {
  const place = JSON.stringify(after === undefined ? [offset] : [offset, after.by, after.tie]);
  return `${Buffer.from(place).toString('base64url')}.${sealOf(place, asked)}`;
}

function placeOf(cursor: string, asked: object): PagePlace {
  const [encoded = '', seal] = cursor.split('.');
  const place = Buffer.from(encoded, 'base64url').toString();
  const read = seal === sealOf(place, asked) ? readPlace(place) : null;
  if (read !== null) return read;
  throw new ApiProblem('malformed-request', {
    detail:
      'The cursor belongs to another list: keep search, sort and filters as they were, or leave it out.',
  });
}

/** Null for what we never wrote. */
function readPlace(place: string): PagePlace | null {
  const [offset, by, tie, ...others] = JSON.parse(place) as unknown[];
  const isOffset = Number.isSafeInteger(offset) && (offset as number) >= 0;
  if (!isOffset || others.length > 0) return null;
  if (by === undefined && tie === undefined) return { offset: offset as number };
  if (!isValue(tie) || !(by === null || isValue(by))) return null;
  return { offset: offset as number, after: { by, tie } };
}

function isValue(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Tells cursors of one list from those of others; whoever makes one up reads the same list from elsewhere. */
function sealOf(place: string, asked: object): string {
  return sha256Hex(JSON.stringify([place, asked])).slice(0, 16);
}
