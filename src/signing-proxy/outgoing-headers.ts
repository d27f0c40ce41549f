/**
 * The header fields that a provider receives: those of the request, less everything that speaks to this server (our
 * cookie, the caller's API key), everything that tells where the request came from, and whatever would make the
 * provider act on another method or address than the one that was allowed. Authorization is the signature's.
 */
import {
  connectionNames,
  isUserHeader,
  NOT_FORWARDED,
  plainFieldName,
  type WireRequest,
} from '../web/index.ts';

/** Meant for this server, or about the caller. */
const OURS = new Set([
  ...NOT_FORWARDED,
  'authorization',
  'cf-connecting-ip',
  'client-ip',
  'cookie',
  'fastly-client-ip',
  'forwarded',
  'origin',
  'referer',
  'remote-user',
  'service-worker',
  'true-client-ip',
  'upgrade-insecure-requests',
  'via',
  'x-api-key',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-csrf-token',
  'x-real-ip',
  'x-remote-user',
  'x-request-id',
]);

const OUR_FAMILIES = ['sec-', 'x-forwarded-', 'x-countersign-'];

/** Some providers refuse requests without it. */
const USER_AGENT = 'Countersign';

/** Names in lower case; fields that came more than once are one list. */
export function outgoingHeaders(wire: WireRequest): Record<string, string> {
  const { rawHeaders } = wire.incoming;
  const named = connectionNames(wire.headerValues('connection'));
  const headers = new Map([['user-agent', USER_AGENT]]);
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    if (isOurs(name) || named.has(name) || isUserHeader(wire, name)) continue;
    const value = rawHeaders[i + 1]!;
    headers.set(name, seen.has(name) ? `${headers.get(name)}, ${value}` : value);
    seen.add(name);
  }
  return Object.fromEntries(headers);
}

function isOurs(lowerCase: string): boolean {
  const name = plainFieldName(lowerCase);
  return OURS.has(name) || OUR_FAMILIES.some((family) => name.startsWith(family));
}
