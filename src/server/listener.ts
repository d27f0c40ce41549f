/**
 * A listening socket, and its orderly end. Draining: no new connection is taken, idle ones are closed, requests
 * that are under way are answered; what still hangs after the patience is over is cut off.
 */
import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { type HostAndPort, writtenAddress } from '../settings/index.ts';
import { endTimeout, OpenConnections } from './open-connections.ts';
import { StartRefused, systemErrorCode } from './start-refused.ts';
import { TurnTaking } from './turn-taking.ts';

const SWEEP_EVERY_MS = 50;

/** How often connections are looked at in the time for which an unused one is kept. */
const LOOKS = 13;

/** An open listener. */
export interface Listener {
  /** The real address: with port 0, the port that was free. */
  readonly address: { readonly address: string; readonly port: number };
  /** Still answers everything, but lets every connection end with its answer: the client looks elsewhere for the next. */
  leave(): void;
  /** Ends it. @param patienceMs how long requests under way may take */
  close(patienceMs: number): Promise<void>;
}

/**
 * Opens a listener.
 * @param flag the setting that chose the address, for the message
 * @param prepare is given the server before it listens
 * @throws {StartRefused} when the address cannot be used
 */
export async function openListener(
  at: HostAndPort,
  flag: string,
  options: ServerOptions,
  handler: RequestListener,
  prepare: (server: Server) => void = () => {},
): Promise<Listener> {
  let isLeaving = false;
  const keptMs = options.keepAliveTimeout;
  const turns = new TurnTaking((request, response) => {
    if (isLeaving) response.shouldKeepAlive = false;
    if (keptMs !== undefined) {
      announce(response, keptMs);
      endTimeout(request.socket);
    }
    handler(request, response);
  });
  // 0: Node sets no timers for kept connections; they are looked after here.
  const server = createServer(
    { ...options, ...(keptMs !== undefined && { keepAliveTimeout: 0 }) },
    turns.listener,
  );
  const connections = new OpenConnections(server, turns);
  if (keptMs !== undefined) closeUnused(server, connections, keptMs);
  prepare(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(addressRefused(error, at, flag)));
    server.listen(at.port, at.host, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  return {
    address: { address, port },
    leave() {
      isLeaving = true;
    },
    close: (patienceMs) => drain(server, connections, patienceMs),
  };
}

/** Has the answer say how long its connection is kept: Node writes that from a field, which it has from the server's setting. */
function announce(response: ServerResponse, keptMs: number): void {
  (response as { _keepAliveTimeout?: number })._keepAliveTimeout = keptMs;
}

/** Closes connections that are not used for that long, at the earliest; nobody who was told so meets a closed one in time. */
function closeUnused(server: Server, connections: OpenConnections, keptMs: number): void {
  const looking = setInterval(
    () => connections.closeUnused(LOOKS, keptMs),
    Math.ceil(keptMs / LOOKS),
  ).unref();
  server.once('close', () => clearInterval(looking));
}

async function drain(server: Server, connections: OpenConnections, patienceMs: number): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
  await connections.untilNobodyWaits();
  // As a plain socket: the HTTP server's own way closes what is idle at once, a request that is just arriving included.
  const ended = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  // A connection that was busy at first falls idle with its answer, and would be kept alive: sweep until all are gone.
  const sweep = setInterval(() => connections.closeIdle(), SWEEP_EVERY_MS);
  connections.closeIdle();
  await ended;
  clearInterval(sweep);
  clearTimeout(cutOff);
  server.close();
}

function addressRefused(error: unknown, at: HostAndPort, flag: string): unknown {
  const reason = ADDRESS_TROUBLE[systemErrorCode(error) ?? ''];
  if (reason === undefined) return error;
  return new StartRefused(`cannot listen on ${writtenAddress(at)}: ${reason}; choose another with ${flag}`, {
    cause: error,
  });
}

const ADDRESS_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses this port',
  EACCES: 'this user may not use this port',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this machine has no such address',
};
