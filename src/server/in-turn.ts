/**
 * Requests that a client sends on one connection without waiting for answers (pipelining, RFC 9112 s9.3.2) are handled
 * one after the other, as they are answered. Node hands them out all at once: a stranger who sends fifty at a time on a
 * hundred connections would have thousands under way, each with its queries, before an honest request has its turn; and
 * they would be worked off for nobody once the connection is gone.
 */
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** A connection on which more requests wait for their turn is closed, which a client that does this has to expect. */
export const MOST_WAITING = 100;

/** The same handler, called for one request of a connection at a time. */
export function inTurn(handler: RequestListener): RequestListener {
  /** What waits on each connection that is being answered. */
  const queues = new WeakMap<Socket, (() => void)[]>();
  return (request, response) => {
    const { socket } = request;
    const begin = () => {
      handler(request, response);
      // The hot path answers at once: nothing of it is under way that the next request would add to.
      if (response.writableEnded) goOn();
      else response.once('close', goOn);
    };
    const goOn = () => {
      const next = socket.destroyed ? undefined : queues.get(socket)?.shift();
      if (next === undefined) queues.delete(socket);
      else next();
    };
    const queue = queues.get(socket);
    if (socket.destroyed) return;
    if (queue === undefined) {
      queues.set(socket, []);
      begin();
    } else if (queue.length < MOST_WAITING) queue.push(begin);
    else socket.destroy();
  };
}
