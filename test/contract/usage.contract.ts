/** What every storage must do with counts of accepted requests. */
import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { dayOf, type UsageCount, type UsageWay } from '../../src/model/index.ts';
import { aConsumer, anEvent, NOW } from '../support/records.ts';
import { type OpenStorage, withStorage } from './opened-storage.ts';

const TODAY = dayOf(NOW);
const PAGE = { offset: 0, limit: 100 };

function aCount(fields: Partial<UsageCount> = {}): UsageCount {
  return {
    consumerKey: 'wiki',
    day: TODAY,
    method: 'HMAC-SHA1',
    version: '1.0a',
    requests: 1,
    lastAt: NOW,
    ...fields,
  };
}

export function describeUsage(open: OpenStorage): void {
  describe('counts of accepted requests', () => {
    const opened = withStorage(open);
    beforeEach(async () => {
      await opened.storage.consumers.add(aConsumer(), anEvent());
      await opened.storage.consumers.add(aConsumer({ key: 'cli', name: 'Command line' }), anEvent());
    });

    it('add up by consumer, day, method and version, and keep the last moment', async () => {
      const { usage } = opened.storage;
      await usage.add([aCount({ requests: 2, lastAt: NOW + 9 })]);
      await usage.add([aCount({ requests: 3 }), aCount({ version: '1.0' }), aCount({ day: TODAY - 1 })]);
      deepEqual(await usage.list({ fromDay: 0 }, PAGE), {
        rows: [
          aCount({ version: '1.0' }),
          aCount({ requests: 5, lastAt: NOW + 9 }),
          aCount({ day: TODAY - 1 }),
        ],
        total: 3,
      });
    });

    it('are listed newest first, filtered and paged', async () => {
      const { usage } = opened.storage;
      await usage.add([aCount({ day: TODAY - 2 }), aCount(), aCount({ consumerKey: 'cli' })]);
      const keys = async (filter: { consumerKey?: string; fromDay: number }, page = PAGE) =>
        (await usage.list(filter, page)).rows.map(({ consumerKey, day }) => `${consumerKey} ${day - TODAY}`);
      deepEqual(await keys({ fromDay: 0 }), ['cli 0', 'wiki 0', 'wiki -2']);
      deepEqual(await keys({ fromDay: TODAY - 1 }), ['cli 0', 'wiki 0']);
      deepEqual(await keys({ fromDay: 0, consumerKey: 'wiki' }, { offset: 1, limit: 1 }), ['wiki -2']);
      equal((await usage.list({ fromDay: 0 }, { offset: 0, limit: 1 })).total, 3);
    });

    it('are summed by day and method', async () => {
      const { usage } = opened.storage;
      await usage.add([
        aCount({ requests: 2 }),
        aCount({ consumerKey: 'cli', version: '1.0', requests: 3 }),
        aCount({ method: 'PLAINTEXT', day: TODAY - 1 }),
        aCount({ day: TODAY - 40 }),
      ]);
      deepEqual(await usage.perDay({ fromDay: TODAY - 30 }), [
        { day: TODAY - 1, method: 'PLAINTEXT', requests: 1 },
        { day: TODAY, method: 'HMAC-SHA1', requests: 5 },
      ]);
      deepEqual(await usage.perDay({ fromDay: TODAY, consumerKey: 'cli' }), [
        { day: TODAY, method: 'HMAC-SHA1', requests: 3 },
      ]);
    });

    it('are summed by consumer, method and version, the busiest first', async () => {
      const { usage } = opened.storage;
      await usage.add([
        aCount({ requests: 2 }),
        aCount({ day: TODAY - 1, requests: 3, lastAt: NOW - 86_400 }),
        aCount({ consumerKey: 'cli', requests: 9 }),
      ]);
      const { day: _day, ...count } = aCount();
      deepEqual(await usage.perConsumer({ fromDay: TODAY - 1 }), [
        { ...count, consumerKey: 'cli', consumerName: 'Command line', requests: 9 },
        { ...count, consumerName: 'Wiki', requests: 5 },
      ]);
    });

    it('go with their consumer, and are dropped when it is gone already', async () => {
      const { usage, consumers } = opened.storage;
      await usage.add([aCount(), aCount({ consumerKey: 'cli' })]);
      await consumers.remove('wiki', anEvent());
      await usage.add([aCount({ requests: 7 }), aCount({ consumerKey: 'cli' })]);
      deepEqual((await usage.list({ fromDay: 0 }, PAGE)).rows, [aCount({ consumerKey: 'cli', requests: 2 })]);
    });

    it('name those who used a way since a day, first those with the most requests ever, and count them up to a bound', async () => {
      const { usage, consumers } = opened.storage;
      await consumers.add(aConsumer({ key: 'new' }), anEvent());
      await usage.add([
        aCount({ requests: 2 }),
        aCount({ method: 'RSA-SHA1', day: TODAY - 40, requests: 3 }),
        aCount({ consumerKey: 'cli', requests: 4 }),
        aCount({ consumerKey: 'cli', method: 'PLAINTEXT', version: '1.0', day: TODAY - 9 }),
        aCount({ consumerKey: 'new', method: 'HMAC-SHA256', requests: 9 }),
      ]);
      const leaders = (way: UsageWay, fromDay = 0, limit = 9, countUpTo = 9) =>
        usage.leaders({ way, fromDay, limit, countUpTo });
      deepEqual(await leaders('any'), { rows: ['new', 'cli', 'wiki'], total: 3 });
      deepEqual(await leaders('sha1', TODAY), { rows: ['wiki', 'cli'], total: 2 });
      deepEqual(await leaders('sha1', TODAY, 1, 9), { rows: ['wiki'], total: 2 });
      deepEqual(await leaders('any', TODAY, 1, 2), { rows: ['new'], total: 2 });
      deepEqual(await leaders('legacy10', TODAY - 9), { rows: ['cli'], total: 1 });
      deepEqual(await leaders('plaintext', TODAY - 8), { rows: [], total: 0 });
    });

    it('are summed for some consumers only', async () => {
      const { usage } = opened.storage;
      await usage.add([aCount(), aCount({ consumerKey: 'cli' }), aCount({ day: TODAY - 1 })]);
      const { day: _day, ...count } = aCount();
      deepEqual(await usage.perConsumerOf(['wiki', 'gone'], TODAY), [{ ...count, consumerName: 'Wiki' }]);
      deepEqual(await usage.perConsumerOf([], 0), []);
    });

    it('are summed as they are, whatever was added, purged or went with its consumer', async () => {
      const { usage, consumers } = opened.storage;
      const leaders = (way: UsageWay) => usage.leaders({ way, fromDay: 0, limit: 9, countUpTo: 9 });
      const both = (fields: Partial<UsageCount>) => [
        aCount({ ...fields, requests: 2 }),
        aCount({ ...fields, consumerKey: 'cli', requests: 3 }),
      ];
      const old = { day: TODAY - 2, method: 'PLAINTEXT', version: '1.0' } as const;
      await usage.add([...both({}), ...both(old), ...both({ version: '1.0' })]);
      await usage.add([...both({}), ...both(old)]);
      deepEqual(await usage.perDay({ fromDay: 0 }), [
        { day: TODAY - 2, method: 'PLAINTEXT', requests: 10 },
        { day: TODAY, method: 'HMAC-SHA1', requests: 15 },
      ]);
      equal(await usage.purge(TODAY, 9), 2);
      deepEqual(await leaders('plaintext'), { rows: [], total: 0 });
      deepEqual(await leaders('legacy10'), { rows: ['cli', 'wiki'], total: 2 });
      await consumers.remove('cli', anEvent());
      deepEqual(await usage.perDay({ fromDay: 0 }), [{ day: TODAY, method: 'HMAC-SHA1', requests: 6 }]);
      deepEqual(await leaders('any'), { rows: ['wiki'], total: 1 });
      await consumers.remove('wiki', anEvent());
      deepEqual(await usage.perDay({ fromDay: 0 }), []);
    });

    it('are purged so many at a time', async () => {
      const { usage } = opened.storage;
      await usage.add([3, 2, 1, 0].map((ago) => aCount({ day: TODAY - ago })));
      equal(await usage.purge(TODAY, 2), 2);
      equal(await usage.purge(TODAY, 9), 1);
      deepEqual((await usage.list({ fromDay: 0 }, PAGE)).rows, [aCount()]);
    });
  });
}
