/**
 * The connections of a server that is to end. Which of them may be closed without harm is not what Node calls idle: a
 * connection that has just been accepted is idle too, but its request may be on the way already, and closing it would
 * reset that. So a connection that never had a request is left a moment; one that had some and waits is closed.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a request may take from the acceptance of its connection until it arrives here. */
const ARRIVAL_MS = 1_000;

/** A server to which somebody connects in every turn stops listening all the same. */
const MOST_TURNS = 10_000;

interface Life {
  readonly acceptedAt: number;
  requests: number;
  /** Requests that are not answered yet. */
  underWay: number;
}

/** Follows the connections of one server. */
export class OpenConnections {
  readonly #lives = new Map<Socket, Life>();
  #accepted = 0;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#accepted += 1;
      this.#lives.set(socket, { acceptedAt: performance.now(), requests: 0, underWay: 0 });
      socket.once('close', () => this.#lives.delete(socket));
    });
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const life = this.#lives.get(request.socket);
      if (life === undefined) return;
      life.requests += 1;
      life.underWay += 1;
      response.once('close', () => {
        life.underWay -= 1;
      });
    });
  }

  /**
   * Resolves right after a turn of the event loop in which nobody asked to be accepted: the moment to stop listening,
   * since whoever has connected and is not accepted by then is reset.
   */
  async untilNobodyWaits(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const before = this.#accepted;
      await nextTurn();
      if (this.#accepted === before) return;
    }
  }

  /** Closes those that wait for nothing. */
  closeIdle(): void {
    const acceptedBefore = performance.now() - ARRIVAL_MS;
    for (const [socket, { acceptedAt, requests, underWay }] of this.#lives) {
      const isFresh = requests === 0 && acceptedAt > acceptedBefore;
      if (underWay === 0 && !isFresh) socket.destroy();
    }
  }
}
