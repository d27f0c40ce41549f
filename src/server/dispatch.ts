/**
 * Says who answers a request: below our own prefixes the signing proxy, an OAuth endpoint or a page, everywhere else
 * the gateway. The raw path decides, undecoded: what is not spelt as one of ours is not ours. Whatever a face throws
 * becomes an answer, and a line of the log, here.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { FORWARD_AUTH_PATH } from '../gateway/index.ts';
import { Problem } from '../oauth/index.ts';
import {
  type Endpoint,
  methodNotAllowedAnswer,
  readWireRequest,
  sendAnswer,
  sendFailure,
  unreadRequest,
  type WirePolicy,
  WireRefused,
  type WireRequest,
} from '../web/index.ts';
import type { RefusalSender, TroubleTeller } from './refusal-sender.ts';
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
  /** Answers proxies that ask at or below `/oauth/verify`. */
  readonly forwardAuth: Answerer;
  /** Gives the faces that are read after the start, or with the first request for one of them. */
  lateFaces(): Promise<LateFaces>;
  /** Told of each request for a page. */
  noteUserHeader(wire: WireRequest): void;
  /** Everything outside our own addresses. */
  readonly elsewhere: Answerer;
  /** Sends a refusal to whoever reads it. */
  readonly sendRefusal: RefusalSender;
  /** Told of each request that was refused by an OAuth problem. Must not block. */
  noteRefusal(wire: WireRequest, problem: Problem): void;
  /** Follow every request; none where nobody watches. */
  readonly observers: readonly RequestObserver[];
  readonly log: Logger;
  readonly requestLog: RequestLog;
}

/** The faces that people and their programs look at; a signed request and its dance go without them. */
export interface LateFaces {
  /** Addresses of gadgets' data. */
  readonly endpoints: readonly Endpoint[];
  /** Answers below `/oauth/api/`. */
  readonly restApi: Answerer;
  readonly pages: Answerer;
  /** Tells a person on a page what went wrong. */
  readonly troublePage: TroubleTeller;
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

/** Everything below is the REST API's. */
const REST_API = '/oauth/api/';

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
  let late: LateFaces | null = null;
  const isFollowed = observers.length > 0 || requestLog.tellsOfAll;

  // The hot path first: an endpoint of our own is told by one look, and whatever is elsewhere by its first letters.
  function faceOf({ localPath }: WireRequest): Face {
    if (endpoints.has(localPath)) return 'endpoint';
    if (!isOwnAddress(localPath)) return 'gateway';
    if (localPath.startsWith(SIGNING_PROXY)) return 'proxy';
    if (isForwardAuth(localPath)) return 'forward-auth';
    return localPath.startsWith(REST_API) ? 'api' : 'console';
  }

  async function meetLateFaces(): Promise<void> {
    late = await answerers.lateFaces();
    for (const endpoint of late.endpoints) endpoints.set(endpoint.path, endpoint);
  }

  function answer(face: Face, wire: WireRequest, response: ServerResponse): void | Promise<void> {
    if (face === 'gateway') return answerers.elsewhere(wire, response);
    if (face === 'proxy') return answerers.signingProxy(wire, response);
    if (face === 'forward-auth') return answerers.forwardAuth(wire, response);
    if (face === 'api') return late!.restApi(wire, response);
    const endpoint = endpoints.get(wire.localPath);
    if (endpoint === undefined) {
      answerers.noteUserHeader(wire);
      return late!.pages(wire, response);
    }
    if (!endpoint.methods.includes(wire.method))
      return answerers.sendRefusal(wire, response, methodNotAllowedAnswer(wire, endpoint.methods));
    return endpoint.handle(wire, response);
  }

  function refuseWith(error: unknown, asked: Asking, response: ServerResponse): void {
    asked.refusal = error;
    refuse(answerers, asked, response);
  }

  function begin(asked: Asking, wire: WireRequest, response: ServerResponse): void | Promise<void> {
    asked.face = faceOf(wire);
    for (const observer of observers) observer.onBegin?.(wire, asked.face);
    return answer(asked.face, wire, response);
  }

  /** Only with the late faces there it is known who answers: an address of theirs may be an endpoint. */
  function isLate(wire: WireRequest): boolean {
    const face = faceOf(wire);
    return face === 'console' || face === 'api';
  }

  // No async function: what is answered at once then costs no promise.
  return (incoming: IncomingMessage, response: ServerResponse) => {
    const asked: Asking = { face: 'unread', wire: null, refusal: null, startedAt: performance.now() };
    if (isFollowed) response.once('close', () => end(answerers, asked, response));
    try {
      const wire = readWireRequest(incoming, policy);
      asked.wire = wire;
      const pending =
        late === null && isLate(wire)
          ? meetLateFaces().then(() => begin(asked, wire, response))
          : begin(asked, wire, response);
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
  { policy, log, requestLog, noteRefusal, sendRefusal }: Answerers,
  asked: Asking,
  response: ServerResponse,
): void {
  const { wire, refusal } = asked;
  const answered = wire ?? unreadRequest(policy);
  const onTrouble = (err: unknown) => log.error({ err, requestId: answered.requestId }, 'request failed');
  // A proxy that asks passes nobody's page on: it has its own for whoever it asks for.
  const isAsked = wire !== null && asked.face !== 'forward-auth' && !(refusal instanceof Problem);
  const reason = refusal instanceof WireRefused ? refusal.reason : null;
  sendFailure(response, answered, refusal, onTrouble, (answer) =>
    isAsked ? sendRefusal(wire, response, answer, reason) : sendAnswer(response, answer),
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
