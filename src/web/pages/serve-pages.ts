/**
 * Carries a request from the wire to the pages and the answer back. The pages see the local path under a made-up
 * origin: links and checks use the configured public URL, never what a client claims.
 */
import type { ServerResponse } from 'node:http';
import { NO_BYTES } from '../../base/index.ts';
import { connectionFacts } from '../connection-facts.ts';
import { readBody } from '../request-body.ts';
import { readUserHeader } from '../user-header.ts';
import type { WireRequest } from '../wire-request.ts';
import type { Trouble } from './error-pages.ts';
import type { PageAnswer } from './page-route.ts';
import type { Arrival, PageRequest, Pages } from './pages.ts';

/** Largest body that is read for a page, in bytes; the pages themselves say what is too large for a form. */
const BODY_BYTES = 300_000;

const UTF8 = new TextDecoder();

/**
 * Answers a request with a page.
 * @throws {WireRefused} when the body is too large or breaks off
 */
export async function servePage(pages: Pages, wire: WireRequest, response: ServerResponse): Promise<void> {
  const isRead = wire.method === 'GET' || wire.method === 'HEAD';
  const body = isRead ? NO_BYTES : await readBody(wire.incoming, BODY_BYTES);
  await send(await pages.respond(pageRequest(wire, body), arrivalOf(wire)), wire, response);
}

/** Answers with a page what is wrong with a request, or with what it needs. */
export async function serveTrouble(
  pages: Pages,
  wire: WireRequest,
  response: ServerResponse,
  trouble: Trouble,
): Promise<void> {
  await send(await pages.explain(pageRequest(wire, NO_BYTES), arrivalOf(wire), trouble), wire, response);
}

function arrivalOf(wire: WireRequest): Arrival {
  const { clientAddress, requestId } = wire;
  return { clientAddress, requestId, connection: connectionFacts(wire), word: readUserHeader(wire) };
}

async function send(
  answer: PageAnswer,
  { requestId, method }: WireRequest,
  response: ServerResponse,
): Promise<void> {
  const sent = answer instanceof Response ? await takeApart(answer) : answer;
  response.writeHead(answer.status, {
    ...sent.headers,
    'X-Request-Id': requestId,
    'Content-Length': Buffer.byteLength(sent.body),
  });
  response.end(method === 'HEAD' ? undefined : sent.body);
}

/** What of a request pages look at, without the cost of a whole `Request`. */
function pageRequest(wire: WireRequest, body: Uint8Array): PageRequest {
  const query = wire.query === '' ? '' : `?${wire.query}`;
  return {
    method: wire.method,
    url: `http://pages.invalid${wire.localPath}${query}`,
    headers: { get: (name) => wire.header(name) ?? null },
    text: async () => UTF8.decode(body),
  };
}

async function takeApart(answer: Response) {
  const cookies = answer.headers.getSetCookie();
  return {
    headers: {
      ...Object.fromEntries([...answer.headers].filter(([name]) => name !== 'set-cookie')),
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
    },
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
