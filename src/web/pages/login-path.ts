/** The way through login, and back to where one was. */
import { isLocalPath } from './local-path.ts';
import type { PageContext } from './page-route.ts';

const LOGIN_PATH = '/oauth/login';

/** What follows the address of a form, for what was typed into it to be brought back (`browser/draft.js`). */
export const DRAFT_MARK = '#draft';

/**
 * Login, and then the page of this address; at once for who is logged in. A POST comes back as a GET, so nothing is done by
 * logging in.
 */
export function loginPath({ path, query }: Pick<PageContext, 'path' | 'query'>, mark = ''): string {
  const next = (query.size === 0 ? path : `${path}?${query}`) + mark;
  const login = `${LOGIN_PATH}?${new URLSearchParams({ next })}`;
  return isLocalPath(next) && isLocalPath(login) ? login : LOGIN_PATH;
}
