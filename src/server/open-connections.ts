/**
 * The connections of a server that is to end. Which of them may be closed without harm is not what Node calls idle: a
 * connection that has just been accepted is idle too, but its request may be on the way already, and closing it would
 * reset that. So a connection that never had a request is left a moment; one that had some and waits is closed.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TurnTaking } from './turn-taking.ts';

/** How long a request may take from the acceptance of its connection until it arrives here. */
const ARRIVAL_MS = 1_000;

/** A server to which somebody connects in every turn stops listening all the same. */
const MOST_TURNS = 10_000;

/** Follows the connections of one server. */
export class OpenConnections {
  readonly #turns: TurnTaking;
  /** When each was accepted, in milliseconds. */
  readonly #acceptedAt = new Map<Socket, number>();
  #accepted = 0;

  constructor(server: Server, turns: TurnTaking) {
    this.#turns = turns;
    server.on('connection', (socket: Socket) => {
      this.#accepted += 1;
      this.#acceptedAt.set(socket, performance.now());
      socket.once('close', () => this.#acceptedAt.delete(socket));
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
    for (const [socket, acceptedAt] of this.#acceptedAt) {
      const state = this.#turns.stateOf(socket);
      const isFresh = state === 'unused' && acceptedAt > acceptedBefore;
      if (state !== 'busy' && !isFresh) socket.destroy();
    }
  }
}
