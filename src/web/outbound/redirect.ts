/**
 * What is sent after a redirect. Credentials stay with the origin they were meant for; so do bodies, which may
 * hold them; and an answer over https never leads to plain http, where anybody on the way could replace the
 * key that is being fetched.
 */
import { OutboundRefused } from './refused.ts';
import type { Hop } from './request.ts';

/** Headers that describe a body and go with it. */
const BODY_HEADERS = new Set(['content-type', 'content-length', 'content-encoding', 'content-language']);

/** Headers that any origin may see. All others could be credentials under some name. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent', ...BODY_HEADERS]);

/** The next request of the chain. @throws {OutboundRefused} redirect-refused */
export function nextHop(hop: Hop, status: number, url: URL): Hop {
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new OutboundRefused(
      'redirect-refused',
      `${hop.url.host} redirects from https to http, which is not followed.`,
    );
  }
  const isSameOrigin = url.origin === hop.url.origin;
  const becomesGet = status === 303 || (status < 303 && hop.method === 'POST');
  const method = becomesGet && hop.method !== 'HEAD' ? 'GET' : hop.method;
  const body = becomesGet ? null : hop.body;
  if (body !== null && !isSameOrigin) {
    throw new OutboundRefused(
      'redirect-refused',
      `${hop.url.host} redirects a request body to ${url.host}, which is not followed.`,
    );
  }
  const headers = Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => {
      const lowerCase = name.toLowerCase();
      return (
        (isSameOrigin || HARMLESS_HEADERS.has(lowerCase)) && (body !== null || !BODY_HEADERS.has(lowerCase))
      );
    }),
  );
  return { url, method, headers, body };
}
