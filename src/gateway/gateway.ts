/**
 * The gateway: every request that is not for one of our own addresses, on its way to the application behind.
 * Signed requests are verified, browsers go as the user who logged in, public paths as nobody; everyone else is
 * refused before a byte is sent on. The request goes on byte for byte less our credentials, and the upstream sees
 * no identity but the one set here. This is the hot path: it stays synchronous where nothing has to be awaited.
 */
import type { ServerResponse } from 'node:http';
import { NO_BYTES } from '../base/index.ts';
import { isAmbiguousPath, matchesAnyPath, readPathPattern, type User } from '../model/index.ts';
import { carriesOAuth, withoutProtocolParameters } from '../oauth/index.ts';
import type { Grant, ProviderRequest } from '../provider/index.ts';
import {
  type Answer,
  arrivedRequest,
  createCookieJar,
  HELD_BODY_LIMIT,
  isFromOwnPage,
  mustHoldBody,
  readBody,
  textAnswer,
  WireRefused,
  type WireRequest,
} from '../web/index.ts';
import type { AssertionSigner } from './assertion.ts';
import { type ForwardingRules, forwardedHeaders, type TraceFields } from './forwarded-headers.ts';
import { type Identity, identityOfGrant, identityOfUser } from './identity.ts';
import { Relay, type RelayTerms } from './relay.ts';
import { forwardedBody, streamedBody } from './request-body.ts';
import { sendUnauthenticated } from './unauthenticated.ts';
import type { Upstream } from './upstream/exchange.ts';
import { createUpstream } from './upstream/upstream.ts';

/** What the gateway works with; wired by `server/`. */
export interface GatewaySettings {
  /** Origin of the application behind; null when there is none. */
  readonly upstream: URL | null;
  readonly publicUrl: URL;
  /** Patterns of paths below the public URL that anybody may read. */
  readonly publicPaths: readonly string[];
  /** Judges a signed request. Throws `Problem` for whatever is wrong with it. */
  authenticate(request: ProviderRequest, wire: WireRequest): Grant | Promise<Grant>;
  /** The user whose session the Cookie header names, or null. */
  findSession(cookieHeader: string, wire: WireRequest): Promise<User | null>;
  readonly assertions: AssertionSigner;
  /** Answers when there is no application behind. */
  answerWithoutUpstream(wire: WireRequest, response: ServerResponse): void;
  /** Told why the upstream failed, for the log. */
  onUpstreamFailure(wire: WireRequest, error: Error): void;
  /** Sends what is said in the upstream's place when there is no answer of it, or may be none. */
  sendRefusal(wire: WireRequest, response: ServerResponse, answer: Answer): void;
  /** Milliseconds until an answer must begin, between two parts of it, and for the client to take one; 60 000 unless given. */
  readonly upstreamTimeoutMs?: number;
  /** Follows requests to the upstream; nobody unless given. */
  readonly observer?: UpstreamObserver;
}

/** Follows requests to the upstream and back. It is called on the hot path: it must neither block nor throw. */
export interface UpstreamObserver {
  /** Before a request is sent on. Gives header fields that go with it, as `forwardedHeaders` takes them, or null. */
  onSend?(wire: WireRequest): TraceFields | null;
  /** The answer begins, so many milliseconds after the request was sent; status 0: none will come. */
  onAnswer(wire: WireRequest, status: number, tookMs: number): void;
}

export interface Gateway {
  /**
   * Serves one request. Rejects or throws what is wrong with it (`Problem`, `WireRefused`, `StorageUnavailable`),
   * always before anything was sent to the upstream; the caller answers with `sendFailure`.
   */
  handle(wire: WireRequest, response: ServerResponse): void | Promise<void>;
  /** Cuts all connections to the upstream. */
  close(): Promise<void>;
}

const UPSTREAM_TIMEOUT_MS = 60_000;

/** Methods that change nothing, and so cannot be forged to any effect. @see RFC 9110 s9.2.1 */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws {TypeError} on an upstream with a path; {PathPatternRefused} on a malformed pattern */
export function createGateway(settings: GatewaySettings): Gateway {
  if (settings.upstream === null) {
    return {
      handle: (wire, response) => settings.answerWithoutUpstream(wire, response),
      close: () => Promise.resolve(),
    };
  }
  const upstream = createUpstream(settings.upstream, patienceOf(settings));
  const passage = new Passage(settings, upstream);
  return { handle: (wire, response) => passage.handle(wire, response), close: () => upstream.close() };
}

function patienceOf({ upstreamTimeoutMs = UPSTREAM_TIMEOUT_MS }: GatewaySettings): number {
  return upstreamTimeoutMs;
}

class Passage {
  readonly #settings: GatewaySettings;
  readonly #terms: RelayTerms;
  readonly #rules: ForwardingRules;
  readonly #publicPaths: readonly string[];

