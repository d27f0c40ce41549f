/** The peers' side of the conversation that peer.ts describes: one JSON text a line, each way. */
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** The next thing the test says. */
export async function hear() {
  return JSON.parse((await lines.next()).value);
}

/** Tells the test something. */
export function say(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Ends the conversation, so that the process can end. */
export function hangUp() {
  process.stdin.destroy();
}
