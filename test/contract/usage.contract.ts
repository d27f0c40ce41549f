/** What every storage must do with counts of accepted requests. */
import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { dayOf, type UsageCount } from '../../src/model/index.ts';
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

    it('are purged so many at a time', async () => {
      const { usage } = opened.storage;
      await usage.add([3, 2, 1, 0].map((ago) => aCount({ day: TODAY - ago })));
      equal(await usage.purge(TODAY, 2), 2);
      equal(await usage.purge(TODAY, 9), 1);
      deepEqual((await usage.list({ fromDay: 0 }, PAGE)).rows, [aCount()]);
    });
  });
}
