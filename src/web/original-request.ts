/**
 * The request that a reverse proxy asks about. A proxy with forward authentication (nginx `auth_request`, Traefik,
 * Caddy, Envoy) sends a request of its own in the name of the one it holds back, and tells method and target of that
 * one in headers, or as the rest of the path. Only a listed proxy is believed, and only if it speaks in one way: what
 * two headers say could be the proxy's word in one and the client's in the other.
 */

import { plainAddress } from './proxy-trust.ts';
import { WireRefused } from './wire-refused.ts';
import type { WireRequest } from './wire-request.ts';
import { targetFault } from './wire-request.ts';

/** How the proxy tells the request: decides which answers it understands. */
export type ProxyDialect =
  /** `X-Original-Method` and `X-Original-URI` (or `X-Original-URL`): nginx, which knows 2xx, 401 and 403 only. */
  | 'original'
  /** `X-Forwarded-Method` and `X-Forwarded-Uri`: Traefik, Caddy; any answer is given to the client as it is. */
  | 'forwarded'
  /** The address asked for, then the original path; the method is the request's own: Envoy. */
  | 'path';

/** The request that is asked about, in the place of the one that asks. */
export interface OriginalRequest {
  readonly wire: WireRequest;
  readonly dialect: ProxyDialect;
}

const METHOD = /^[A-Z][A-Z-]{0,19}$/;

/**
 * @param address where proxies ask, below the public URL's path
 * @throws {WireRefused} 403 for anybody but a listed proxy, 400 where the request is not told, or told in two ways
 */
export function originalRequest(wire: WireRequest, address: string): OriginalRequest {
  const peer = plainAddress(wire.incoming.socket.remoteAddress ?? '');
  if (!wire.policy.proxies.trusts(peer)) {
    throw new WireRefused(
      403,
      `Only a listed proxy may ask here; ${peer} is none. List it with --trust-proxy.`,
    );
  }
  const tellings = [byOriginal(wire), byForwarded(wire), byPath(wire, address)].filter((one) => one !== null);
  const [telling] = tellings;
  if (telling === undefined || tellings.length > 1) {
    throw new WireRefused(
      400,
      'The proxy must tell the original request in exactly one way: X-Original-Method and X-Original-URI, or X-Forwarded-Method and X-Forwarded-Uri, or the path after this address.',
    );
  }
  return { wire: inPlaceOf(wire, telling), dialect: telling.dialect };
}

interface Telling {
  readonly dialect: ProxyDialect;
  readonly method: string;
  readonly target: string;
}

function byOriginal(wire: WireRequest): Telling | null {
  const uri = single(wire, 'x-original-uri');
  const url = single(wire, 'x-original-url');
  const method = single(wire, 'x-original-method');
  if (uri === undefined && url === undefined && method === undefined) return null;
  if (uri !== undefined && url !== undefined) throw untold('X-Original-URI and X-Original-URL');
  const target = uri ?? url?.replace(/^https?:\/\/[^/?#]*/, '');
  return { dialect: 'original', ...complete(method, target) };
}

function byForwarded(wire: WireRequest): Telling | null {
  const target = single(wire, 'x-forwarded-uri');
  const method = single(wire, 'x-forwarded-method');
  if (target === undefined && method === undefined) return null;
  return { dialect: 'forwarded', ...complete(method, target) };
}

function byPath(wire: WireRequest, address: string): Telling | null {
  if (wire.localPath === address) return null;
  const target = wire.target.slice(wire.policy.publicPath.length + address.length);
  return { dialect: 'path', method: wire.method, target };
}

function single(wire: WireRequest, name: string): string | undefined {
  const values = wire.headerValues(name);
  if (values.length > 1) throw untold(`${name} twice`);
  return values[0];
}

function complete(
  method: string | undefined,
  target: string | undefined,
): { method: string; target: string } {
  if (method === undefined || !METHOD.test(method)) throw untold('no method');
  if (target === undefined) throw untold('no URI');
  return { method, target };
}

function untold(what: string): WireRefused {
  return new WireRefused(400, `The proxy does not tell the original request clearly: it sent ${what}.`);
}

/** Everything that the connection says stays; what the request line says is the original's. */
function inPlaceOf(wire: WireRequest, { method, target }: Telling): WireRequest {
  const fault = targetFault(target);
  if (fault !== null) throw new WireRefused(400, fault);
  const { origin, publicPath } = wire.policy;
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  if (publicPath !== '' && path !== publicPath && !path.startsWith(`${publicPath}/`)) {
    throw new WireRefused(403, `That address is not below ${publicPath}/, this installation's own path.`);
  }
  return {
    incoming: wire.incoming,
    policy: wire.policy,
    clientAddress: wire.clientAddress,
    isSecureTransport: wire.isSecureTransport,
    requestId: wire.requestId,
    realm: wire.realm,
    authorization: wire.authorization,
    contentType: wire.contentType,
    hasBody: wire.hasBody,
    wantsClose: wire.wantsClose,
    method,
    target,
    path,
    query: question < 0 ? '' : target.slice(question + 1),
    localPath: path.slice(publicPath.length) || '/',
    baseUri: origin + path,
    header: (name) => wire.header(name),
    headerValues: (name) => wire.headerValues(name),
  };
}
