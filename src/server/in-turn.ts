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
  /** The answer that is under way; null if none is. One that is closed is not, any more. */
  answering: ServerResponse | null;
  readonly waiting: { readonly request: IncomingMessage; readonly response: ServerResponse }[];
}

/** The same handler, called for one request of a connection at a time. */
export function inTurn(handler: RequestListener): RequestListener {
  const connections = new WeakMap<Socket, Turns>();

  /** Handles one; gives its answer, unless that is there at once: then nothing is under way that the next would add to. */
  function begin(request: IncomingMessage, response: ServerResponse): ServerResponse | null {
    handler(request, response);
    return response.writableEnded || response.closed ? null : response;
  }

  function goOn(socket: Socket, turns: Turns): void {
    let answering: ServerResponse | null = null;
    while (answering === null && turns.waiting.length > 0 && !socket.destroyed) {
      const { request, response } = turns.waiting.shift()!;
      answering = begin(request, response);
    }
    turns.answering = answering;
    if (answering === null) turns.waiting.length = 0;
    else if (turns.waiting.length > 0) answering.once('close', () => goOn(socket, turns));
  }

  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    let turns = connections.get(socket);
    if (turns === undefined) {
      turns = { answering: null, waiting: [] };
      connections.set(socket, turns);
    }
    const { answering, waiting } = turns;
    // Nearly no client sends a request before it has its answer: so nobody listens for an answer's end until one does.
    if (answering === null || answering.closed) turns.answering = begin(request, response);
    else if (waiting.length === MOST_WAITING) socket.destroy();
    else {
      if (waiting.length === 0) answering.once('close', () => goOn(socket, turns));
      waiting.push({ request, response });
    }
  };
}
