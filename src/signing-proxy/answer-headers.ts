/**
 * The header fields that a caller receives. The answer comes from our origin but is somebody else's: a document in it
 * must not run as one of our pages, so it is sandboxed, is what it says it is, and is kept by no cache. A provider
 * sets no cookie and opens no session here, asks for no password, opens no door to other sites, and tells the proxies in front of us
 * nothing. A redirect within the provider leads through here again; any other is told, and not followed, because
 * clients would take the caller's API key along.
 */
import type { ServiceProvider } from '../model/index.ts';
import { connectionNames, rawHeaderValues, type WireRequest } from '../web/index.ts';
import { localPathOf } from './requested-address.ts';

/** Bound to the connection, about cookies and passwords, about our origin as a whole, or ours to say. */
const DROPPED = new Set([
  'accept-ch',
  'activate-storage-access',
  'alt-svc',
  'authentication-info',
  'cache-control',
  'clear-site-data',
  'connection',
  'content-location',
  'content-security-policy',
  'content-security-policy-report-only',
  'critical-ch',
  'document-policy',
  'expires',
  'integrity-policy',
  'keep-alive',
  'location',
  'nel',
  'observe-browsing-topics',
  'origin-agent-cluster',
  'origin-trial',
  'permissions-policy',
  'pragma',
  'proxy-authenticate',
  'proxy-connection',
  'public-key-pins',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'set-cookie',
  'set-cookie2',
  'set-login',
  'sourcemap',
  'speculation-rules',
  'strict-transport-security',
  'te',
  'timing-allow-origin',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'use-as-dictionary',
  'www-authenticate',
  'x-content-type-options',
  'x-lighttpd-send-file',
  'x-request-id',
  'x-reproxy-url',
  'x-sendfile',
  'x-sourcemap',
]);

/** `x-accel-redirect` would make an nginx in front of us give out its own files. */
const DROPPED_FAMILIES = [
  'access-control-',
  'attribution-reporting-',
  'cross-origin-',
  'sec-',
  'x-accel-',
  'x-countersign-',
];

const SET = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "sandbox; default-src 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
].flat();

/**
 * Names and values for the caller, alternating.
 * @param raw those of the provider, alternating; @param sentTo the address that answered
 */
export function answerHeaders(
  raw: readonly string[],
  wire: WireRequest,
  provider: ServiceProvider,
  sentTo: string,
): string[] {
  const headers = ['X-Request-Id', wire.requestId, ...SET];
  const named = connectionNames(rawHeaderValues(raw, 'connection'));
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    const isDropped = DROPPED.has(name) || DROPPED_FAMILIES.some((family) => name.startsWith(family));
    if (!isDropped && !named.has(name)) headers.push(raw[i]!, raw[i + 1]!);
  }
  const [location] = rawHeaderValues(raw, 'location');
  if (location !== undefined) headers.push(...locationHeader(location, wire, provider, sentTo));
  return headers;
}

function locationHeader(
  location: string,
  wire: WireRequest,
  provider: ServiceProvider,
  sentTo: string,
): [name: string, value: string] {
  const address = URL.parse(location, sentTo);
  const local = address === null ? null : localPathOf(provider, address);
  if (local === null) return ['X-Countersign-Location', location];
  return ['Location', wire.policy.publicPath + local];
}
