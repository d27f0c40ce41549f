/** What every storage must do with refused requests. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unpackRefusal } from '../../src/model/index.ts';
import { aRefusal, NOW } from '../support/records.ts';
import { type OpenStorage, withStorage } from './opened-storage.ts';

const ROOMY = { perConsumer: 50, inAll: 1000 };
const PAGE = { search: '', offset: 0, limit: 100 };

export function describeRefusals(open: OpenStorage): void {
  describe('refused requests', () => {
    const opened = withStorage(open);
    const ids = async (filter = {}, query = {}) =>
      (await opened.storage.refusals.list(filter, { ...PAGE, ...query })).rows.map((row) => row.requestId);

    it('come back as they were, byte for byte', async () => {
      const { refusals } = opened.storage;
      await refusals.add([aRefusal('a')], ROOMY);
      const found = await refusals.find('a');
      deepEqual(unpackRefusal(found!), unpackRefusal(aRefusal('a')));
      const { request: _request, ...summary } = aRefusal('a');
      deepEqual((await refusals.list({}, PAGE)).rows, [summary]);
      equal(await refusals.find('b'), null);
    });

    it('are listed newest first, filtered, searched and paged', async () => {
      await opened.storage.refusals.add(
        [
          aRefusal('a', { at: NOW - 2, problem: 'nonce_used' }),
          aRefusal('b', { at: NOW, consumerKey: 'other', path: '/100%_x' }),
          aRefusal('c', { at: NOW - 1, consumerKey: null, isKnownConsumer: false }),
        ],
        ROOMY,
      );
      deepEqual(await ids(), ['b', 'c', 'a']);
      deepEqual(await ids({ consumerKey: 'wiki' }), ['a']);
      deepEqual(await ids({ problem: 'signature_invalid', since: NOW }), ['b']);
      deepEqual(await ids({}, { search: '%_X' }), ['b']);
      deepEqual(await ids({}, { offset: 1, limit: 1 }), ['c']);
      equal((await opened.storage.refusals.list({}, { ...PAGE, limit: 1 })).total, 3);
    });

    it('are bounded for each consumer, so that none pushes another’s out', async () => {
      const { refusals } = opened.storage;
      await refusals.add([aRefusal('honest', { at: NOW - 99 })], ROOMY);
      const flood = Array.from({ length: 30 }, (_, index) =>
        aRefusal(`flood-${index}`, { consumerKey: 'other', at: NOW + index }),
      );
      await refusals.add(flood, { perConsumer: 3, inAll: 1000 });
      deepEqual(await ids(), ['flood-29', 'flood-28', 'flood-27', 'honest']);
    });

    it('of strangers share one quota, whatever keys they name', async () => {
      const { refusals } = opened.storage;
      await refusals.add([aRefusal('honest', { at: NOW - 99 })], ROOMY);
      for (const index of [1, 2, 3, 4]) {
        const stranger = { consumerKey: `made-up-${index}`, isKnownConsumer: false, at: NOW + index };
        await refusals.add([aRefusal(`s${index}`, stranger)], { perConsumer: 2, inAll: 1000 });
      }
      deepEqual(await ids(), ['s4', 's3', 'honest']);
    });

    it('are bounded in all', async () => {
      const { refusals } = opened.storage;
      const many = Array.from({ length: 9 }, (_, index) =>
        aRefusal(`r${index}`, { consumerKey: `k${index}`, at: NOW + index }),
      );
      await refusals.add(many, { perConsumer: 5, inAll: 2 });
      deepEqual(await ids(), ['r8', 'r7']);
    });

    it('are never replaced under a request id that comes again: a client may choose it, behind some proxies', async () => {
      const { refusals } = opened.storage;
      await refusals.add([aRefusal('a', { problem: 'nonce_used' })], ROOMY);
      const stranger = { consumerKey: 'made-up', isKnownConsumer: false };
      await refusals.add(
        [aRefusal('a', { at: NOW + 5, ...stranger }), aRefusal('b'), aRefusal('b', stranger)],
        ROOMY,
      );
      const { request: _request, ...kept } = (await refusals.find('a'))!;
      const { request: _first, ...first } = aRefusal('a', { problem: 'nonce_used' });
      deepEqual(kept, first);
      equal((await refusals.find('b'))?.consumerKey, 'wiki');
      equal((await ids()).length, 2);
    });

    it('are purged so many at a time', async () => {
      const { refusals } = opened.storage;
      await refusals.add(
        ['a', 'b', 'c'].map((id) => aRefusal(id)),
        ROOMY,
      );
      await refusals.add([aRefusal('d', { at: NOW + 100 })], ROOMY);
      equal(await refusals.purge(NOW + 1, 2), 2);
      equal(await refusals.purge(NOW + 1, 9), 1);
      deepEqual(await ids(), ['d']);
    });
  });
}
