/** Signed requests for Fastify 5: a `preParsing` hook, so that what was verified is what is parsed. */
import formBody from '@fastify/formbody';
import { callerOf, fastifyGuard } from 'countersign/middleware';
import fastify from 'fastify';
import { openGuard, PORT, PUBLIC_URL } from './guard.ts';

const guard = await openGuard();
const app = fastify();
await app.register(formBody);
app.addHook('preParsing', fastifyGuard(guard));
app.all('/rest/echo', async (request) => ({
  user: callerOf(request)?.user,
  path: request.originalUrl,
  form: request.body,
}));
await app.listen({ port: PORT, host: '127.0.0.1' });
console.log(`ready ${PUBLIC_URL}`);
