/**
 * Connects to addresses that were checked before, and to no others: the connection's own name resolution is
 * replaced by the list, so a name that resolves to something else a moment later (DNS rebinding) is never asked
 * again. TLS still verifies the certificate against the host name of the URL. The HTTP client is large and most
 * commands fetch nothing: others import this when there is something to fetch.
 */
import { isIP } from 'node:net';
import { buildConnector, Client, Pool } from 'undici';

type Address = { readonly address: string; readonly family: number };
type LookupCallback = (error: Error | null, address: string | Address[], family?: number) => void;

/** Connections to one address; further requests wait. */
const MAX_CONNECTIONS = 64;

/** Shorter than servers keep them, or a request would meet its end. */
const KEEP_ALIVE_MS = 4_000;

/** A connection for one request. */
export function openClient(url: URL, addresses: readonly string[]): Client {
  return new Client(url.origin, { connect: connectorTo(addresses), pipelining: 1, allowH2: false });
}

/** Connections that outlive a request. @param timeoutMs until an answer must begin, and between two parts of it */
export function openPool(url: URL, addresses: readonly string[], timeoutMs: number): Pool {
  return new Pool(url.origin, {
    connect: connectorTo(addresses),
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    strictContentLength: true,
    maxHeaderSize: 65_536,
  });
}

function connectorTo(addresses: readonly string[]): buildConnector.connector {
  const list = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup = (_hostname: string, options: { all?: boolean }, callback: LookupCallback): void => {
    if (options.all === true) callback(null, list);
    else callback(null, list[0]!.address, list[0]!.family);
  };
  return buildConnector({
    lookup,
    autoSelectFamily: true,
    rejectUnauthorized: true,
    timeout: 5_000,
  } as buildConnector.BuildOptions);
}
