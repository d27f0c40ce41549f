/**
 * Says who answers a request: below our own prefixes the signing proxy, an OAuth endpoint or a page, everywhere else
 * the gateway. The raw path decides, undecoded: what is not spelt as one of ours is not ours. Whatever a face throws
 * becomes an answer, and a line of the log, here.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Endpoint } from '../endpoints/index.ts';
import { FORWARD_AUTH_PATH } from '../gateway/index.ts';
import { Problem } from '../oauth/index.ts';
import {
  readWireRequest,
  sendFailure,
  sendMethodNotAllowed,
  unreadRequest,
  type WirePolicy,
  WireRefused,
  type WireRequest,
} from '../web/index.ts';

/** Answers one request; rejects with a Problem, or with whatever went wrong. */
export type Answerer = (wire: WireRequest, response: ServerResponse) => void | Promise<void>;

/** Who answers what. */
export interface Answerers {
  readonly policy: WirePolicy;
  readonly endpoints: readonly Endpoint[];
  /** Answers below `/oauth/out/`. */
  readonly signingProxy: Answerer;
  /** Answers proxies that ask at or below `/oauth/verify`. */
  readonly forwardAuth: Answerer;
  readonly pages: Answerer;
  /** Everything outside our own addresses. */
  readonly elsewhere: Answerer;
  /** Told of each request that was refused by an OAuth problem. Must not block. */
  noteRefusal(wire: WireRequest, problem: Problem): void;
  readonly log: Logger;
}

const OWN_PREFIXES = [
  '/oauth/',
  '/plugins/servlet/oauth/',
  '/plugins/servlet/gadgets/',
  '/gadgets/',
  '/dashboards/',
  '/rest/gadgets/1.0/',
];

/** Everything below is an address of some service provider. */
const SIGNING_PROXY = '/oauth/out/';

/** Whether a path below the public URL is one of our own addresses. */
export function isOwnAddress(localPath: string): boolean {
  return localPath === '/dashboards' || OWN_PREFIXES.some((prefix) => localPath.startsWith(prefix));
}

/** Envoy adds the path that it asks about. */
function isForwardAuth(localPath: string): boolean {
  return localPath === FORWARD_AUTH_PATH || localPath.startsWith(`${FORWARD_AUTH_PATH}/`);
}

/** Handles every request of the public listener. */
export function createDispatcher(answerers: Answerers): RequestListener {
  const { policy, log } = answerers;
  const endpoints = new Map(answerers.endpoints.map((endpoint) => [endpoint.path, endpoint]));

  function answer(wire: WireRequest, response: ServerResponse): void | Promise<void> {
    if (!isOwnAddress(wire.localPath)) return answerers.elsewhere(wire, response);
    if (wire.localPath.startsWith(SIGNING_PROXY)) return answerers.signingProxy(wire, response);
    if (isForwardAuth(wire.localPath)) return answerers.forwardAuth(wire, response);
    const endpoint = endpoints.get(wire.localPath);
    if (endpoint === undefined) return answerers.pages(wire, response);
    if (!endpoint.methods.includes(wire.method))
      return sendMethodNotAllowed(response, wire, endpoint.methods);
    return endpoint.handle(wire, response);
  }

  return async (incoming: IncomingMessage, response: ServerResponse) => {
    const startedAt = performance.now();
    let wire: WireRequest | null = null;
    let refusal: unknown = null;
    try {
      wire = readWireRequest(incoming, policy);
      await answer(wire, response);
    } catch (error) {
      refusal = error;
      const asked = wire ?? unreadRequest(policy);
      sendFailure(response, asked, error, (err) =>
        log.error({ err, requestId: asked.requestId }, 'request failed'),
      );
    }
    if (refusal instanceof Problem && wire !== null) answerers.noteRefusal(wire, refusal);
    note(log, wire, response.statusCode, refusal, performance.now() - startedAt);
  };
}

/** A line for each request: refused ones as information, the others for debugging only. Never its query. */
function note(log: Logger, wire: WireRequest | null, status: number, refusal: unknown, tookMs: number): void {
  const level = refusal === null ? 'debug' : 'info';
  if (!log.isLevelEnabled(level)) return;
  const { requestId, method, path, clientAddress } = wire ?? {};
  const facts = { requestId, method, path, clientAddress, status, ms: Math.round(tookMs) };
  log[level]({ ...facts, ...refusalFields(refusal) }, refusal === null ? 'answered' : 'refused');
}

function refusalFields(refusal: unknown): Record<string, unknown> {
  if (refusal instanceof Problem) return { problem: refusal.code, detail: refusal.particulars.detail };
  return refusal instanceof WireRefused ? { detail: refusal.reason } : {};
}
