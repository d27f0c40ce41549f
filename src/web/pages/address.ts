/** The address of a page as it was asked for. */
import type { PageContext } from './page-route.ts';

/** What follows the address of a form, for what was typed into it to be brought back (`browser/draft.js`). */
export const DRAFT_MARK = '#draft';

/** Path and query, below the public URL's path. */
export function addressOf({ path, query }: Pick<PageContext, 'path' | 'query'>): string {
  return query.size === 0 ? path : `${path}?${query}`;
}
