/**
 * Writes short answers (`answers.ts`) to the raw response. `sendFailure` is where whatever was thrown while a request
 * was served ends: what is nobody's refusal is told to the log too.
 */
import type { ServerResponse } from 'node:http';
import { type Problem, writeForm } from '../oauth/index.ts';
import {
  type Answer,
  type Asked,
  challengeAnswer,
  type ExtraHeaders,
  FORM,
  failureAnswer,
  isTrouble,
  methodNotAllowedAnswer,
  problemAnswer,
  textAnswer,
} from './answers.ts';
import { newRequestId } from './request-id.ts';
import type { WirePolicy } from './wire-request.ts';

/** Media type of JSON answers. */
export const JSON_TEXT = 'application/json; charset=utf-8';

/** What is known of a request whose head was refused: enough to answer it. */
export function unreadRequest(policy: WirePolicy): Asked {
  return { requestId: newRequestId(), realm: policy.realm };
}

/** Sends an answer that is ready. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** An answer whose text is ready: plain text unless another content type is given. */
export function sendText(
  response: ServerResponse,
  wire: Asked,
  status: number,
  text: string,
  contentType?: string,
  headers?: ExtraHeaders,
): void {
  sendAnswer(response, textAnswer(wire, status, text, contentType, headers));
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

/** The refusal of an OAuth request. @param statusInstead for askers that understand only some statuses */
export function sendProblem(
  response: ServerResponse,
  wire: Asked,
  problem: Problem,
  statusInstead?: number,
): void {
  sendAnswer(response, problemAnswer(wire, problem, statusInstead));
}

/** A 401 for a request that carries no OAuth: the bare challenge. */
export function sendChallenge(response: ServerResponse, wire: Asked, headers?: ExtraHeaders): void {
  sendAnswer(response, challengeAnswer(wire, headers));
}

/** A 405 that says which methods there are. */
export function sendMethodNotAllowed(
  response: ServerResponse,
  wire: Asked,
  allowed: readonly string[],
): void {
  sendAnswer(response, methodNotAllowedAnswer(wire, allowed));
}

/**
 * Turns whatever was thrown while a request was served into its answer. Once the answer has begun, the
 * connection is cut instead: a broken answer must not look whole.
 * @param onTrouble told of errors that are nobody's refusal, for the log
 * @param send sends the answer
 */
export function sendFailure(
  response: ServerResponse,
  wire: Asked,
  error: unknown,
  onTrouble: (error: unknown) => void,
  send: (answer: Answer) => void = (answer) => sendAnswer(response, answer),
): void {
  if (response.headersSent) {
    if (!response.writableEnded) onTrouble(error);
    response.destroy();
    return;
  }
  if (isTrouble(error)) onTrouble(error);
  send(failureAnswer(wire, error));
}
