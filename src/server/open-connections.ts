/**
 * The connections of a server: those that nobody uses any more are closed, and all of them when it is to end. Which may
 * be closed without harm then is not what Node calls idle: a connection that has just been accepted is idle too, but its
 * request may be on the way already, and closing it would reset that. So a connection that never had a request is left a
 * moment; one that had some and waits is closed.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TurnTaking } from './turn-taking.ts';

/** How long a request may take from the acceptance of its connection until it arrives here. */
const ARRIVAL_MS = 1_000;

/** A server to which somebody connects in every turn stops listening all the same. */
const MOST_TURNS = 10_000;

/** What is known of one. */
interface Followed {
  /** In milliseconds. */
  readonly acceptedAt: number;
  /** Bytes that had come when it was looked at last, and how many looks ago something had happened. */
  bytes: number;
  quietLooks: number;
  /** Whether the time is running in which the other side has to take more of what lies ready for it. */
  isHurried: boolean;
}

/** Follows the connections of one server. */
export class OpenConnections {
  readonly #turns: TurnTaking;
  readonly #followed = new Map<Socket, Followed>();
  #accepted = 0;

  constructor(server: Server, turns: TurnTaking) {
    this.#turns = turns;
    server.on('connection', (socket: Socket) => {
      this.#accepted += 1;
      this.#followed.set(socket, {
        acceptedAt: performance.now(),
        bytes: 0,
        quietLooks: 0,
        isHurried: false,
      });
      socket.once('close', () => this.#followed.delete(socket));
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

  /**
   * Closes those on which nothing has come since so many looks ago. All are looked at together, now and then: Node's own
   * way (`keepAliveTimeout`) is a timer that each answer sets and each request takes back.
   * @param patienceMs in which some of an answer has to be taken that is not taken yet
   */
  closeUnused(looks: number, patienceMs: number): void {
    for (const [socket, followed] of this.#followed) {
      const bytes = socket.bytesRead;
      const isIdle = this.#turns.stateOf(socket) === 'idle';
      if (isIdle) endTimeout(socket);
      hurry(socket, followed, patienceMs);
      const isQuiet = isIdle && bytes === followed.bytes;
      followed.bytes = bytes;
      followed.quietLooks = isQuiet ? followed.quietLooks + 1 : 0;
      if (followed.quietLooks > looks) socket.destroy();
    }
  }

  /** Closes those that wait for nothing. */
  closeIdle(): void {
    const acceptedBefore = performance.now() - ARRIVAL_MS;
    for (const [socket, { acceptedAt }] of this.#followed) {
      const state = this.#turns.stateOf(socket);
      const isFresh = state === 'unused' && acceptedAt > acceptedBefore;
      if (state !== 'busy' && !isFresh) socket.destroy();
    }
  }
}

/**
 * Whoever asks for long answers and reads none would keep its connection, and the answers, for ever: so the time runs
 * while something lies ready, from whatever was taken last. One that an answer has set itself is left to it.
 */
function hurry(socket: Socket, followed: Followed, patienceMs: number): void {
  const isReady = socket.writableLength > 0;
  if (isReady ? socket.timeout : !followed.isHurried) return;
  followed.isHurried = isReady;
  socket.setTimeout(isReady ? patienceMs : 0);
}

/** An answer may have set a time in which its connection has to go on. It says nothing about the next one, or about none. */
export function endTimeout(socket: Socket): void {
  if (socket.timeout !== undefined && socket.timeout > 0) socket.setTimeout(0);
}
