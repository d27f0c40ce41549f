/** Lists that are gone through page by page, each from behind the row that was last, and back. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf, type ListPlace, type Page } from '../../src/model/index.ts';
import { aConsumer, anEvent, aServiceProvider, aUser, NOW } from '../support/records.ts';
import { addAccessToken, type OpenStorage, withStorage } from './opened-storage.ts';

/** Some were used, some never; some at the same moment. */
const USES = [null, NOW - 9, null, NOW - 9, NOW - 3, NOW - 3, null];

interface Place {
  readonly offset: number;
  readonly limit: number;
  readonly after?: ListPlace;
  readonly before?: ListPlace;
}
type Read<Row> = (place: Place) => Promise<Page<Row>>;

/** All rows, two at a time. */
async function goThrough<Row>(read: Read<Row>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: ListPlace | undefined;
  for (;;) {
    const page = await read({ offset: 0, limit: 2, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    if (page.end === undefined) return rows;
    after = page.end;
  }
}

export function describePaging(open: OpenStorage): void {
  describe('a list that is gone through', () => {
    const opened = withStorage(open);

    const fill = async () => {
      const { users, consumers, accessTokens, serviceProviders, usage } = opened.storage;
      for (const [index, usedAt] of USES.entries()) {
        const createdAt = NOW - (index % 3);
        await users.add(aUser({ name: `user-${index}`, createdAt, lastLoginAt: usedAt }), anEvent());
        const consumer = aConsumer({ key: `app-${index}`, name: `App ${index % 4}`, createdAt });
        await consumers.add(consumer, anEvent());
        await serviceProviders.add(aServiceProvider({ name: `Provider ${index}`, createdAt }), anEvent());
        const theirs = { consumerKey: consumer.key, userName: `user-${index === 0 ? 0 : 1}`, createdAt };
        await addAccessToken(opened.storage, String(index), theirs);
        if (usedAt !== null) await accessTokens.noteUse(new Map([[`id-${index}`, usedAt]]));
        const used = { consumerKey: consumer.key, method: 'HMAC-SHA1', requests: 1, lastAt: NOW } as const;
        const day = dayOf(NOW) - (index % 2);
        await usage.add([
          { ...used, day, version: '1.0' },
          { ...used, day, version: '1.0a' },
        ]);
      }
    };

    /** Every list by every order. */
    const lists = (descending: boolean): readonly (readonly [string, Read<unknown>])[] => {
      const { users, consumers, accessTokens, serviceProviders, audit, usage } = opened.storage;
      const query = { search: '', descending };
      return [
        ...(['name', 'created', 'login'] as const).map(
          (sort) => [`users by ${sort}`, (place: Place) => users.list({ ...query, sort, ...place })] as const,
        ),
        ...(['name', 'key', 'created', 'used'] as const).map(
          (sort) =>
            [`consumers by ${sort}`, (place: Place) => consumers.list({ ...query, sort, ...place })] as const,
        ),
        ...(['created', 'expires', 'used', 'user', 'consumer'] as const).map(
          (sort) =>
            [
              `tokens by ${sort}`,
              (place: Place) => accessTokens.list({}, { ...query, sort, ...place }, NOW),
            ] as const,
        ),
        ...(['name', 'created'] as const).map(
          (sort) =>
            [
              `providers by ${sort}`,
              (place: Place) => serviceProviders.list({ ...query, sort, ...place }),
            ] as const,
        ),
        ['audit', (place: Place) => audit.list({}, { search: '', ...place })],
        ['usage', (place: Place) => usage.list({ fromDay: 0 }, place)],
      ];
    };
    const canBeTurned = (name: string) => name !== 'audit' && name !== 'usage';

    it('gives every row once, in the order of the list', async () => {
      await fill();
      for (const descending of [false, true]) {
        for (const [name, read] of lists(descending)) {
          const { rows: whole } = await read({ offset: 0, limit: 100 });
          equal(whole.length >= USES.length, true, name);
          deepEqual(await goThrough(read), whole, `${name} ${descending ? 'down' : 'up'}`);
        }
      }
    });

    it('is gone back through from every row, and begins with a full page', async () => {
      await fill();
      for (const descending of [false, true]) {
        for (const [name, read] of lists(descending).filter(([name]) => canBeTurned(name))) {
          const { rows: whole, total } = await read({ offset: 0, limit: 100 });
          for (let offset = 1; offset < whole.length; offset += 1) {
            const { start } = await read({ offset, limit: 2 });
            const back = await read({ offset: 0, limit: 2, before: start! });
            const begin = Math.max(offset - 2, 0);
            const says = `${name} ${descending ? 'down' : 'up'} from ${offset}`;
            deepEqual(back.rows, whole.slice(begin, begin + 2), says);
            deepEqual([back.start !== undefined, back.total], [begin > 0, total], says);
            const { rows } = await read({ offset: 0, limit: 2, after: back.end! });
            deepEqual(rows, whole.slice(begin + 2, begin + 4), says);
          }
        }
      }
    });

    it('says where a page begins and ends where there are rows around it, and nowhere else', async () => {
      await fill();
      for (const [name, read] of lists(false)) {
        const { rows, ...whole } = await read({ offset: 0, limit: 100 });
        const full = await read({ offset: 0, limit: rows.length });
        const around = await read({ offset: 1, limit: rows.length - 2 });
        const last = await read({ offset: 1, limit: rows.length - 1 });
        const ends = [whole, full, around, last].map(({ end }) => end !== undefined);
        deepEqual(ends, [false, false, true, false], name);
        const starts = [whole, full, around, last].map(({ start }) => start !== undefined);
        deepEqual(starts, canBeTurned(name) ? [false, false, true, true] : starts, name);
      }
    });

    it('is counted whole with each of its pages', async () => {
      await fill();
      for (const [name, read] of lists(false)) {
        const { total, rows } = await read({ offset: 0, limit: 100 });
        const { end } = await read({ offset: 0, limit: rows.length - 1 });
        const last = await read({ offset: rows.length - 1, limit: 100, after: end! });
        deepEqual([last.rows.length, last.total], [1, total], name);
      }
    });

    it('leaves out no row when one that was given before is removed meanwhile', async () => {
      await fill();
      const { consumers } = opened.storage;
      const query = { search: '', sort: 'key', descending: false, offset: 0, limit: 2 } as const;
      const { rows, end } = await consumers.list(query);
      for (const { consumer } of rows) await consumers.remove(consumer.key, anEvent());
      const next = await consumers.list({ ...query, after: end! });
      deepEqual(
        next.rows.map(({ consumer }) => consumer.key),
        ['app-2', 'app-3'],
      );
    });
  });
}
