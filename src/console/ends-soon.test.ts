import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aConnection } from '../../test/support/records.ts';
import { Secret } from '../base/index.ts';
import { endingOnes } from './connections/ending-connections.ts';
import { endsSoon } from './ends-soon.ts';

const DAY = 86_400;

describe('the end of something of one’s own', () => {
  it('is near within seven days, or in the last third of a shorter life', () => {
    const year = { from: 0, end: 365 * DAY };
    assert.equal(endsSoon(year, 357 * DAY), false);
    assert.equal(endsSoon(year, 358 * DAY), true);
    assert.equal(endsSoon(year, 365 * DAY), false);
    const week = { from: 0, end: 7 * DAY };
    assert.equal(endsSoon(week, 0), false);
    assert.equal(endsSoon(week, 5 * DAY), true);
  });

  it('of a connection is the end of what renews it, where something does', () => {
    const soon = { createdAt: 0, renewedAt: null, expiresAt: 31 * DAY };
    const ended = (changes: object) =>
      endingOnes([aConnection('c', { ...soon, sessionHandle: null, ...changes })], 30 * DAY).length;
    assert.equal(ended({}), 1);
    assert.equal(ended({ sessionHandle: new Secret('handle'), sessionExpiresAt: 90 * DAY }), 0);
    assert.equal(ended({ sessionHandle: new Secret('handle'), sessionExpiresAt: null }), 0);
    assert.equal(ended({ state: 'dead' }), 0);
    assert.equal(ended({ expiresAt: null }), 0);
  });
});
