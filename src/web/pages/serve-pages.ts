/**
 * Carries a request from the wire to the pages and the answer back. The pages see the local path under a made-up
 * origin: links and checks use the configured public URL, never what a client claims.
 */
import type { ServerResponse } from 'node:http';
import { connectionFacts } from '../connection-facts.ts';
import { readBody } from '../request-body.ts';
import type { WireRequest } from '../wire-request.ts';
import type { Pages } from './pages.ts';

/** Largest body that is read for a page, in bytes; the pages themselves say what is too large for a form. */
const BODY_BYTES = 300_000;

/**
 * Answers a request with a page.
 * @throws {WireRefused} when the body is too large or breaks off
 */
export async function servePage(pages: Pages, wire: WireRequest, response: ServerResponse): Promise<void> {
  const hasBody = wire.method !== 'GET' && wire.method !== 'HEAD';
  const query = wire.query === '' ? '' : `?${wire.query}`;
  const request = new Request(`http://pages.invalid${wire.localPath}${query}`, {
    method: wire.method,
    headers: headersOf(wire),
    body: hasBody ? new Uint8Array(await readBody(wire.incoming, BODY_BYTES)) : null,
  });
  const { clientAddress, requestId } = wire;
  const answer = await pages.respond(request, {
    clientAddress,
    requestId,
    connection: connectionFacts(wire),
  });
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  response.setHeader('X-Request-Id', requestId);
  const body = Buffer.from(await answer.arrayBuffer());
  response.setHeader('Content-Length', body.length);
  response.end(wire.method === 'HEAD' ? undefined : body);
}

/** The few headers that pages look at. */
function headersOf(wire: WireRequest): Headers {
  const headers = new Headers();
  for (const name of [
    'accept-language',
    'content-type',
    'content-length',
    'cookie',
    'origin',
    'sec-fetch-site',
  ]) {
    const value = wire.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}
