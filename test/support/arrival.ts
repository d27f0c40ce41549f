/**
 * What a request is to the event loop of a server that hears of it: something that has arrived, so that a new turn began.
 * `setImmediate` may still call back in the turn that goes on, as a fast machine sometimes does.
 */
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';

/** Lasts until the event loop has taken what has arrived: this has, so it is among the very next. */
export async function arrival(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const arrived = once(port1, 'message');
  port2.postMessage('request');
  await arrived;
  port1.close();
}
