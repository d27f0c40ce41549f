/**
 * The guard as middleware of Express 5 (and of anything with its signature). It belongs before the parsers of bodies:
 * what the signature covers it reads itself, and puts what was read where those parsers would have.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAnswer } from '../web/index.ts';
import { readCoveredBody } from './covered-fields.ts';
import { type Caller, type Guard, RequestRefused } from './guard.ts';

/** What the middleware needs of Express's request, and what it adds. */
export interface ExpressRequest extends IncomingMessage {
  /** The target before routers took their part off it. */
  originalUrl?: string;
  /** Whom the request acts as. */
  oauth?: Caller | null;
  /** The bytes that were verified, where the signature covers the body. */
  rawBody?: Buffer;
  body?: unknown;
}

/** Express's way to go on. */
export type Next = (error?: unknown) => void;

/** Sets `request.oauth`; answers what it refuses itself. */
export function expressGuard(
  guard: Guard,
): (request: ExpressRequest, response: ServerResponse, next: Next) => Promise<void> {
  return async (request, response, next) => {
    try {
      const { caller, body } = await guard.check(request, request.originalUrl);
      request.oauth = caller;
      if (body !== null) takeBody(request, body);
    } catch (error) {
      if (error instanceof RequestRefused) sendAnswer(response, error.answer);
      else next(error);
      return;
    }
    next();
  };
}

function takeBody(request: ExpressRequest, body: Uint8Array): void {
  request.rawBody = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    request.body = readCoveredBody(request.headers['content-type'] ?? '', body);
  } catch (error) {
    throw Object.assign(error as Error, { status: 400 });
  }
}
