/**
 * The gateway's limit: undici's `pool.stream`, made for handing a body on, in front of an upstream, passing requests and
 * answers on and doing nothing else.
 */
import { createServer } from 'node:http';
import { Pool } from 'undici';

process.once('message', ({ upstream }: { upstream: string }) => {
  const pool = new Pool(upstream, { connections: 64 });
  const server = createServer((request, response) => {
    const body = request.method === 'GET' ? null : request;
    pool.stream(
      {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers: request.headers,
        body,
        opaque: response,
      },
      ({ statusCode, headers }) => {
        response.writeHead(statusCode, headers);
        return response;
      },
      (error) => {
        if (error !== null) response.destroy();
      },
    );
  });
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' ? address?.port : null });
  });
});

process.once('disconnect', () => process.exit(0));
