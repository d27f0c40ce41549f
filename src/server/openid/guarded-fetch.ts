/**
 * Lets the OpenID library fetch by the guarded client only: whatever addresses a provider names in its description,
 * none leads to where only this machine can reach. No redirect is followed: these answers come from where they are
 * asked for, and the requests carry secrets.
 */
import type { CustomFetch } from 'openid-client';
import type { Outbound } from '../../web/index.ts';

/** Headers that speak of the bytes as they came; what is handed on is decoded. */
const OF_THE_BYTES = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** The library's fetch. It rejects with `OutboundRefused` as the guarded client does. */
export function guardedFetch({ fetch }: Pick<Outbound, 'fetch'>): CustomFetch {
  return async (url, { body, headers, method }) => {
    const answer = await fetch(url, { method, headers, body: sentBody(body), maxRedirects: 0 });
    const kept = Object.entries(answer.headers).filter(([name]) => !OF_THE_BYTES.has(name));
    const isEmpty = answer.body.length === 0;
    return new Response(isEmpty ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: kept,
    });
  };
}

function sentBody(body: Parameters<CustomFetch>[1]['body']): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body);
  throw new TypeError('the OpenID library sends forms and texts only');
}
