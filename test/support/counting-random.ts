/** Randomness that repeats: a counter run through SHA-256. For tests only. */
import { createHash } from 'node:crypto';
import type { RandomSource } from '../../src/base/index.ts';

/** A source that gives the same bytes in every run. */
export function countingRandom(): RandomSource {
  let count = 0;
  return {
    bytes(length) {
      const parts: Buffer[] = [];
      for (let have = 0; have < length; have += 32) {
        count += 1;
        parts.push(createHash('sha256').update(`seed ${count}`).digest());
      }
      return Buffer.concat(parts).subarray(0, length);
    },
  };
}
