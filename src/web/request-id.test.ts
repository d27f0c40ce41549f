import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newRequestId } from './request-id.ts';

describe('an identifier of a request', () => {
  const many = Array.from({ length: 1_000 }, newRequestId);

  it('is a random UUID', () => {
    for (const id of many)
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is given once', () => assert.equal(new Set(many).size, many.length));

  it('has every digit at every place that is not fixed', () => {
    const fixed = [8, 13, 14, 18, 19, 23];
    for (let place = 0; place < 36; place += 1) {
      if (!fixed.includes(place)) assert.equal(new Set(many.map((id) => id[place])).size, 16, String(place));
    }
  });
});
