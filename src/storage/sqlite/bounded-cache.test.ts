import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
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

  it('is empty once cleared', () => {
    const cache = new BoundedCache<number>(2);
    for (const key of ['a', 'b', 'c']) cache.set(key, 1);
    cache.clear();
    for (const key of ['a', 'b', 'c']) equal(cache.get(key), undefined);
  });
});
