/** What every counter of requests must do, whoever's clock it goes by: the periods here are too long to end. */
import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RequestRate, RequestRateLimiter } from '../../src/model/index.ts';

/** Runs the contract over one kind of counter. */
export function describeRequestRate(
  name: string,
  open: (rate: RequestRate) => RequestRateLimiter | Promise<RequestRateLimiter>,
): void {
  describe(`request rates in ${name}`, () => {
    it('let a whole period’s requests come at once, and say when the next may', async () => {
      const limiter = await open({ requests: 4, seconds: 3600 });
      for (let index = 0; index < 4; index += 1) equal(await limiter.take('wiki'), 0);
      const wait = await limiter.take('wiki');
      ok(wait > 600 && wait <= 900, `${wait}`);
      ok((await limiter.take('wiki')) <= wait, 'a refused request costs nothing');
    });

    it('count each consumer by itself', async () => {
      const limiter = await open({ requests: 1, seconds: 3600 });
      equal(await limiter.take('wiki'), 0);
      equal(await limiter.take('cli'), 0);
      ok((await limiter.take('wiki')) > 0);
    });

    it('let through exactly as many of those that come together', async () => {
      const limiter = await open({ requests: 7, seconds: 3600 });
      const waits = await Promise.all(Array.from({ length: 50 }, () => limiter.take('wiki')));
      equal(waits.filter((wait) => wait === 0).length, 7);
    });
  });
}
