/**
 * Cursors: where a page of a list begins, as whoever reads the list gets it and gives it back. One belongs to its list
 * alone, with the search, order and filters of that. Nobody else can write one: what stands in it goes to the database,
 * which knows no answer to a place that no row has.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import { equalInConstantTime } from '../base/index.ts';
import type { ListPlace } from '../model/index.ts';
import type { AdministrationContext } from './context.ts';

/** Where a page begins. At most one of the places is given; without, it is `offset` that tells. */
export interface PageBeginning {
  /** Rows before the page, as far as it is known. */
  readonly offset: number;
  readonly after?: ListPlace;
  readonly before?: ListPlace;
}

/** The cursors of one list. */
export interface ListCursors {
  write(beginning: PageBeginning): Promise<string>;
  /** Null if it is not a cursor of this list. */
  read(cursor: string): Promise<PageBeginning | null>;
}

/** A beginning as JSON: of a list that is paged by offset one number. */
type Written = readonly [offset: number, by?: ListPlace['by'], tie?: ListPlace['tie'], isBefore?: boolean];

/** @param asked what makes it this list. All nodes of an installation write the same cursors. */
export function listCursors(context: AdministrationContext, asked: object): ListCursors {
  return {
    async write(beginning) {
      const place = JSON.stringify(written(beginning));
      return `${Buffer.from(place).toString('base64url')}.${await sealOf(context, place, asked)}`;
    },
    async read(cursor) {
      const [encoded = '', sealed = ''] = cursor.split('.');
      const place = Buffer.from(encoded, 'base64url').toString();
      if (!equalInConstantTime(sealed, await sealOf(context, place, asked))) return null;
      return beginningOf(JSON.parse(place));
    },
  };
}

/** Tells places that we wrote from those of others, and of other lists. */
async function sealOf({ storage }: AdministrationContext, place: string, asked: object): Promise<string> {
  const installation = await storage.installation.read();
  if (installation === null) throw new Error('An installation without an identity has no cursors.');
  const key = hkdfSync('sha256', installation.assertionKey.reveal(), '', 'countersign cursors of lists', 32);
  const seal = createHmac('sha256', Buffer.from(key)).update(JSON.stringify([place, asked]));
  return seal.digest('hex').slice(0, 32);
}

function written({ offset, after, before }: PageBeginning): Written {
  if (after !== undefined) return [offset, after.by, after.tie];
  return before === undefined ? [offset] : [offset, before.by, before.tie, true];
}

function beginningOf([offset, by, tie, isBefore = false]: Written): PageBeginning {
  if (by === undefined || tie === undefined) return { offset };
  return isBefore ? { offset, before: { by, tie } } : { offset, after: { by, tie } };
}
