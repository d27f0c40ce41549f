/**
 * A front that sends each request to another server than the one before: what a balancer without sticky sessions does
 * at its worst. The request goes on as it came.
 */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running front. */
export interface AlternatingProxy {
  readonly port: number;
  /** How many requests each server was sent. */
  readonly counts: readonly number[];
  close(): void;
}

/** @param ports of the servers, on loopback; may be filled in later */
export async function startAlternatingProxy(ports: readonly number[]): Promise<AlternatingProxy> {
  let turn = 0;
  const counts: number[] = [];
  const server = createServer((incoming, response) => {
    const index = turn % ports.length;
    turn += 1;
    counts[index] = (counts[index] ?? 0) + 1;
    const { method, url: path, rawHeaders: headers } = incoming;
    const onward = request(
      { host: '127.0.0.1', port: ports[index], method, path, headers, setHost: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
