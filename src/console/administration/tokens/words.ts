/** What the token pages have in common. */
import type { TokenFilter, TokenSummary } from '../../../model/index.ts';
import { fill, type Html, html, type PageContext, readList } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { tokenMessages } from './messages.ts';

export { tokenMessages } from './messages.ts';

/** Where the list is. */
export const TOKENS_PATH = '/oauth/admin/tokens';

/** Where one token, or all of somebody's, are revoked, after a question. */
export const REVOKE_PATH = `${TOKENS_PATH}/revoke`;

/** Leads to the question whether a token is to be revoked. @param from key of the consumer whose page it stands on */
export function revokeLink(
  c: PageContext,
  { token, consumerName, userDisplayName }: TokenSummary,
  from?: string,
): Html {
  const t = c.messages(tokenMessages);
  const label = fill(t.revokeNamed, { consumer: consumerName, user: userDisplayName });
  const path = pathWith(REVOKE_PATH, { id: token.id, ...(from !== undefined && { from }) });
  return html`<a class="row-action is-danger" href="${c.url(path)}" aria-label="${label}">${t.revoke}</a>`;
}

/** What the list's address asks for. */
export function readTokenList(c: PageContext) {
  return readList(c, {
    sorts: ['created', 'expires', 'used', 'user', 'consumer'],
    sort: 'created',
    descending: true,
    isPlaced: true,
  });
}

/** Whose tokens the address asks for: `consumer` is a key, `user` a name. */
export function tokenFilter(c: PageContext): TokenFilter {
  const consumerKey = c.query.get('consumer') ?? '';
  const userName = c.query.get('user') ?? '';
  return { ...(consumerKey !== '' && { consumerKey }), ...(userName !== '' && { userName }) };
}
