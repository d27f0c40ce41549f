/**
 * The application behind the gateway, as far as tests need one: it records each request exactly as it arrived and
 * answers with what it saw, so that both ends can tell which bytes and which identity came through.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the application saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  /** Header fields by lower-case name. */
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Whom the gateway says the request is from; null for nobody. */
  readonly user: string | null;
}

/** A listening upstream. */
export interface RecordingUpstream {
  readonly url: string;
  /** Everything that arrived, oldest first. */
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Starts it on a free port of the loopback interface. Answers 200 with the request as JSON. */
export async function startRecordingUpstream(): Promise<RecordingUpstream> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const one = await record(request);
    seen.push(one);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function record(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const user = request.headers['x-forwarded-user'];
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    user: typeof user === 'string' ? decodeURIComponent(user) : null,
  };
}
