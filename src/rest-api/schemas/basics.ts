/** Schemas that many operations share: moments, pages of lists, and what a list is asked for. */
import { z } from 'zod';

/** A moment, ISO 8601 in UTC. */
export const Moment = z.iso.datetime().meta({ examples: ['2026-11-22T10:00:00Z'] });

/** A moment, or null for none. */
export const MomentOrNone = Moment.nullable();

/** How many rows a page has at most. */
const LARGEST_PAGE = 200;

const USUAL_PAGE = 50;

/** It names a row. */
const LONGEST_CURSOR = 4000;

/** What every list takes: a place to go on from, and how many rows. */
export const paging = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LARGEST_PAGE)
    .default(USUAL_PAGE)
    .describe(`Rows at most, up to ${LARGEST_PAGE}.`),
  cursor: z
    .string()
    .max(LONGEST_CURSOR)
    .optional()
    .describe('The nextCursor of the page before; leave it out for the first.'),
};

/** What lists that can be searched and sorted take besides. */
export function listQuery<const Keys extends readonly [string, ...string[]]>(
  keys: Keys,
  usual: Keys[number],
) {
  return z.strictObject({
    search: z.string().max(200).default('').describe('Case-insensitive part of what the list shows.'),
    sort: z.enum(keys).default(usual as never),
    order: z.enum(['ascending', 'descending']).default('ascending'),
    ...paging,
  });
}

/** A page of a list. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({
    items: z.array(row),
    total: z.int().describe('Rows that match, on all pages.'),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last.'),
  });
}
