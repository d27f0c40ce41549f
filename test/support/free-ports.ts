/** Ports on the loopback interface that nobody listens on at the moment. For tests whose servers have to know each other beforehand. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** So many different ones. */
export async function freePorts(wanted: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: wanted }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
