/**
 * The header fields that the upstream receives: those of the request, less everything that could speak for us.
 * An upstream reads `X_Forwarded_User` and `x-forwarded-user` alike (CGI and its heirs turn every mark into an
 * underscore), so a name is compared with all marks made one. What is ours is deleted first and set afterwards.
 */
import {
  connectionNames,
  isUserHeader,
  NOT_FORWARDED,
  plainFieldName,
  type WireRequest,
} from '../web/index.ts';
import type { Identity } from './identity.ts';

/** What does not depend on the request. */
export interface ForwardingRules {
  /** Host, X-Forwarded-Proto and X-Forwarded-Host, from the public URL: never what a caller sent. */
  readonly fixed: readonly string[];
  /** Name of our session cookie: the upstream has no business with it. */
  readonly sessionCookie: string;
}

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

const REMOVED = new Set([...NOT_FORWARDED, ...IDENTITIES]);

/** Which trace the upstream's work is part of, in place of what the caller said of it. @see https://www.w3.org/TR/trace-context/ */
export interface TraceFields {
  readonly traceparent: string;
  /** Absent when there is none. */
  readonly tracestate?: string;
}

/** Names and values for the upstream, alternating. */
export function forwardedHeaders(
  wire: WireRequest,
  rules: ForwardingRules,
  identity: Identity | null,
  assertion: string | null,
  trace: TraceFields | null,
): string[] {
  const { rawHeaders } = wire.incoming;
  const headers = [...rules.fixed, 'X-Forwarded-For', wire.clientAddress, 'X-Request-Id', wire.requestId];
  const named = namedInConnection(wire);
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    const { lowerCase, isRemoved } = requestField(name);
    if (isRemoved || named?.has(lowerCase) || isUserHeader(wire, lowerCase)) continue;
    if (trace !== null && (lowerCase === 'traceparent' || lowerCase === 'tracestate')) continue;
    const value = passedValue(lowerCase, rawHeaders[i + 1]!, rules, identity !== null);
    if (value !== null) headers.push(name, value);
  }
  if (identity !== null) pushIdentity(headers, identity, assertion);
  if (trace !== null) headers.push('traceparent', trace.traceparent);
  if (trace?.tracestate !== undefined) headers.push('tracestate', trace.tracestate);
  return headers;
}

function namedInConnection(wire: WireRequest): ReadonlySet<string> | null {
  const connection = wire.header('connection');
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return null;
  return connectionNames(wire.headerValues('connection'));
}

/** What is known of a field by its name alone. */
interface RequestField {
  readonly lowerCase: string;
  readonly isRemoved: boolean;
}

/** Names remembered at most; whoever makes them up only has them looked at again. */
const REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 64;

const known = new Map<string, RequestField>();

/** Clients spell the same few names alike in every request, so a name costs the hot path one look into a map. */
function requestField(name: string): RequestField {
  const found = known.get(name);
  if (found !== undefined) return found;
  const lowerCase = name.toLowerCase();
  const field = { lowerCase, isRemoved: isRemovedName(lowerCase) };
  if (known.size >= REMEMBERED) known.clear();
  if (name.length <= LONGEST_REMEMBERED) known.set(name, field);
  return field;
}

function isRemovedName(lowerCase: string): boolean {
  const name = plainFieldName(lowerCase);
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
export function percentEncoded(name: string): string {
  return encodeURIComponent(name.toWellFormed());
}
