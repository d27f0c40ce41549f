/**
 * Whether a person sees the answer: a browser that opens an address, or sends a form, says so by the types that it asks
 * for (RFC 9110 s12.5.1). Whatever carries OAuth is a program, also where its library asks for text/html out of habit.
 */
import type { WireRequest } from './wire-request.ts';

/** Names text/html, and does not refuse it. */
const NAMES_PAGE = /(?:^|,)[ \t]*text\/html[ \t]*(?:;(?![ \t]*q=0(?:\.0*)?[ \t]*(?:,|$))|,|$)/i;

const CARRIES_OAUTH = /(?:^|&)oauth_/;

/** A GET of whoever names text/html: browsers do when they open a page, and scripts and frames of other kinds do not. */
export function wantsPage(wire: WireRequest): boolean {
  return wire.method === 'GET' && NAMES_PAGE.test(wire.header('accept') ?? '');
}

/** Whether what goes wrong with a request can be told on a page: a person opened an address, or sent a form. */
export function isReadByPerson(wire: WireRequest): boolean {
  if (wire.authorization.length > 0 || CARRIES_OAUTH.test(wire.query)) return false;
  if ((wire.header('sec-fetch-dest') ?? 'document') !== 'document') return false;
  // Browsers tell the origin of every form; programs that POST have none.
  if (wire.method === 'POST')
    return wire.header('origin') !== undefined && NAMES_PAGE.test(wire.header('accept') ?? '');
  return wantsPage(wire);
}
