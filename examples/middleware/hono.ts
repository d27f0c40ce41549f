/** Signed requests for Hono on `@hono/node-server`, which has the request as it came. */
import { serve } from '@hono/node-server';
import { type HonoVariables, honoGuard } from 'countersign/middleware';
import { Hono } from 'hono';
import { openGuard, PORT, PUBLIC_URL } from './guard.ts';

const guard = await openGuard();
const app = new Hono<{ Variables: HonoVariables }>();
app.use('/rest/*', honoGuard(guard));
app.all('/rest/echo', async (c) => {
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  const form = isForm ? await c.req.parseBody() : await c.req.json().catch(() => undefined);
  return c.json({ user: c.get('oauth')?.user, path: new URL(c.req.url).pathname, form });
});
serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' }, () => console.log(`ready ${PUBLIC_URL}`));
