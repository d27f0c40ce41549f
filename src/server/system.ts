/** Time and randomness of the running system: the only place where they enter the program. */
import { randomBytes, randomFillSync } from 'node:crypto';
import type { Clock, RandomSource } from '../base/index.ts';

/** The machine's clock. */
export const systemClock: Clock = { milliseconds: () => Date.now() };

/** Bytes that are drawn at once. */
const DRAWN_BYTES = 1024;

const drawn = new Uint8Array(DRAWN_BYTES);
let left = 0;

/**
 * The operating system's source of strong randomness. Many bytes are drawn at once, since asking takes longer than signing
 * with what it gives; each is given once, and wiped here.
 */
export const systemRandom: RandomSource = {
  bytes(length) {
    if (length > DRAWN_BYTES / 4) return randomBytes(length);
    if (length > left) {
      randomFillSync(drawn);
      left = DRAWN_BYTES;
    }
    const begin = left - length;
    const given = drawn.slice(begin, left);
    drawn.fill(0, begin, left);
    left = begin;
    return given;
  },
};
