/**
 * A request exactly as it came over the wire. Nothing is normalised: WHATWG URLs rewrite `/a/../b`, `'` and
 * `%ff`, and node folds repeated headers away, so both would change what a consumer signed (RFC 5849 s3.4.1.2)
 * or hide what an attacker sent twice. Whatever has two readings is refused here, before anything else sees it.
 * The base string URI is built from the configured public URL alone; Host can only get a request refused.
 * Left to others: reading the body (request-body), judging OAuth (provider), answering (problem-response).
 */
import type { IncomingMessage } from 'node:http';
import type { ArrivedRequest } from '../oauth/index.ts';
import { createHostPolicy, type HostPolicy } from './host-policy.ts';
import { createProxyTrust, isLoopback, type ProxyTrust, plainAddress } from './proxy-trust.ts';
import { type HeaderFacts, scanHeaders } from './raw-headers.ts';
import { newRequestId } from './request-id.ts';
import { WireRefused } from './wire-refused.ts';

/** Names, in lower case, of the fields in which a proxy names the person at the browser. */
export interface UserHeaders {
  readonly userName: string;
  readonly displayName: string | null;
  readonly email: string | null;
}

/** What this server goes by when it reads requests. */
export interface WireSettings {
  /** Where users and consumers reach this installation; may have a path. */
  readonly publicUrl: URL;
  /** Where the server really listens; null before it does. */
  listenAddress(): { readonly address: string; readonly port: number } | null;
  /** CIDRs of reverse proxies whose forwarded headers count. */
  readonly trustedProxies: readonly string[];
  /** Fields by which these name the person at the browser; none unless given. */
  readonly userHeaders?: UserHeaders | null;
}

/** The settings, prepared once for reading many requests. */
export interface WirePolicy {
  /** Scheme, host and port of the public URL. */
  readonly origin: string;
  /** Path of the public URL without its last slash; '' when it is the root. */
  readonly publicPath: string;
  /** Host of the public URL, with its port unless that is the scheme's own. */
  readonly publicHost: string;
  readonly isPublicHttps: boolean;
  /** The public URL as challenges name it. */
  readonly realm: string;
  readonly hosts: HostPolicy;
  readonly proxies: ProxyTrust;
  readonly userHeaders: UserHeaders | null;
}

/** A request as it came. */
export interface WireRequest {
  readonly incoming: IncomingMessage;
  readonly policy: WirePolicy;
  /** As on the request line, upper case. */
  readonly method: string;
  /** Raw request target: path and query, byte for byte. */
  readonly target: string;
  /** Raw path. */
  readonly path: string;
  /** Raw query without the question mark; '' if there is none. */
  readonly query: string;
  /** Raw path below the public URL's own path; starts with '/'. */
  readonly localPath: string;
  /** Base string URI: the public URL's origin and the raw path, never from Host. @see RFC 5849 s3.4.1.2 */
  readonly baseUri: string;
  /** The nearest address that is not a listed proxy. */
  readonly clientAddress: string;
  /** Travelled over TLS, or never left this machine. */
  readonly isSecureTransport: boolean;
  /** Well-formed identifier for logs and answers. */
  readonly requestId: string;
  /** The realm of challenges: the public URL. */
  readonly realm: string;
  /** Every Authorization value, as sent. */
  readonly authorization: readonly string[];
  /** Every Content-Type value, as sent. */
  readonly contentType: readonly string[];
  /** Whether a body follows, possibly an empty one. */
  readonly hasBody: boolean;
  /** Whether the client asked to close the connection after the answer. */
  readonly wantsClose: boolean;
  /** First value of a header, by its name in lower case. */
  header(name: string): string | undefined;
  /** All values of a header in order of arrival, by its name in lower case. */
  headerValues(name: string): string[];
}

