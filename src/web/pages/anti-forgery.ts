/**
 * Whether a POST was meant by the person at the browser. Two independent checks:
 * - where the form was: `Sec-Fetch-Site`, which no page can forge, else `Origin`. Neither is sent by programs such
 *   as curl; those have no cookies that somebody else could ride on.
 * - the session's own token in the form, which another site cannot know. Login has no session yet, and so no token:
 *   there the first check stands alone, against logging somebody in under another's name.
 */
import { equalInConstantTime } from '../../base/index.ts';

/** Name of the hidden form field that carries the session's token. */
export const CSRF_FIELD = 'csrf';

/** Whether a request does not come from a page of another site. */
export function isFromOwnPage(headers: Pick<Headers, 'get'>, publicOrigin: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  return origin === null || origin === publicOrigin;
}

/**
 * Whether a request shows somebody a page: it is not an image, a frame or a script's request of another site. Those come
 * without our cookies (SameSite), so that whoever is logged in looks as if nobody were.
 */
export function isVisit(headers: Pick<Headers, 'get'>): boolean {
  const site = headers.get('sec-fetch-site');
  const isForeign = site === 'cross-site' || site === 'same-site';
  return !isForeign || headers.get('sec-fetch-dest') === 'document';
}

/** Whether a form carries the session's token. */
export function carriesToken(form: URLSearchParams, csrfToken: string): boolean {
  return equalInConstantTime(form.get(CSRF_FIELD) ?? '', csrfToken);
}
