/**
 * What the listener saw of a connection and what proxies say about it, side by side: for explaining why a client
 * signed another address than this server verifies. Nothing here is believed because it is here; what counted was
 * decided when the request was read (`wire-request.ts`).
 */
import { plainAddress } from './proxy-trust.ts';
import type { WireRequest } from './wire-request.ts';

/** The facts of one request's way here. */
export interface ConnectionFacts {
  /** Scheme of the connection itself: this server leaves TLS to the proxy in front. */
  readonly scheme: 'http' | 'https';
  /** Host header as sent. */
  readonly host: string | null;
  /** Port of this server that the connection was made to. */
  readonly listenPort: number | null;
  /** Path and query of the request line, byte for byte. */
  readonly target: string;
  readonly peerAddress: string | null;
  /** Whether the peer is a listed proxy, so that its forwarded headers count. */
  readonly isTrustedProxy: boolean;
  /** The nearest address that is not a listed proxy. */
  readonly clientAddress: string;
  /** Whether it counts as protected: over TLS as a listed proxy says, or never beyond this machine. */
  readonly isSecureTransport: boolean;
  /** Headers about forwarding, by name in lower case; repeated ones joined by commas. */
  readonly forwarded: Readonly<Record<string, string>>;
}

const FORWARDED =
  /^(?:forwarded|x-forwarded-[a-z-]{2,16}|x-original-ur[il]|x-rewrite-url|x-script-name|x-real-ip|via)$/i;

/** Headers about forwarding that are kept at most, and the length of each. */
const MOST_HEADERS = 16;
const LONGEST_HEADER = 1_000;

/** Collects the facts; for refusals and pages, not for the hot path. */
export function connectionFacts(wire: WireRequest): ConnectionFacts {
  const { socket } = wire.incoming;
  const peer = socket.remoteAddress === undefined ? null : plainAddress(socket.remoteAddress);
  return {
    scheme: 'encrypted' in socket ? 'https' : 'http',
    host: wire.header('host') ?? null,
    listenPort: socket.localPort ?? null,
    target: wire.target,
    peerAddress: peer,
    isTrustedProxy: peer !== null && wire.policy.proxies.trusts(peer),
    clientAddress: wire.clientAddress,
    isSecureTransport: wire.isSecureTransport,
    forwarded: forwardedHeaders(wire.incoming.rawHeaders),
  };
}

function forwardedHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const found = new Map<string, string>();
  for (let i = 0; i < rawHeaders.length && found.size < MOST_HEADERS; i += 2) {
    if (!FORWARDED.test(rawHeaders[i]!)) continue;
    const name = rawHeaders[i]!.toLowerCase();
    const earlier = found.get(name);
    const value = earlier === undefined ? rawHeaders[i + 1]! : `${earlier}, ${rawHeaders[i + 1]}`;
    found.set(name, value.slice(0, LONGEST_HEADER));
  }
  return Object.fromEntries(found);
}
