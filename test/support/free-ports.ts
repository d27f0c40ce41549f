/**
 * Ports on the loopback interface that nobody listens on at the moment. For tests whose servers have to know each other
 * beforehand. They lie below those that systems give to connections, and to whoever asks for any port: none of these
 * comes in between until the server is there, or while it is started anew.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const LOWEST = 11_000;
const HIGHEST = 32_000;

/** So many different ones. */
export async function freePorts(wanted: number): Promise<readonly number[]> {
  const taken = new Map<number, Server>();
  while (taken.size < wanted) {
    const port = randomInt(LOWEST, HIGHEST);
    const server = taken.has(port) ? null : await listenOn(port);
    if (server !== null) taken.set(port, server);
  }
  await Promise.all([...taken.values()].map((server) => new Promise((resolve) => server.close(resolve))));
  return [...taken.keys()];
}

/** Null where somebody listens already. */
async function listenOn(port: number): Promise<Server | null> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  } catch {
    return null;
  }
}
