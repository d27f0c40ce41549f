/**
 * The guard as middleware of Hono, on `@hono/node-server`: only there the request is at hand as it came. A WHATWG
 * `Request` has its address rewritten already, and no signature over the original could be verified.
 */
import type { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { type Caller, type Guard, type Passed, RequestRefused } from './guard.ts';

/** What the middleware sets: `c.get('oauth')`. */
export interface HonoVariables {
  oauth: Caller | null;
}

/** @throws {TypeError} when a request comes, and it is not `@hono/node-server` that brings it */
export function honoGuard(guard: Guard): MiddlewareHandler<{ Variables: HonoVariables }> {
  return async (context, next) => {
    let passed: Passed;
    try {
      passed = await guard.check(incomingOf(context));
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      const { status, headers, body } = error.answer;
      return new Response(body, { status, headers });
    }
    context.set('oauth', passed.caller);
    // What was read cannot be read again: Hono gives it to whoever asks for the body, in any form.
    if (passed.body !== null)
      Object.assign(context.req.bodyCache, {
        arrayBuffer: Promise.resolve(new Uint8Array(passed.body).buffer),
      });
    await next();
  };
}

function incomingOf(context: Context): IncomingMessage {
  const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage };
  if (incoming === undefined) throw new TypeError('honoGuard works on @hono/node-server only.');
  return incoming;
}
