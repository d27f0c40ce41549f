import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Distribution } from './distribution.ts';
import { Tally } from './tally.ts';

describe('a tally', () => {
  it('counts each combination of its labels by itself', () => {
    const tally = new Tally({ face: ['gateway', 'console'], outcome: ['answered', 'failed'] });
    tally.count('gateway', 'failed');
    tally.count('console', 'answered');
    tally.add(3, 'console', 'answered');
    assert.deepEqual(tally.read(), [
      { labels: { face: 'gateway', outcome: 'answered' }, value: 0 },
      { labels: { face: 'gateway', outcome: 'failed' }, value: 1 },
      { labels: { face: 'console', outcome: 'answered' }, value: 4 },
      { labels: { face: 'console', outcome: 'failed' }, value: 0 },
    ]);
  });

  it('counts what is not in a list as its last value, whatever strangers send', () => {
    const tally = new Tally({ problem: ['nonce_used'], face: ['gateway'], method: ['HMAC-SHA1', 'other'] });
    for (let n = 0; n < 1000; n += 1) tally.count('nonce_used', 'gateway', `METHOD-${n}`);
    assert.deepEqual(
      tally.read().filter(({ value }) => value > 0),
      [{ labels: { problem: 'nonce_used', face: 'gateway', method: 'other' }, value: 1000 }],
    );
  });

  it('leaves out zeros when it is large', () => {
    const many = Array.from({ length: 100 }, (_, index) => String(index));
    const tally = new Tally({ number: many });
    assert.deepEqual(tally.read(), []);
    tally.count('7');
    assert.deepEqual(tally.read(), [{ labels: { number: '7' }, value: 1 }]);
  });
});

describe('a distribution', () => {
  it('gives in each bucket what is at most its bound, then the sum and the count', () => {
    const seconds = new Distribution([0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 7]) seconds.observe(value);
    const read = seconds.read('x').map(({ metricName, labels, value }) => [metricName, labels.le, value]);
    assert.deepEqual(read, [
      ['x_bucket', '0.1', 2],
      ['x_bucket', '1', 3],
      ['x_bucket', '+Inf', 4],
      ['x_sum', undefined, 7.65],
      ['x_count', undefined, 4],
    ]);
  });
});
