/**
 * The connection pool to the upstream. It answers one request after the other on each connection (no pipelining:
 * a response that got out of step would reach the wrong user) and does not trust a length that is not kept.
 */
import { buildConnector, type Dispatcher, Pool } from 'undici';

/** A request for the upstream. */
export interface UpstreamRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: string[];
  readonly body: Dispatcher.DispatchOptions['body'];
}

/** Sends requests to the one upstream. */
export interface Upstream {
  send(request: UpstreamRequest, handler: Dispatcher.DispatchHandler): void;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 256;

/**
 * @param url the upstream's origin; @param timeoutMs until its answer begins, and between two parts of it
 * @throws {TypeError} when the URL has a path: targets are forwarded as they are, so it would be lost
 */
export function createUpstream(url: URL, timeoutMs: number): Upstream {
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new TypeError(
      `The upstream ${url.href} must be an origin such as http://127.0.0.1:9000, without a path.`,
    );
  }
  const pool = new Pool(url.origin, {
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    connect: connectorFor(url),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    strictContentLength: true,
    maxHeaderSize: 65_536,
  });
  return {
    send({ method, target, headers, body }, handler) {
      pool.dispatch({ path: target, method: method as 'GET', headers, body }, handler);
    },
    close: () => pool.destroy(),
  };
}

/** The Host that is forwarded is the public one; TLS has to ask for the upstream's own name all the same. */
function connectorFor(url: URL): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, keepAlive: true });
  if (url.protocol === 'http:') return connect;
  return (options, callback) => connect({ ...options, servername: url.hostname }, callback);
}
