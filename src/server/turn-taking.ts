/**
 * Requests that a client sends on one connection without waiting for answers (pipelining, RFC 9112 s9.3.2) are handled
 * one after the other, as they are answered. Node hands them out all at once: a stranger who sends fifty at a time on a
 * hundred connections would have thousands under way, each with its queries, before an honest request has its turn; and
 * they would be worked off for nobody once the connection is gone.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A connection on which more requests wait for their turn is closed, which a client that does this has to expect. */
export const MOST_WAITING = 100;

/** What happens on one connection. */
interface Turns {
  /** The answer that was begun last. One that was there at once is none to wait for, though it may still be on its way. */
  last: ServerResponse;
  /** Whether the next request waits for it, unless it is closed. */
  isUnderWay: boolean;
  readonly waiting: { readonly request: IncomingMessage; readonly response: ServerResponse }[];
}

/** Calls a handler for one request of a connection at a time. */
export class TurnTaking {
  readonly #handler: RequestListener;
  readonly #connections = new WeakMap<Socket, Turns>();

  constructor(handler: RequestListener) {
    this.#handler = handler;
  }

  /** For `createServer`. */
  readonly listener: RequestListener = (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    const turns = this.#connections.get(socket);
    if (turns === undefined) {
      const first: Turns = { last: response, isUnderWay: true, waiting: [] };
      this.#connections.set(socket, first);
      this.#begin(first, request, response);
      return;
    }
    const { last, isUnderWay, waiting } = turns;
    // Nearly no client sends a request before it has its answer: so nobody listens for an answer's end until one does.
    if (!isUnderWay || last.closed) this.#begin(turns, request, response);
    else if (waiting.length === MOST_WAITING) socket.destroy();
    else {
      if (waiting.length === 0) last.once('close', () => this.#goOn(socket, turns));
      waiting.push({ request, response });
    }
  };

  /**
   * Whether a connection never had a request, has one whose answer has not left yet, or waits. It is asked of a server that
   * ends; so no request pays for being followed.
   */
  stateOf(socket: Socket): 'unused' | 'busy' | 'idle' {
    const turns = this.#connections.get(socket);
    if (turns === undefined) return 'unused';
    return turns.waiting.length > 0 || !turns.last.closed ? 'busy' : 'idle';
  }

  /** Handles one. If its answer is there at once, nothing is under way that the next would add to. */
  #begin(turns: Turns, request: IncomingMessage, response: ServerResponse): void {
    turns.last = response;
    this.#handler(request, response);
    turns.isUnderWay = !(response.writableEnded || response.closed);
  }

  #goOn(socket: Socket, turns: Turns): void {
    turns.isUnderWay = false;
    while (!turns.isUnderWay && turns.waiting.length > 0 && !socket.destroyed) {
      const { request, response } = turns.waiting.shift()!;
      this.#begin(turns, request, response);
    }
    if (!turns.isUnderWay) turns.waiting.length = 0;
    else if (turns.waiting.length > 0) turns.last.once('close', () => this.#goOn(socket, turns));
  }
}
