/** Where a consumer's people come back to: a page on the loopback interface that remembers with what they came. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listening callback address. */
export interface CallbackListener {
  readonly url: string;
  /** Parameters of the latest visit. */
  latest(): URLSearchParams;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startCallbackListener(): Promise<CallbackListener> {
  let latest = new URLSearchParams();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/callback') latest = url.searchParams;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><html lang="en"><title>Wiki</title><h1>Back at the wiki</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    latest: () => latest,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