  constructor(settings: GatewaySettings, upstream: Upstream) {
    const { publicUrl, observer } = settings;
    this.#settings = settings;
    this.#terms = {
      upstream,
      patienceMs: patienceOf(settings),
      sendRefusal: (wire, response, answer) => settings.sendRefusal(wire, response, answer),
      onUpstreamFailure: (wire, error) => settings.onUpstreamFailure(wire, error),
      onAnswer:
        observer === undefined ? null : (wire, status, tookMs) => observer.onAnswer(wire, status, tookMs),
    };
    this.#publicPaths = settings.publicPaths.map(readPathPattern);
    this.#rules = {
      fixed: [
        'Host',
        publicUrl.host,
        'X-Forwarded-Proto',
        publicUrl.protocol.slice(0, -1),
        'X-Forwarded-Host',
        publicUrl.host,
      ],
      sessionCookie: createCookieJar(publicUrl).name('session'),
    };
  }

  handle(wire: WireRequest, response: ServerResponse): void | Promise<void> {
    // The public URL's own path is a rule about paths as well: `/jira/../admin` must not leave it.
    if (wire.policy.publicPath !== '' && isAmbiguousPath(wire.path)) throw ambiguous();
    if (!mustHoldBody(wire)) return this.#judge(wire, response, null);
    return readBody(wire.incoming, HELD_BODY_LIMIT).then((body) => this.#judge(wire, response, body));
  }

  #judge(wire: WireRequest, response: ServerResponse, held: Uint8Array | null): void | Promise<void> {
    const arrived = arrivedRequest(wire, held ?? NO_BYTES);
    if (!carriesOAuth(arrived)) return this.#judgeUnsigned(wire, response, held);
    const { isSecureTransport, localPath: path, hasBody } = wire;
    const grant = this.#settings.authenticate({ ...arrived, isSecureTransport, path, hasBody }, wire);
    if (grant instanceof Promise) {
      return grant.then((granted) => this.#vouch(wire, response, held, identityOfGrant(granted)));
    }
    return this.#vouch(wire, response, held, identityOfGrant(grant));
  }

  async #judgeUnsigned(wire: WireRequest, response: ServerResponse, held: Uint8Array | null): Promise<void> {
    if (wire.authorization.length > 1)
      throw new WireRefused(400, 'The header field Authorization was sent more than once.');
    const user = await this.#userOfSession(wire);
    const isForged = user !== null && !SAFE.has(wire.method) && !isOwnPage(wire);
    if (user !== null && !isForged) return this.#vouch(wire, response, held, identityOfUser(user));
    if (this.#isPublic(wire)) return this.#forward(wire, response, held, null, null);
    if (isForged) {
      const text = 'This request came from a page of another site, so it was not carried out.\n';
      this.#settings.sendRefusal(wire, response, textAnswer(wire, 403, text));
    } else {
      sendUnauthenticated(wire, response);
    }
  }

  async #userOfSession(wire: WireRequest): Promise<User | null> {
    const cookie = wire.headerValues('cookie').join('; ');
    return cookie.includes(this.#rules.sessionCookie) ? this.#settings.findSession(cookie, wire) : null;
  }

  #isPublic({ localPath }: WireRequest): boolean {
    if (this.#publicPaths.length === 0) return false;
    if (isAmbiguousPath(localPath)) throw ambiguous();
    return matchesAnyPath(this.#publicPaths, localPath);
  }

  #vouch(
    wire: WireRequest,
    response: ServerResponse,
    held: Uint8Array | null,
    identity: Identity,
  ): void | Promise<void> {
    const assertion = this.#settings.assertions.assert(identity);
    if (typeof assertion === 'string') return this.#forward(wire, response, held, identity, assertion);
    return assertion.then((made) => this.#forward(wire, response, held, identity, made));
  }

  #forward(
    wire: WireRequest,
    response: ServerResponse,
    held: Uint8Array | null,
    identity: Identity | null,
    assertion: string | null,
  ): void {
    if (response.destroyed) return;
    const isSigned = identity !== null && identity.via !== 'session';
    const trace = this.#settings.observer?.onSend?.(wire) ?? null;
    const headers = forwardedHeaders(wire, this.#rules, identity, assertion, trace);
    const body =
      held !== null
        ? isSigned
          ? forwardedBody(wire, held)
          : held
        : wire.hasBody
          ? streamedBody(wire)
          : null;
    const length = held !== null ? String((body as Uint8Array).length) : wire.header('content-length');
    if (length !== undefined) headers.push('Content-Length', length);
    const target = isSigned ? withoutCredentials(wire) : wire.target;
    const mayResend = body === null && SAFE.has(wire.method);
    const request = { method: wire.method, target, headers, body, mayResend };
    new Relay(wire, response, request, this.#terms).start();
  }
}

/** The target without the protocol parameters of its query; the question mark goes with the last of them. */
function withoutCredentials({ target, path, query }: WireRequest): string {
  const kept = withoutProtocolParameters(query);
  return kept === query ? target : kept === '' ? path : `${path}?${kept}`;
}

function isOwnPage(wire: WireRequest): boolean {
  return isFromOwnPage({ get: (name) => wire.header(name) ?? null }, wire.policy.origin);
}

function ambiguous(): WireRefused {
  return new WireRefused(
    400,
    'The path can be read in more than one way (dot segments, escaped or repeated slashes).',
  );
}
