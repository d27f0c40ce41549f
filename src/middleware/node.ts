/** The guard in front of a plain `node:http` listener. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAnswer } from '../web/index.ts';
import { type Guard, type Passed, RequestRefused } from './guard.ts';

/** Serves a request that was let through. */
export type GuardedListener = (
  request: IncomingMessage,
  response: ServerResponse,
  passed: Passed,
) => void | Promise<void>;

/** Wraps a listener: refused requests never reach it. Errors of the listener are its own. */
export function guardedListener(
  guard: Guard,
  listener: GuardedListener,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const passed = await checkOrAnswer(guard, request, response);
    if (passed !== null) await listener(request, response, passed);
  };
}

async function checkOrAnswer(
  guard: Guard,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Passed | null> {
  try {
    return await guard.check(request);
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    sendAnswer(response, error.answer);
    return null;
  }
}
