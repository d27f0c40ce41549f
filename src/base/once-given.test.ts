import { equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { onceGiven } from './index.ts';

describe('what is asked for once', () => {
  it('is asked for by the first alone, and is the same for all', async () => {
    let times = 0;
    const given = onceGiven(async () => ({ time: ++times }));
    const [first, second] = await Promise.all([given(), given()]);
    equal(first, second);
    equal(await given(), first);
    equal(first.time, 1);
  });

  it('is asked for again after a failure, of which everybody is told who waited', async () => {
    let times = 0;
    const given = onceGiven(async () => {
      times += 1;
      if (times === 1) throw new Error('not now');
      return times;
    });
    await Promise.all([1, 2].map(() => rejects(given(), /not now/)));
    equal(await given(), 2);
    equal(await given(), 2);
  });
});
