/**
 * The guard as a hook of Fastify 5: `app.addHook('preParsing', fastifyGuard(guard))`. The bytes that were verified go
 * on to Fastify's own parsers. The caller of a request is found with `callerOf(request)`.
 */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { type Caller, type Guard, RequestRefused } from './guard.ts';

/** What the hook needs of Fastify's request. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage;
}

/** What the hook needs of Fastify's reply. */
export interface FastifyReplyLike {
  code(status: number): FastifyReplyLike;
  headers(headers: Readonly<Record<string, string>>): FastifyReplyLike;
  send(body: string): unknown;
}

const CALLERS = new WeakMap<IncomingMessage, Caller>();

/** Whom a request acts as; null for one that no guard let through, or that was not signed. */
export function callerOf({ raw }: FastifyRequestLike): Caller | null {
  return CALLERS.get(raw) ?? null;
}

/** A `preParsing` hook; answers what it refuses itself. */
export function fastifyGuard(
  guard: Guard,
): <Payload extends Readable>(
  request: FastifyRequestLike,
  reply: FastifyReplyLike,
  payload: Payload,
) => Promise<Payload | Readable> {
  return async (request, reply, payload) => {
    try {
      const { caller, body } = await guard.check(request.raw);
      if (caller !== null) CALLERS.set(request.raw, caller);
      return body === null ? payload : replayed(body);
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      const { status, headers, body } = error.answer;
      reply.code(status).headers(headers).send(body);
      return payload;
    }
  };
}

/** The same bytes once more. Fastify holds their number against Content-Length. */
function replayed(body: Uint8Array): Readable {
  const stream = Readable.from(body.length === 0 ? [] : [Buffer.from(body)]);
  return Object.assign(stream, { receivedEncodedLength: body.length });
}
