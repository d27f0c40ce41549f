/**
 * Identifiers of requests that nobody named: random UUIDs (RFC 9562 s5.4), each given once. Many are written at once,
 * and each is a piece of that text: one by one, they took as long as looking up a consumer, its token and its user.
 */
import { randomFillSync } from 'node:crypto';

const WRITTEN_AT_ONCE = 128;
const LENGTH = 36;
const BYTES = 16;

const DIGITS = '0123456789abcdef';
const DASH = '-'.charCodeAt(0);
const HIGH = Uint8Array.from({ length: 256 }, (_, byte) => DIGITS.charCodeAt(byte >> 4));
const LOW = Uint8Array.from({ length: 256 }, (_, byte) => DIGITS.charCodeAt(byte & 15));

const random = new Uint8Array(WRITTEN_AT_ONCE * BYTES);
const characters = Buffer.alloc(WRITTEN_AT_ONCE * LENGTH);
let written = '';
let given = 0;

/** An identifier that was never given before. */
export function newRequestId(): string {
  if (given === written.length) writeMany();
  given += LENGTH;
  return written.slice(given - LENGTH, given);
}

function writeMany(): void {
  randomFillSync(random);
  for (let index = 0; index < WRITTEN_AT_ONCE; index += 1) writeOne(index * BYTES, index * LENGTH);
  written = characters.toString('latin1');
  given = 0;
}

function writeOne(from: number, to: number): void {
  random[from + 6] = (random[from + 6]! & 0x0f) | 0x40;
  random[from + 8] = (random[from + 8]! & 0x3f) | 0x80;
  let at = to;
  for (let index = 0; index < BYTES; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) characters[at++] = DASH;
    const byte = random[from + index]!;
    characters[at++] = HIGH[byte]!;
    characters[at++] = LOW[byte]!;
  }
}
