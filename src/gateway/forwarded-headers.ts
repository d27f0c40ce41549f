/**
 * The header fields that the upstream receives: those of the request, less everything that could speak for us.
 * An upstream reads `X_Forwarded_User` and `x-forwarded-user` alike (CGI and its heirs turn every mark into an
 * underscore), so a name is compared with all marks made one. What is ours is deleted first and set afterwards.
 */
import type { WireRequest } from '../web/index.ts';
import type { Identity } from './identity.ts';

/** What does not depend on the request. */
export interface ForwardingRules {
  /** Host, X-Forwarded-Proto and X-Forwarded-Host, from the public URL: never what a caller sent. */
  readonly fixed: readonly string[];
  /** Name of our session cookie: the upstream has no business with it. */
  readonly sessionCookie: string;
}

/** Bound to one connection (RFC 9110 s7.6.1), or about the framing, which is made anew. */
const HOP_BY_HOP = [
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** CGI hands it to its program as HTTP_PROXY, by which that program then sends what it fetches (CVE-2016-5385). */
const PROXY = 'proxy';

/** Would make the upstream act on another method or path than the one that was verified. */
const OVERRIDES = [
  'x-host',
  'x-http-host-override',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-host',
  'x-original-method',
  'x-original-uri',
  'x-original-url',
  'x-override-url',
  'x-rewrite-url',
];

/** Names under which upstreams look for an identity or an address that a proxy vouches for. */
const IDENTITIES = [
  'cf-connecting-ip',
  'client-ip',
  'fastly-client-ip',
  'forwarded',
  'remote-user',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-real-ip',
  'x-remote-user',
  'x-request-id',
];

const REMOVED = new Set([...HOP_BY_HOP, PROXY, ...OVERRIDES, ...IDENTITIES]);

/** Names and values for the upstream, alternating. */
export function forwardedHeaders(
  wire: WireRequest,
  rules: ForwardingRules,
  identity: Identity | null,
  assertion: string | null,
): string[] {
  const { rawHeaders } = wire.incoming;
  const headers = [...rules.fixed, 'X-Forwarded-For', wire.clientAddress, 'X-Request-Id', wire.requestId];
  const named = namedInConnection(wire);
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    const lowerCase = name.toLowerCase();
    if (isRemoved(lowerCase) || named?.has(lowerCase)) continue;
    const value = passedValue(lowerCase, rawHeaders[i + 1]!, rules, identity !== null);
    if (value !== null) headers.push(name, value);
  }
  if (identity !== null) pushIdentity(headers, identity, assertion);
  return headers;
}

/** The names listed in Connection: the sender asks that they go no further. */
export function connectionNames(values: readonly string[]): ReadonlySet<string> {
  return new Set(values.flatMap((value) => value.toLowerCase().split(',')).map((name) => name.trim()));
}

function namedInConnection(wire: WireRequest): ReadonlySet<string> | null {
  const connection = wire.incoming.headers.connection;
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return null;
  return connectionNames(wire.headerValues('connection'));
}

function isRemoved(lowerCase: string): boolean {
  const name = /[^a-z0-9-]/.test(lowerCase) ? lowerCase.replace(/[^a-z0-9]/g, '-') : lowerCase;
  return REMOVED.has(name) || name.startsWith('x-forwarded-') || name.startsWith('x-countersign-');
}

/**
 * The value as the upstream may see it; null for none. Once we vouch for an identity, the request carries no
 * other one: an Authorization of any scheme is left out, not only our own.
 */
function passedValue(
  name: string,
  value: string,
  rules: ForwardingRules,
  hasIdentity: boolean,
): string | null {
  if (name === 'authorization') return hasIdentity ? null : value;
  if (name === 'cookie' && value.includes(rules.sessionCookie))
    return withoutCookie(value, rules.sessionCookie);
  return value;
}

function withoutCookie(value: string, cookie: string): string | null {
  const kept = value.split(';').filter((pair) => pair.split('=', 1)[0]!.trim() !== cookie);
  return kept.length === 0 ? null : kept.join(';').trimStart();
}

function pushIdentity(headers: string[], identity: Identity, assertion: string | null): void {
  const { userName, consumerKey, tokenId } = identity;
  if (userName !== null) headers.push('X-Forwarded-User', percentEncoded(userName));
  if (consumerKey !== null) headers.push('X-Countersign-Consumer', percentEncoded(consumerKey));
  if (tokenId !== null) headers.push('X-Countersign-Token', tokenId);
  if (assertion !== null) headers.push('X-Countersign-Assertion', assertion);
}

/** A name as a header can carry it. */
function percentEncoded(name: string): string {
  return encodeURIComponent(name.toWellFormed());
}
