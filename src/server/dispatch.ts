/**
 * Says who answers a request: below our own prefixes the signing proxy, an OAuth endpoint or a page, everywhere else
 * the gateway. The raw path decides, undecoded: what is not spelt as one of ours is not ours. Whatever a face throws
 * becomes an answer, and a line of the log, here.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { FORWARD_AUTH_PATH } from '../gateway/index.ts';
import { Problem } from '../oauth/index.ts';
import { REST_API_PREFIX } from '../rest-api/index.ts';
import {
  type Endpoint,
  readWireRequest,
  sendFailure,
  sendMethodNotAllowed,
  unreadRequest,
  type WirePolicy,
  type WireRequest,
} from '../web/index.ts';
import type { RequestLog } from './request-log.ts';
import type { Face, RequestObserver } from './request-observer.ts';

/** Answers one request; rejects with a Problem, or with whatever went wrong. */
export type Answerer = (wire: WireRequest, response: ServerResponse) => void | Promise<void>;

/** Who answers what. */
export interface Answerers {
  readonly policy: WirePolicy;
  readonly endpoints: readonly Endpoint[];
  /** Answers below `/oauth/out/`. */
  readonly signingProxy: Answerer;
  /** Answers below `/oauth/api/`. */
  readonly restApi: Answerer;
  /** Answers proxies that ask at or below `/oauth/verify`. */
  readonly forwardAuth: Answerer;
  readonly pages: Answerer;
  /** Everything outside our own addresses. */
  readonly elsewhere: Answerer;
  /** Told of each request that was refused by an OAuth problem. Must not block. */
  noteRefusal(wire: WireRequest, problem: Problem): void;
  /** Follow every request; none where nobody watches. */
  readonly observers: readonly RequestObserver[];
  readonly log: Logger;
  readonly requestLog: RequestLog;
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
  const { policy, observers, requestLog } = answerers;
  const endpoints = new Map(answerers.endpoints.map((endpoint) => [endpoint.path, endpoint]));
  const isFollowed = observers.length > 0 || requestLog.tellsOfAll;

  // The hot path first: an endpoint of our own is told by one look, and whatever is elsewhere by its first letters.
  function faceOf({ localPath }: WireRequest): Face {
    if (endpoints.has(localPath)) return 'endpoint';
    if (!isOwnAddress(localPath)) return 'gateway';
    if (localPath.startsWith(SIGNING_PROXY)) return 'proxy';
    if (isForwardAuth(localPath)) return 'forward-auth';
    return localPath.startsWith(REST_API_PREFIX) ? 'api' : 'console';
  }

  function answer(face: Face, wire: WireRequest, response: ServerResponse): void | Promise<void> {
    if (face === 'gateway') return answerers.elsewhere(wire, response);
    if (face === 'proxy') return answerers.signingProxy(wire, response);
    if (face === 'forward-auth') return answerers.forwardAuth(wire, response);
    if (face === 'api') return answerers.restApi(wire, response);
    const endpoint = endpoints.get(wire.localPath);
    if (endpoint === undefined) return answerers.pages(wire, response);
    if (!endpoint.methods.includes(wire.method))
      return sendMethodNotAllowed(response, wire, endpoint.methods);
    return endpoint.handle(wire, response);
  }

  function refuseWith(error: unknown, asked: Asking, response: ServerResponse): void {
    asked.refusal = error;
    refuse(answerers, asked, response);
  }

  // No async function: what is answered at once then costs no promise.
  return (incoming: IncomingMessage, response: ServerResponse) => {
    const asked: Asking = { face: 'unread', wire: null, refusal: null, startedAt: performance.now() };
    if (isFollowed) response.once('close', () => end(answerers, asked, response));
    try {
      const wire = readWireRequest(incoming, policy);
      asked.wire = wire;
      asked.face = faceOf(wire);
      for (const observer of observers) observer.onBegin?.(wire, asked.face);
      const pending = answer(asked.face, wire, response);
      if (pending !== undefined) pending.catch((error) => refuseWith(error, asked, response));
    } catch (error) {
      refuseWith(error, asked, response);
    }
  };
}

/** A request on its way, and what is known of it so far. */
interface Asking {
  face: Face;
  wire: WireRequest | null;
  refusal: unknown;
  readonly startedAt: number;
}

function refuse(
  { policy, log, requestLog, noteRefusal }: Answerers,
  asked: Asking,
  response: ServerResponse,
): void {
  const { wire, refusal } = asked;
  const answered = wire ?? unreadRequest(policy);
  sendFailure(response, answered, refusal, (err) =>
    log.error({ err, requestId: answered.requestId }, 'request failed'),
  );
  if (refusal instanceof Problem && wire !== null) noteRefusal(wire, refusal);
  requestLog.refused({ ...asked, status: response.statusCode, tookMs: performance.now() - asked.startedAt });
}

function end({ requestLog, observers }: Answerers, asked: Asking, response: ServerResponse): void {
  const { face, wire, refusal, startedAt } = asked;
  const status = response.headersSent ? response.statusCode : 0;
  const isWhole = response.writableFinished;
  const ended = { face, wire, status, refusal, isWhole, tookMs: performance.now() - startedAt };
  for (const observer of observers) observer.onEnd(ended);
  if (refusal === null) requestLog.ended(ended);
}
