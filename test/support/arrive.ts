/** Requests as they arrive, made from an address or from what the signer gave: for tests of the protocol core. */
import { type ArrivedRequest, baseStringUri, type SignedRequest } from '../../src/oauth/index.ts';

/** Form media type, as clients send it. */
export const FORM = 'application/x-www-form-urlencoded';

/** What an arrived request has beside its address. */
export interface Arrival {
  readonly method?: string;
  readonly authorization?: string | readonly string[];
  readonly contentType?: string | readonly string[];
  readonly body?: string | Uint8Array;
}

/** A request to an absolute address, cut as a server cuts its request line: no character of it changes. */
export function arrive(url: string, arrival: Arrival = {}): ArrivedRequest {
  const { method = 'GET', authorization = [], contentType = [], body = '' } = arrival;
  const [, origin, path, query] = /^([^:]+:\/\/[^/?]*)([^?]*)\??(.*)$/s.exec(url)!;
  return {
    method,
    baseUri: baseStringUri(origin!, path!),
    query: query!,
    authorization: typeof authorization === 'string' ? [authorization] : authorization,
    contentType: typeof contentType === 'string' ? [contentType] : contentType,
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  };
}

/** A signed request, as it arrives. */
export function arriveSigned(signed: SignedRequest): ArrivedRequest {
  return arrive(signed.url, {
    method: signed.method,
    authorization: signed.authorization ?? [],
    contentType: signed.contentType ?? [],
    body: signed.body,
  });
}
