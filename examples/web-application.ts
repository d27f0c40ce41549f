/**
 * A web application that reads its users' data at a provider: the dance in three steps (RFC 5849 s2), then signed
 * requests. A browser gets a session before it begins, because what comes back has to come back in the same one.
 *
 *     PROVIDER=… CONSUMER_KEY=… CONSUMER_SECRET=… node --import ./examples/from-checkout.ts examples/web-application.ts
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionNeedsApproval, ProviderAnswerRefused, ProviderUnreachable } from 'countersign/consumer';
import { clientFromEnvironment, setting } from './provider-client.ts';

const client = clientFromEnvironment();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => explain(response, error));
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(`ready ${origin()}`));
process.once('SIGTERM', () => server.close());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', origin());
  const session = /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomUUID();
  response.setHeader('set-cookie', `session=${session}; HttpOnly; SameSite=Lax; Path=/`);
  // A program with accounts of its own would use the name of the user here.
  const user = session;
  if (pathname === '/callback') {
    await client.finish(user, session, searchParams.toString());
    return redirect(response, '/');
  }
  if (pathname === '/connect') {
    const { location } = await client.begin(user, session, `${origin()}/callback`);
    return redirect(response, location);
  }
  const { status, body } = await client.fetch(user, {
    method: 'GET',
    url: `${setting('PROVIDER')}/oauth/whoami`,
    headers: { accept: 'application/json' },
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/** Each kind of failure has a type of its own, because each asks for something else. */
function explain(response: ServerResponse, error: unknown): void {
  if (error instanceof ConnectionNeedsApproval) {
    response.writeHead(403, { 'content-type': 'text/plain' });
    response.end(`${error.message} Go to ${origin()}/connect\n`);
  } else if (error instanceof ProviderAnswerRefused || error instanceof ProviderUnreachable) {
    response.writeHead(502, { 'content-type': 'text/plain' }).end(`${error.message}\n`);
  } else {
    console.error(error);
    response.writeHead(500).end();
  }
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end();
}

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
