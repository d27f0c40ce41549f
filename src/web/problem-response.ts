/**
 * Writes short answers to the raw response: results of the OAuth endpoints, OAuth problems, refusals and
 * failures. Every one carries X-Request-Id and `Cache-Control: no-store`, and every 401 the OAuth challenge
 * (RFC 5849 s3.5.1). `sendFailure` is the one place where an error becomes an answer: what it does not know
 * is told to the log and, as one generic sentence, to the caller.
 */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { StorageUnavailable } from '../model/index.ts';
import { Problem, plainChallenge, reportProblem, writeForm } from '../oauth/index.ts';
import { WireRefused } from './wire-refused.ts';
import type { WirePolicy, WireRequest } from './wire-request.ts';

/** What an answer needs to know of its request. */
export type Asked = Pick<WireRequest, 'requestId' | 'realm'>;

/** Further header fields of an answer. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** Seconds after which a client may try again when storage or memory for its body is lacking. */
const RETRY_SECONDS = 2;

const TEXT = 'text/plain; charset=utf-8';
const FORM = 'application/x-www-form-urlencoded';
const JSON_TEXT = 'application/json; charset=utf-8';

/** Every method that some address here takes. */
const KNOWN_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** What is known of a request whose head was refused: enough to answer it. */
export function unreadRequest(policy: WirePolicy): Asked {
  return { requestId: randomUUID(), realm: policy.realm };
}

/** An answer whose text is ready: plain text unless another content type is given. */
export function sendText(
  response: ServerResponse,
  wire: Asked,
  status: number,
  text: string,
  contentType: string = TEXT,
  headers: ExtraHeaders = {},
): void {
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': wire.requestId,
    ...headers,
  });
  response.end(text);
}

/** A form-encoded answer of a token endpoint. @see RFC 5849 s2.1 */
export function sendForm(
  response: ServerResponse,
  wire: Asked,
  status: number,
  fields: Iterable<readonly [name: string, value: string]>,
): void {
  sendText(response, wire, status, writeForm(fields), FORM);
}

/** A JSON answer. */
export function sendJson(response: ServerResponse, wire: Asked, status: number, value: unknown): void {
  sendText(response, wire, status, JSON.stringify(value), JSON_TEXT);
}

/**
 * The refusal of an OAuth request: as a form in the body, in WWW-Authenticate, and with a link to the problem's page.
 * @param statusInstead for askers that understand only some statuses; the problem's own unless given
 */
export function sendProblem(
  response: ServerResponse,
  wire: Asked,
  problem: Problem,
  statusInstead?: number,
): void {
  const report = reportProblem(problem, wire.realm, wire.requestId);
  const { authenticate, body } = report;
  const status = statusInstead ?? report.status;
  const headers: Record<string, string> = {
    'WWW-Authenticate': authenticate,
    Link: `<${wire.realm}/oauth/problems/${problem.code}>; rel="help"`,
  };
  if (status === 429) headers['Retry-After'] = String(problem.particulars.retryAfterSeconds ?? 1);
  sendText(response, wire, status, body, FORM, headers);
}

/** A 401 for a request that carries no OAuth: the bare challenge. */
export function sendChallenge(response: ServerResponse, wire: Asked, headers: ExtraHeaders = {}): void {
  sendText(response, wire, 401, 'Sign this request with OAuth 1.0a, or log in.\n', TEXT, {
    'WWW-Authenticate': plainChallenge(wire.realm),
    ...headers,
  });
}

/** A 405 that says which methods there are. */
export function sendMethodNotAllowed(
  response: ServerResponse,
  wire: Asked,
  allowed: readonly string[],
): void {
  const allow = allowed.join(', ');
  sendText(response, wire, 405, `This address takes ${allow}.\n`, TEXT, { Allow: allow });
}

/**
 * Turns whatever was thrown while a request was served into its answer. Once the answer has begun, the
 * connection is cut instead: a broken answer must not look whole.
 * @param onUnknown told of errors that are nobody's refusal, for the log
 */
export function sendFailure(
  response: ServerResponse,
  wire: Asked,
  error: unknown,
  onUnknown: (error: unknown) => void,
): void {
  if (response.headersSent) {
    if (!response.writableEnded) onUnknown(error);
    response.destroy();
  } else if (error instanceof Problem) {
    sendProblem(response, wire, error);
  } else if (error instanceof WireRefused) {
    sendRefusal(response, wire, error);
  } else if (error instanceof StorageUnavailable) {
    onUnknown(error);
    sendText(
      response,
      wire,
      503,
      'The service cannot reach its storage just now. Try again in a moment.\n',
      TEXT,
      {
        'Retry-After': String(RETRY_SECONDS),
      },
    );
  } else {
    onUnknown(error);
    const text = `Something went wrong here. Tell the administrator this number: ${wire.requestId}\n`;
    sendText(response, wire, 500, text);
  }
}

/** The connection ends with most refusals: what follows on it cannot be told apart from the rest of the request. */
function sendRefusal(response: ServerResponse, wire: Asked, { status, reason }: WireRefused): void {
  const headers: Record<string, string> = {};
  if (status !== 404 && status !== 421) headers.Connection = 'close';
  if (status === 405) headers.Allow = KNOWN_METHODS;
  if (status === 503) headers['Retry-After'] = String(RETRY_SECONDS);
  sendText(response, wire, status, `${reason}\n`, TEXT, headers);
}
