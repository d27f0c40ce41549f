/** What the token pages have in common. */
import type { TokenFilter } from '../../../model/index.ts';
import { type PageContext, readList } from '../../../web/index.ts';

export { tokenMessages } from './messages.ts';

/** Where the list is. */
export const TOKENS_PATH = '/oauth/admin/tokens';

/** What the list's address asks for. */
export function readTokenList(c: PageContext) {
  return readList(c, {
    sorts: ['created', 'expires', 'used', 'user', 'consumer'],
    sort: 'created',
    descending: true,
  });
}

/** Whose tokens the address asks for: `consumer` is a key, `user` a name. */
export function tokenFilter(c: PageContext): TokenFilter {
  const consumerKey = c.query.get('consumer') ?? '';
  const userName = c.query.get('user') ?? '';
  return { ...(consumerKey !== '' && { consumerKey }), ...(userName !== '' && { userName }) };
}
