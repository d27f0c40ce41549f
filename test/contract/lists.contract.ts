/** Long lists: what is few is put in order, what is many is met along it; both must give what a full look would. */
import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type ListPlace, tokenHash } from '../../src/model/index.ts';
import { systemRandom } from '../../src/server/index.ts';
import { importModels } from '../../src/storage/transfer/index.ts';
import { aConsumer, anAccessToken, anEvent, aUser, NOW } from '../support/records.ts';
import { CLOCK, type OpenTransferable, type Transferable } from './transferable.ts';

/** More than what counts as few. */
const MANY = 1100;
const LIST = { search: '', offset: 0, limit: 3, descending: false } as const;

export function describeLists(name: string, open: OpenTransferable): void {
  describe(`long lists over ${name}`, () => {
    let opened: Transferable;
    beforeEach(async () => {
      opened = await open(CLOCK);
      const numbers = Array.from({ length: MANY }, (_, index) => String(index).padStart(4, '0'));
      const tokens = numbers.map((number, index) => ({
        ...anAccessToken(number),
        consumerKey: `app-${number}`,
        userName: index % 2 === 0 ? 'Alice' : 'Bob',
        hash: tokenHash(number),
        createdAt: NOW - index,
        lastUsedAt: index < 3 ? NOW + index : null,
      }));
      const consumers = numbers.map((number) =>
        aConsumer({ key: `app-${number}`, name: `Application ${number}`, createdAt: NOW - Number(number) }),
      );
      const users = [aUser(), aUser({ name: 'Bob', displayName: 'Bob "the" Builder', email: null })];
      const options = { clock: CLOCK, random: systemRandom, onConflict: 'fail', withAccess: true } as const;
      const report = await importModels(
        opened.kept,
        { users, consumers, tokens },
        { ...options, isDryRun: false },
      );
      deepEqual(report.mistakes, []);
    });
    afterEach(() => opened.storage.close());

    const consumers = async (sort: 'name' | 'key' | 'created' | 'used', more = {}) => {
      const { rows, total } = await opened.storage.consumers.list({ ...LIST, sort, ...more });
      return [rows.map((row) => row.consumer.key), total];
    };
    const tokens = async (sort: 'created' | 'used' | 'user' | 'consumer', more = {}) => {
      const { rows, total } = await opened.storage.accessTokens.list({}, { ...LIST, sort, ...more }, NOW);
      return [rows.map((row) => row.token.id), total];
    };

    it('give the same rows whether few or many are found', async () => {
      deepEqual(await consumers('name', { search: 'application 10' }), [
        ['app-1000', 'app-1001', 'app-1002'],
        100,
      ]);
      deepEqual(await consumers('created', { search: 'APPLICATION' }), [
        ['app-1099', 'app-1098', 'app-1097'],
        MANY,
      ]);
      deepEqual(await consumers('key', { search: '99', descending: true }), [
        ['app-1099', 'app-0999', 'app-0998'],
        20,
      ]);
      deepEqual(await consumers('used', { search: 'about', descending: true, limit: 1 }), [
        ['app-0002'],
        MANY,
      ]);
      deepEqual(await consumers('name', { search: 'application "', limit: 1 }), [[], 0]);
      deepEqual(await tokens('consumer', { search: 'application 10' }), [
        ['id-1000', 'id-1001', 'id-1002'],
        100,
      ]);
      deepEqual(await tokens('created', { search: 'everything' }), [['id-1099', 'id-1098', 'id-1097'], MANY]);
      deepEqual(await tokens('used', { search: '"the" b', descending: true, limit: 1 }), [
        ['id-0001'],
        MANY / 2,
      ]);
      deepEqual(await tokens('user', { search: 'nobody' }), [[], 0]);
    });

    it('are gone through in their order, also where many are found', async () => {
      const goThrough = async (search: string) => {
        const ids: string[] = [];
        let place: { after?: ListPlace } = {};
        for (let more = true; more; ) {
          const query = { ...LIST, sort: 'used', descending: true, limit: 275, search, ...place } as const;
          const { rows, end } = await opened.storage.accessTokens.list({}, query, NOW);
          ids.push(...rows.map(({ token }) => token.id));
          more = end !== undefined;
          place = end === undefined ? {} : { after: end };
        }
        return ids;
      };
      for (const search of ['', 'everything', '"the" b']) {
        const [all] = await tokens('used', { descending: true, limit: 2 * MANY, search });
        deepEqual(await goThrough(search), all, search);
      }
    });

    it('count no further than they are asked to', async () => {
      equal((await consumers('name', { countUpTo: 7 }))[1], 7);
      equal((await consumers('name', { countUpTo: 7, search: 'application 10' }))[1], 7);
      equal((await consumers('name', { countUpTo: 1050, search: 'application' }))[1], 1050);
      equal((await tokens('created', { countUpTo: 7 }))[1], 7);
      equal((await tokens('created', { countUpTo: 7, search: 'everything' }))[1], 7);
      equal((await opened.storage.users.list({ ...LIST, sort: 'name', countUpTo: 1 })).total, 1);
      equal((await consumers('name', { countUpTo: MANY + 1 }))[1], MANY);
    });

    it('follow what becomes of a consumer: another name, its use, its removal', async () => {
      const { storage } = opened;
      const renamed = {
        ...aConsumer({ key: 'app-0500', name: 'Zebra' }),
        createdAt: NOW - 500,
        updatedAt: NOW + 1,
      };
      equal(await storage.consumers.update(renamed, NOW, anEvent()), true);
      deepEqual(await consumers('name', { search: 'zebra' }), [['app-0500'], 1]);
      deepEqual(await consumers('name', { search: 'application 0500' }), [[], 0]);
      deepEqual(await consumers('name', { descending: true, limit: 1 }), [['app-0500'], MANY]);

      await storage.accessTokens.noteUse(new Map([['id-0500', NOW + 50]]));
      await storage.accessTokens.noteUse(new Map([['id-0500', NOW + 40]]));
      deepEqual(await consumers('used', { descending: true, limit: 2 }), [['app-0500', 'app-0002'], MANY]);
      const { rows } = await storage.consumers.list({ ...LIST, sort: 'used', search: 'zebra' });
      equal(rows[0]?.lastUsedAt, NOW + 50);

      equal(await storage.consumers.remove('app-0500', anEvent()), true);
      deepEqual(await consumers('name', { search: 'zebra' }), [[], 0]);
      deepEqual(await tokens('created', { search: 'zebra' }), [[], 0]);
    });
  });
}
