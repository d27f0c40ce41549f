import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FixedClock } from '../../base/index.ts';
import { createMemoryRequestRate } from './index.ts';

const NOW = 1_800_000_000;

describe('request rates in memory', () => {
  it('free one request with every share of the period', () => {
    const clock = new FixedClock(NOW);
    const limiter = createMemoryRequestRate({ requests: 6, seconds: 60 }, clock);
    for (let index = 0; index < 6; index += 1) equal(limiter.take('wiki'), 0);
    equal(limiter.take('wiki'), 10);
    clock.advance(10);
    equal(limiter.take('wiki'), 0);
    equal(limiter.take('wiki'), 10);
    clock.advance(3600);
    for (let index = 0; index < 6; index += 1) equal(limiter.take('wiki'), 0);
  });

  it('lock nobody out for longer than a period when the clock is moved back', () => {
    const clock = new FixedClock(NOW);
    const limiter = createMemoryRequestRate({ requests: 1, seconds: 60 }, clock);
    equal(limiter.take('wiki'), 0);
    clock.advance(-86_400);
    equal(limiter.take('wiki'), 60);
    clock.advance(60);
    equal(limiter.take('wiki'), 0);
  });

  it('forget consumers that come no more', () => {
    const clock = new FixedClock(NOW);
    const limiter = createMemoryRequestRate({ requests: 1, seconds: 1 }, clock);
    for (let index = 0; index < 30_000; index += 1) {
      equal(limiter.take(`consumer ${index}`), 0);
      if (index % 100 === 0) clock.advance(1);
    }
    equal(limiter.take('consumer 0'), 0);
  });
});
