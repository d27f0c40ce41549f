/**
 * Short answers as values: results, OAuth problems, refusals and failures, before anybody has sent them. Every one
 * carries X-Request-Id and `Cache-Control: no-store`, and every 401 the OAuth challenge (RFC 5849 s3.5.1).
 * `failureAnswer` is the one place where an error becomes an answer: what it does not know becomes one generic
 * sentence. Sending is left to `problem-response.ts`, and to the middleware of frameworks.
 */
import { StorageUnavailable } from '../model/index.ts';
import { Problem, plainChallenge, reportProblem } from '../oauth/index.ts';
import { WireRefused } from './wire-refused.ts';
import type { WireRequest } from './wire-request.ts';

/** What an answer needs to know of its request. */
export type Asked = Pick<WireRequest, 'requestId' | 'realm'>;

/** Further header fields of an answer. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** An answer that is ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Seconds after which a client may try again when storage or memory for its body is lacking. */
const RETRY_SECONDS = 2;

const TEXT = 'text/plain; charset=utf-8';

/** Media type of token endpoints' answers, refusals included. */
export const FORM = 'application/x-www-form-urlencoded';

/** Every method that some address here takes. */
const KNOWN_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** An answer whose text is ready: plain text unless another content type is given. */
export function textAnswer(
  { requestId }: Asked,
  status: number,
  body: string,
  contentType: string = TEXT,
  headers: ExtraHeaders = {},
): Answer {
  return {
    status,
    headers: {
      'Content-Type': contentType,
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': requestId,
      ...headers,
    },
    body,
  };
}

/**
 * The refusal of an OAuth request: as a form in the body, in WWW-Authenticate, and with a link to the problem's page.
 * @param statusInstead for askers that understand only some statuses; the problem's own unless given
 */
export function problemAnswer(asked: Asked, problem: Problem, statusInstead?: number): Answer {
  const report = reportProblem(problem, asked.realm, asked.requestId);
  const status = statusInstead ?? report.status;
  const headers: Record<string, string> = {
    'WWW-Authenticate': report.authenticate,
    Link: `<${asked.realm}/oauth/problems/${problem.code}>; rel="help"`,
  };
  if (status === 429) headers['Retry-After'] = String(problem.particulars.retryAfterSeconds ?? 1);
  return textAnswer(asked, status, report.body, FORM, headers);
}

/** A 401 for a request that carries no OAuth: the bare challenge. */
export function challengeAnswer(asked: Asked, headers: ExtraHeaders = {}): Answer {
  return textAnswer(asked, 401, 'Sign this request with OAuth 1.0a, or log in.\n', TEXT, {
    'WWW-Authenticate': plainChallenge(asked.realm),
    ...headers,
  });
}

/** A 405 that says which methods there are. */
export function methodNotAllowedAnswer(asked: Asked, allowed: readonly string[]): Answer {
  const allow = allowed.join(', ');
  return textAnswer(asked, 405, `This address takes ${allow}.\n`, TEXT, { Allow: allow });
}

/** Whether an error is nobody's refusal, so that whoever runs the server has to be told of it. */
export function isTrouble(error: unknown): boolean {
  return !(error instanceof Problem || error instanceof WireRefused);
}

/** What is answered to whatever was thrown while a request was served. */
export function failureAnswer(asked: Asked, error: unknown): Answer {
  if (error instanceof Problem) return problemAnswer(asked, error);
  if (error instanceof WireRefused) return refusalAnswer(asked, error);
  if (error instanceof StorageUnavailable) {
    const text = 'The service cannot reach its storage just now. Try again in a moment.\n';
    return textAnswer(asked, 503, text, TEXT, { 'Retry-After': String(RETRY_SECONDS) });
  }
  const text = `Something went wrong here. Tell the administrator this number: ${asked.requestId}\n`;
  return textAnswer(asked, 500, text);
}

/** The connection ends with most refusals: what follows on it cannot be told apart from the rest of the request. */
function refusalAnswer(asked: Asked, { status, reason }: WireRefused): Answer {
  const headers: Record<string, string> = {};
  if (status !== 404 && status !== 421) headers.Connection = 'close';
  if (status === 405) headers.Allow = KNOWN_METHODS;
  if (status === 503) headers['Retry-After'] = String(RETRY_SECONDS);
  return textAnswer(asked, status, `${reason}\n`, TEXT, headers);
}