/** Path, then query; only visible ASCII without '#': a fragment or a raw non-ASCII byte has no agreed reading. */
const TARGET = /^\/[!"$-~]*$/;

/** Identifiers that a trusted proxy may choose: those of a counter, a UUID, HAProxy's with colons, base64 for URLs. */
const REQUEST_ID = /^[A-Za-z0-9._~:=+@-]{1,64}$/;

/** Prepares the settings for reading requests. @throws {TypeError} when a trusted proxy is no CIDR */
export function createWirePolicy(settings: WireSettings): WirePolicy {
  const { publicUrl } = settings;
  const publicPath = publicUrl.pathname.replace(/\/+$/, '');
  return {
    origin: publicUrl.origin,
    publicPath,
    realm: publicUrl.origin + publicPath,
    publicHost: publicUrl.host,
    isPublicHttps: publicUrl.protocol === 'https:',
    hosts: createHostPolicy(publicUrl, settings.listenAddress),
    proxies: createProxyTrust(settings.trustedProxies),
    userHeaders: settings.userHeaders ?? null,
  };
}

/** Whoever passes it on as HTTP/1.0 sees another end of the body than we do. @see RFC 9112 s6.1 */
const CHUNKS_OF_1_0 = 'HTTP/1.0 knows no Transfer-Encoding; send a Content-Length.';

/**
 * Reads the head of a request.
 * @param target the request target as it came, where a framework has rewritten the message's own
 * @throws {WireRefused} 400 for a head that has two readings, 404 outside the public URL's path, 405 for methods
 * that are never served, 421 for a host that is not ours.
 */
export function readWireRequest(
  incoming: IncomingMessage,
  policy: WirePolicy,
  target: string = incoming.url ?? '',
): WireRequest {
  const facts = scanHeaders(incoming.rawHeaders);
  const method = incoming.method ?? '';
  refuseMethod(method, facts);
  if (facts.isChunked && incoming.httpVersion === '1.0') throw new WireRefused(400, CHUNKS_OF_1_0);
  const fault = targetFault(target);
  if (fault !== null) throw new WireRefused(400, fault);
  return new ReadRequest(incoming, policy, facts, method, target);
}

/** Whether a listed proxy sent it: what that says beside the request, such as which trace it is part of, is believed. */
export function isFromListedProxy({ incoming, policy }: WireRequest): boolean {
  return policy.proxies.trusts(plainAddress(incoming.socket.remoteAddress ?? ''));
}

/** The request as the OAuth modules take it, with the body that was read (or none). */
export function arrivedRequest(wire: WireRequest, body: Uint8Array): ArrivedRequest {
  const { method, baseUri, query, authorization, contentType } = wire;
  return { method, baseUri, query, authorization, contentType, body };
}

class ReadRequest implements WireRequest {
  readonly incoming: IncomingMessage;
  readonly policy: WirePolicy;
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly query: string;
  readonly localPath: string;
  readonly baseUri: string;
  readonly clientAddress: string;
  readonly isSecureTransport: boolean;
  readonly requestId: string;
  readonly realm: string;
  readonly authorization: readonly string[];
  readonly contentType: readonly string[];
  readonly hasBody: boolean;
  readonly wantsClose: boolean;

  constructor(
    incoming: IncomingMessage,
    policy: WirePolicy,
    facts: HeaderFacts,
    method: string,
    target: string,
  ) {
    const question = target.indexOf('?');
    const peer = plainAddress(incoming.socket.remoteAddress ?? '');
    const { clientAddress, hops } = policy.proxies.follow(peer, facts.forwardedFor);
    this.incoming = incoming;
    this.policy = policy;
    this.realm = policy.realm;
    this.method = method;
    this.target = target;
    this.path = question < 0 ? target : target.slice(0, question);
    this.query = question < 0 ? '' : target.slice(question + 1);
    this.authorization = facts.authorization;
    this.contentType = facts.contentType;
    this.hasBody = facts.hasBody;
    this.wantsClose = facts.wantsClose;
    this.clientAddress = clientAddress;
    const forwardedHost = hops > 0 ? nthFromRight(facts.forwardedHost, hops) : undefined;
    policy.hosts.check(forwardedHost ?? facts.host, incoming.socket, forwardedHost !== undefined);
    this.isSecureTransport = isSecure(policy, clientAddress, hops, facts.forwardedProto);
    this.requestId = hops > 0 && isRequestId(facts.requestId) ? facts.requestId : newRequestId();
    this.baseUri = policy.origin + this.path;
    this.localPath = localPath(this.path, policy.publicPath);
  }

  header(name: string): string | undefined {
    const { rawHeaders } = this.incoming;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      if (isNamed(rawHeaders[i]!, name)) return rawHeaders[i + 1];
    }
    return undefined;
  }

  headerValues(name: string): string[] {
    const { rawHeaders } = this.incoming;
    const values: string[] = [];
    for (let i = 0; i < rawHeaders.length; i += 2) {
      if (isNamed(rawHeaders[i]!, name)) values.push(rawHeaders[i + 1]!);
    }
    return values;
  }
}

function isNamed(raw: string, lowerCase: string): boolean {
  return raw.length === lowerCase.length && (raw === lowerCase || raw.toLowerCase() === lowerCase);
}

function isRequestId(text: string | undefined): text is string {
  return text !== undefined && REQUEST_ID.test(text);
}

/** A scheme that a listed proxy states is the answer; without one, only a client on this machine is believed. */
function isSecure(
  policy: WirePolicy,
  client: string,
  hops: number,
  forwardedProto: string | undefined,
): boolean {
  const stated = hops > 0 ? nthFromRight(forwardedProto, hops) : undefined;
  if (stated !== undefined) return stated.toLowerCase() === 'https';
  return isLoopback(client) && (policy.isPublicHttps || policy.hosts.isPublicHostLoopback);
}

/**
 * Each proxy either replaces a forwarded header or appends to it, so after n listed proxies the n-th value from
 * the right is the oldest one that a listed proxy wrote. Fewer values: the proxies replace, the first is theirs.
 */
function nthFromRight(value: string | undefined, n: number): string | undefined {
  if (value === undefined) return undefined;
  if (!value.includes(',')) return value.trim();
  const values = value.split(',');
  return values[Math.max(0, values.length - n)]!.trim();
}

function localPath(path: string, publicPath: string): string {
  if (publicPath === '') return path;
  if (path === publicPath) return '/';
  if (path.startsWith(publicPath) && path[publicPath.length] === '/') return path.slice(publicPath.length);
  throw new WireRefused(
    404,
    `Nothing is served here: this installation's addresses begin with ${publicPath}/.`,
  );
}

function refuseMethod(method: string, facts: HeaderFacts): void {
  if (method === 'TRACE' || method === 'CONNECT') throw new WireRefused(405, `${method} is not served here.`);
  if (facts.upgrade !== undefined) throw new WireRefused(400, 'Protocol upgrades are not served here.');
}

/** What is wrong with a request target, as a sentence; null for one that has a single reading. */
export function targetFault(target: string): string | null {
  if (TARGET.test(target)) return null;
  if (target.includes('#')) return 'A request target has no fragment; leave out # and what follows it.';
  if (!target.startsWith('/')) return 'The request target must be a path that begins with a slash.';
  return 'The request target holds bytes that must be percent-encoded.';
}
