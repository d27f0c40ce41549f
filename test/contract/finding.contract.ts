/**
 * Finding in lists that are indexed: texts of any characters, by any piece of them, of a few characters or of many.
 * Whichever way the store goes, the answer is that of looking at every text and sorting what is found.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { ListQuery, Page } from '../../src/model/index.ts';
import { systemRandom } from '../../src/server/index.ts';
import { importModels } from '../../src/storage/transfer/index.ts';
import { aConsumer, anEvent, aUser, NOW } from '../support/records.ts';
import { CLOCK, type OpenTransferable, type Transferable } from './transferable.ts';

/** More than are put in order sooner than they are met along it. */
const MANY = 3600;

/** What a pattern, a phrase or a query could take for its own, and characters of two, three and four bytes. */
const letter = fc.constantFrom(
  ...['a', 'b', 'b', 'c', ' ', ' ', '%', '_', '\\', '"', "'", '*', ':', '&', '-', 'ß', 'Ł', '東', 'ア', '🦊'],
);
const text = (maxLength: number) => fc.string({ unit: letter, maxLength });

/** One character in more places of an index than anybody gathers. */
const OFTEN = 'zazezizozuzyzbzczd';

/** The same in every run; every other one has the same beginning, one in twenty the same end, half one character often. */
const TEXTS = fc
  .sample(text(14), { numRuns: MANY, seed: 7 })
  .map((own, index) => `${index % 2 === 0 ? 'common ' : ''}${own}${index % 20 === 0 ? ' rare end' : ''}`)
  .map((own, index) => `${own}${index % 4 < 2 ? OFTEN : ''}`);

const CONSUMERS = TEXTS.map((description, index) =>
  aConsumer({
    key: `app-${index}`,
    name: `Ab${(index * 7) % 500}`,
    description,
    createdAt: NOW - ((index * 7919) % MANY),
  }),
);
const USERS = TEXTS.map((displayName, index) =>
  aUser({
    name: `User-${index}`,
    displayName,
    email: index % 3 === 0 ? null : `${index}@example.org`,
    createdAt: NOW - ((index * 31) % 1000),
    lastLoginAt: index % 4 === 0 ? null : NOW - ((index * 7919) % MANY),
  }),
);

/** A piece of a text that is there, some made-up piece, or one that is there for certain in so many. */
const someSearch = fc.oneof(
  fc
    .tuple(fc.constantFrom(...TEXTS), fc.nat(20), fc.constantFrom(1, 2, 3, 4, 9))
    .map(([own, start, length]) => [...own].slice(start, start + length).join('')),
  text(4),
  fc.constantFrom(
    'common',
    'COMMON ',
    'rare end',
    'ommon b',
    'd',
    'nd',
    'end',
    'app-1',
    'pp-25',
    'user-99',
    'b1',
  ),
  fc.constantFrom(
    'ab49',
    '@example',
    '3@e',
    'x',
    'xx',
    'xxx',
    'common rare end',
    'a\0b',
    'a'.repeat(60),
    '\n',
    'r\n',
    'p',
    'pp-',
    'app-',
    'aaaa',
    'z',
    'zy',
    'zyz',
    'izoz',
    '東',
    'ア東',
  ),
);
const someQuery = fc.record({
  search: someSearch,
  descending: fc.boolean(),
  offset: fc.constantFrom(0, 0, 3, 25, 230, 975, 990, 3100),
  limit: fc.constantFrom(1, 25, 60, 400),
  countUpTo: fc.constantFrom(1, 7, 1000, 1001, 5000),
});

/** A page of what is found, by keys. */
interface Found extends Omit<Page<unknown>, 'rows'> {
  readonly keys: readonly string[];
}

interface Searched {
  readonly key: string;
  readonly text: string;
  readonly by: string | number;
}

const compare = <T>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** Looks at every row. */
function lookAtAll(rows: readonly Searched[], { search, descending }: ListQuery<string>): string[] {
  const wanted = search.toLowerCase();
  return rows
    .filter((row) => row.text.toLowerCase().includes(wanted))
    .sort((a, b) => (descending ? -1 : 1) * compare(a.by, b.by) || compare(a.key, b.key))
    .map(({ key }) => key);
}

