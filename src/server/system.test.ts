import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemRandom } from './system.ts';

describe('the randomness of the system', () => {
  it('gives as many bytes as are asked for, each of them once', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 400; round += 1) {
      for (const length of [16, 24, 40, 255, 256, 257, 2000]) {
        const bytes = systemRandom.bytes(length);
        equal(bytes.length, length);
        seen.add(Buffer.from(bytes.subarray(0, 16)).toString('hex'));
      }
    }
    equal(seen.size, 2800);
  });

  it('leaves what it has given to its receiver alone', () => {
    const mine = systemRandom.bytes(32);
    const copy = Buffer.from(mine);
    for (let round = 0; round < 200; round += 1) systemRandom.bytes(32);
    ok(copy.equals(mine));
    ok(mine.some((byte) => byte !== 0));
  });

  it('gives nothing when nothing is asked for', () => {
    equal(systemRandom.bytes(0).length, 0);
  });
});
