/** Signed requests for a plain `node:http` server. Run it with `node examples/middleware/node-http.ts`. */
import { createServer } from 'node:http';
import { guardedListener } from 'countersign/middleware';
import { openGuard, PORT, PUBLIC_URL } from './guard.ts';

const guard = await openGuard();
const listener = guardedListener(guard, (request, response, { caller, body }) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(
    JSON.stringify({ user: caller?.user, path: request.url, form: body && `${Buffer.from(body)}` }),
  );
});
createServer(listener).listen(PORT, '127.0.0.1', () => console.log(`ready ${PUBLIC_URL}`));
