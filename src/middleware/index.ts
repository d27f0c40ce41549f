/** Middleware: the service provider's check for servers that are not ours: plain `node:http`, Express, Fastify, Hono. */
export { type ExpressRequest, expressGuard, type Next } from './express.ts';
export { callerOf, type FastifyReplyLike, type FastifyRequestLike, fastifyGuard } from './fastify.ts';
export {
  type Caller,
  createGuard,
  type Guard,
  type GuardOptions,
  type Passed,
  RequestRefused,
} from './guard.ts';
export { type HonoVariables, honoGuard } from './hono.ts';
export { type GuardedListener, guardedListener } from './node.ts';
