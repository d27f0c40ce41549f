/**
 * Reads a body whole, as bytes: what was sent is what is verified, so no Content-Encoding is undone and no
 * character set is guessed. The limit is held against the announced length first and against what really
 * arrives after that; a body that breaks off is nobody's request any more.
 */
import type { IncomingMessage } from 'node:http';
import { NO_BYTES } from '../base/index.ts';
import { BodyBudget } from './body-budget.ts';
import { WireRefused } from './wire-refused.ts';

/** Limit for endpoints and forms, in bytes. */
export const ENDPOINT_BODY_LIMIT = 1_048_576;

/** Of this process, since it is its memory. */
const BUDGET = new BodyBudget(268_435_456);

/** Largest body that is remembered with its request, in bytes. */
const REMEMBERED_BODY_LIMIT = 65_536;

const REMEMBERED = new WeakMap<IncomingMessage, Uint8Array>();

/**
 * The body that `readBody` gave for a request, for whoever has to tell of the request afterwards; null if it was not
 * read, or was too large to be remembered.
 */
export function rememberedBody(incoming: IncomingMessage): Uint8Array | null {
  return REMEMBERED.get(incoming) ?? null;
}

/**
 * The body's bytes; empty if there is none.
 * @param limitBytes most bytes accepted
 * @param budget what all bodies that arrive at the same time share
 * @throws {WireRefused} 413 beyond the limit, 400 when the sender breaks off, 503 beyond the budget
 */
export function readBody(
  incoming: IncomingMessage,
  limitBytes: number = ENDPOINT_BODY_LIMIT,
  budget: BodyBudget = BUDGET,
): Promise<Uint8Array> {
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > limitBytes) return Promise.reject(tooLarge(limitBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const account = budget.open();
    let length = 0;

    function settle(): void {
      account.close();
      incoming.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
    }
    function onData(chunk: Buffer): void {
      length += chunk.length;
      try {
        if (length > limitBytes) throw tooLarge(limitBytes);
        account.charge(length);
        chunks.push(chunk);
      } catch (refused) {
        settle();
        incoming.pause();
        reject(refused);
      }
    }
    function onEnd(): void {
      settle();
      const body =
        chunks.length === 0 ? NO_BYTES : chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
      if (length <= REMEMBERED_BODY_LIMIT) REMEMBERED.set(incoming, body);
      resolve(body);
    }
    function onBroken(): void {
      settle();
      reject(new WireRefused(400, 'The request body broke off before its end.'));
    }

    if (incoming.destroyed && !incoming.readableEnded) return onBroken();
    if (incoming.readableEnded) return resolve(NO_BYTES);
    incoming.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}

function tooLarge(limitBytes: number): WireRefused {
  return new WireRefused(413, `The request body is larger than ${limitBytes} bytes.`);
}
