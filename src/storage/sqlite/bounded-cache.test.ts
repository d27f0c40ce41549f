import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryInUse } from '../../../test/support/memory-in-use.ts';
import { BoundedCache } from './bounded-cache.ts';

describe('a bounded cache', () => {
  it('never holds more than its bound, and keeps what is used', () => {
    const cache = new BoundedCache<number>(100);
    for (let index = 0; index < 1000; index += 1) {
      cache.set(`k${index}`, index);
      equal(cache.get('k0'), 0);
    }
    let held = 0;
    for (let index = 0; index < 1000; index += 1) if (cache.get(`k${index}`) !== undefined) held += 1;
    ok(held > 1 && held <= 100, `${held} held`);
  });

  it('does not keep the texts in memory that its keys were parts of', () => {
    const cache = new BoundedCache<number>(1_000);
    const before = memoryInUse();
    for (let index = 0; index < 200; index += 1) {
      const text = Buffer.alloc(200_000, 'a').toString('latin1');
      cache.set(text.slice(0, 100 + index), index);
    }
    const kept = memoryInUse() - before;
    ok(kept < 10_000_000, `${kept} bytes`);
    equal(cache.get('a'.repeat(299)), 199);
  });

  it('is empty once cleared', () => {
    const cache = new BoundedCache<number>(2);
    for (const key of ['a', 'b', 'c']) cache.set(key, 1);
    cache.clear();
    for (const key of ['a', 'b', 'c']) equal(cache.get(key), undefined);
  });
});