export function describeFinding(name: string, open: OpenTransferable): void {
  describe(`finding over ${name}`, () => {
    let opened: Transferable;
    beforeEach(async () => {
      opened = await open(CLOCK);
      const report = await importModels(
        opened.kept,
        { users: USERS, consumers: CONSUMERS, tokens: [] },
        { clock: CLOCK, random: systemRandom, onConflict: 'fail', withAccess: true, isDryRun: false },
      );
      deepEqual(report.mistakes, []);
    });
    afterEach(() => opened.storage.close());

    const agrees = async <Sort extends string>(
      list: (query: ListQuery<Sort>) => Promise<Found>,
      query: ListQuery<Sort>,
      rows: readonly Searched[],
    ) => {
      const all = lookAtAll(rows, query);
      const { keys, total, start, end } = await list(query);
      deepEqual(keys, all.slice(query.offset, query.offset + query.limit), JSON.stringify(query));
      equal(total, Math.min(all.length, query.countUpTo ?? all.length), JSON.stringify(query));
      for (const [name, place, begin] of [
        ['after', end, query.offset + query.limit],
        ['before', start, Math.max(query.offset - query.limit, 0)],
      ] as const) {
        if (place === undefined) continue;
        const beside = await list({ ...query, offset: 0, [name]: place });
        const says = `${name} ${JSON.stringify([place, query])}`;
        deepEqual([beside.keys, beside.total], [all.slice(begin, begin + query.limit), total], says);
      }
      deepEqual(
        [start !== undefined, end !== undefined],
        [query.offset > 0 && keys.length > 0, query.offset + query.limit < all.length],
      );
    };
    const consumers = async (query: ListQuery<'name' | 'key' | 'created' | 'used'>) => {
      const { rows, ...around } = await opened.storage.consumers.list(query);
      return { ...around, keys: rows.map(({ consumer }) => consumer.key) };
    };
    const users = async (query: ListQuery<'name' | 'created' | 'login'>) => {
      const { rows, ...around } = await opened.storage.users.list(query);
      return { ...around, keys: rows.map((user) => user.name.toLowerCase()) };
    };

    it('gives the consumers, their order and count of looking at every one', async () => {
      await fc.assert(
        fc.asyncProperty(someQuery, fc.constantFrom('name', 'key', 'created'), async (query, sort) => {
          const rows = CONSUMERS.map(({ key, name, description, createdAt }) => ({
            key,
            text: `${key}\n${name}\n${description}`,
            by: { name: name.toLowerCase(), key, created: createdAt }[sort],
          }));
          await agrees(consumers, { ...query, sort }, rows);
        }),
        { numRuns: 150 },
      );
    });

    it('gives the users, their order and count of looking at every one', async () => {
      await fc.assert(
        fc.asyncProperty(someQuery, fc.constantFrom('name', 'created', 'login'), async (query, sort) => {
          const rows = USERS.map(({ name, displayName, email, createdAt, lastLoginAt }) => ({
            key: name.toLowerCase(),
            text: `${name}\n${displayName}\n${email ?? ''}`,
            by: { name: name.toLowerCase(), created: createdAt, login: lastLoginAt ?? -1 }[sort],
          }));
          await agrees(users, { ...query, sort }, rows);
        }),
        { numRuns: 150 },
      );
    });

    it('cuts a search that is longer than a pattern may be', async () => {
      equal(
        await opened.storage.users.update('user-7', { displayName: 'a'.repeat(1_500) }, anEvent()),
        'done',
      );
      const query = {
        search: 'A'.repeat(60_000),
        sort: 'name',
        descending: false,
        offset: 0,
        limit: 3,
      } as const;
      deepEqual(await users(query), { keys: ['user-7'], total: 1 });
    });

    it('follows what becomes of a user: another name to show, a login, removal', async () => {
      const { storage } = opened;
      const query = { search: '', sort: 'login', descending: true, offset: 0, limit: 3 } as const;
      equal(await storage.users.update('user-7', { displayName: 'Zoë Quill' }, anEvent()), 'done');
      for (const search of ['q', 'ë ', 'zoë', 'zoë quill', 'll'])
        deepEqual((await users({ ...query, search })).keys.includes('user-7'), true, search);
      deepEqual((await users({ ...query, search: TEXTS[7]! })).keys.includes('user-7'), false);
      await storage.users.noteLogin('user-7', NOW + 9, anEvent());
      equal((await users(query)).keys[0], 'user-7');
      equal(await storage.users.remove('user-7', anEvent()), 'done');
      for (const search of ['q', 'qu', 'quill'])
        deepEqual(await users({ ...query, search }), { keys: [], total: 0 }, search);
    });
  });
}
