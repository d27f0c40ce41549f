/**
 * How the public listener speaks HTTP: node's strict parser, bounded heads, and times that a slow sender cannot
 * stretch. What the parser itself rejects never becomes a request; `hardenServer` gives those a short answer.
 */
import {
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { connectionsWithin, descriptorLimit } from './connection-limit.ts';
import { newRequestId } from './request-id.ts';

/** Options for `http.createServer`. */
export const serverOptions: ServerOptions = {
  insecureHTTPParser: false,
  // A missing Host is refused by `readWireRequest`, which answers with a sentence and a request id.
  requireHostHeader: false,
  joinDuplicateHeaders: false,
  maxHeaderSize: 32_768,
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  noDelay: true,
  // Nobody here reads a body that was not announced: its stream then needs no end, no close and no turn to say so.
  optimizeEmptyRequests: true,
};

/** What a rejected head is answered with, by node's error code. */
const REFUSALS: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The request head is larger than 32768 bytes.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/**
 * Makes a server refuse what the parser cannot read, CONNECT and header lists cut short. Call it once, before
 * the server listens.
 */
export function hardenServer(server: Server): void {
  // Node drops the fields beyond its limit without a word; `readWireRequest` counts and refuses them instead.
  server.maxHeadersCount = 0;
  // Beyond this many, new connections are dropped: before descriptors run out, which storage needs as well.
  server.maxConnections = connectionsWithin(descriptorLimit());
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, reason] = REFUSALS[error.code ?? ''] ?? [400, 'The request is not well-formed HTTP.'];
    refuse(socket, status, reason);
  });
  server.on('checkExpectation', ({ socket }: IncomingMessage) =>
    refuse(socket, 417, 'Expect is served with 100-continue alone.'),
  );
  server.on('connect', (_request, socket: Duplex) => refuse(socket, 405, 'CONNECT is not served here.'));
}

/** How long whoever is told that may take to read it, and to close too. */
const LAST_WORD_MS = 2_000;

/**
 * The last word on a connection. Whoever does not close it from the other side would keep it for ever: node looks after
 * none that it has handed over, or whose time it has called once.
 */
function refuse(socket: Duplex, status: number, reason: string): void {
  if (isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const closing = setTimeout(() => socket.destroy(), LAST_WORD_MS).unref();
  socket.once('close', () => clearTimeout(closing));
  const body = `${reason}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      'Content-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      'Cache-Control: no-store\r\n' +
      `X-Request-Id: ${newRequestId()}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

/**
 * Whether the answer to an earlier request is due on a connection, or any has begun: words would be taken for that answer,
 * or for a part of it. The answer that has the connection stands in a field of Node's own.
 */
function isAnswering(socket: Duplex): boolean {
  const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse | null };
  return Boolean(answer && (answer.headersSent || answer.req.complete));
}
