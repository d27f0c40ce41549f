/**
 * Pages of lists. A cursor is opaque: it says where the next page begins, and in which list it does. That is behind the
 * row that was last, in every list that can be gone through so: whoever removes what a page gave misses nothing on the
 * next, and the last page of a long list takes no longer than the first. Nobody else can write one: what stands in it
 * goes to the database, which knows no answer to a place that no row has.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { AdministrationContext } from '../administration/index.ts';
import { equalInConstantTime } from '../base/index.ts';
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

/** The seal of a place, as JSON. */
type Seal = (place: string) => string;

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
  administration: AdministrationContext,
  query: Paging,
  list: (part: Part) => Promise<Page<Row>>,
  shown: (row: Row) => unknown,
): Promise<AnsweredPage> {
  const { cursor, limit, ...asked } = query;
  const place = cursor === undefined ? { offset: 0 } : placeOf(cursor, await sealing(administration, asked));
  const { rows, total, end } = await list({ ...place, limit });
  const offset = place.offset + rows.length;
  const next: PagePlace = end === undefined ? { offset } : { offset, after: end };
  const hasMore =
    rows.length === limit && (offset < total || (end !== undefined && (await isMore(list, next))));
  const nextCursor = hasMore ? cursorTo(next, await sealing(administration, asked)) : null;
  return { items: rows.map(shown), total, nextCursor };
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

function cursorTo({ offset, after }: PagePlace, seal: Seal): string {
  const place = JSON.stringify(after === undefined ? [offset] : [offset, after.by, after.tie]);
  return `${Buffer.from(place).toString('base64url')}.${seal(place)}`;
}

function placeOf(cursor: string, seal: Seal): PagePlace {
  const [encoded = '', sealed = ''] = cursor.split('.');
  const place = Buffer.from(encoded, 'base64url').toString();
  if (equalInConstantTime(sealed, seal(place))) return readPlace(place);
  throw new ApiProblem('malformed-request', {
    detail:
      'The cursor belongs to another list: keep search, sort and filters as they were, or leave it out.',
  });
}

/** What `cursorTo` wrote. */
function readPlace(place: string): PagePlace {
  const [offset, by, tie] = JSON.parse(place) as [number, ListPlace['by']?, ListPlace['tie']?];
  return by === undefined || tie === undefined ? { offset } : { offset, after: { by, tie } };
}

/** Of places in one list: tells cursors of ours from those of others, and of other lists. All nodes seal alike. */
async function sealing({ storage }: AdministrationContext, asked: object): Promise<Seal> {
  const installation = await storage.installation.read();
  if (installation === null) throw new Error('An installation without an identity answers no calls.');
  const key = hkdfSync('sha256', installation.assertionKey.reveal(), '', 'countersign cursors of lists', 32);
  return (place) =>
    createHmac('sha256', Buffer.from(key))
      .update(JSON.stringify([place, asked]))
      .digest('hex')
      .slice(0, 32);
}
