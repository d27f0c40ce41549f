/**
 * Searching tokens: found by consumers, by users, by both; few, many, and few of very many owners. However the store
 * goes about it, the answer is that of looking at every token and sorting what is found.
 */
import { deepEqual } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { type AccessToken, type ListPlace, type TokenFilter, tokenHash } from '../../src/model/index.ts';
import { systemRandom } from '../../src/server/index.ts';
import { importModels } from '../../src/storage/transfer/index.ts';
import { aConsumer, anAccessToken, aUser, NOW } from '../support/records.ts';
import { CLOCK, type OpenTransferable, type Transferable } from './transferable.ts';

/** Consumers of which most have tokens, and more than anybody looks at of which hardly one has. */
const [BUSY, IDLE] = [1300, 2100];
/** Users of whom hardly one has a token, and more than anybody asks for one by one. */
const CROWD = 3100;
const BEFORE = { min: NOW - 1000, max: NOW } as const;

const CONSUMERS = [
  ...numbered('busy', BUSY),
  ...numbered('idle', IDLE),
  aConsumer({ key: 'wide', name: 'Wide', description: 'For everybody' }),
];
const USERS = [
  aUser(),
  aUser({ name: 'Bob', displayName: 'Bob who is never idle', email: null }),
  aUser({ name: 'Carol', displayName: 'Carol Busy', email: 'carol@example.org' }),
  ...Array.from({ length: CROWD }, (_, index) =>
    aUser({ name: `Crowd-${index}`, displayName: 'One of many', email: null }),
  ),
];

function numbered(kind: string, count: number) {
  return Array.from({ length: count }, (_, index) =>
    aConsumer({ key: `${kind}-${index}`, name: `${kind} ${index % 500}`, description: `Number ${index}` }),
  );
}

const mostly = <T>(usual: T, weight: number, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const someToken = fc.record({
  consumerKey: fc.oneof(
    { weight: 12, arbitrary: fc.nat(BUSY - 1).map((index) => `busy-${index}`) },
    { weight: 1, arbitrary: fc.nat(IDLE - 1).map((index) => `idle-${index}`) },
    { weight: 3, arbitrary: fc.constant('wide') },
  ),
  userName: fc.oneof(
    { weight: 8, arbitrary: fc.constant('Alice') },
    { weight: 1, arbitrary: fc.constantFrom('Bob', 'Carol') },
    { weight: 3, arbitrary: fc.nat(CROWD - 1).map((index) => `Crowd-${index}`) },
  ),
  createdAt: fc.integer(BEFORE),
  expiresAt: mostly(NOW + 100, 4, fc.integer({ min: NOW - 9, max: NOW + 200 })),
  sessionExpiresAt: mostly(NOW + 300, 8, fc.constant(NOW - 5)),
  revokedAt: mostly<number | null>(null, 9, fc.constant(NOW - 1)),
  lastUsedAt: mostly<number | null>(null, 2, fc.integer(BEFORE)),
});

/** The same in every run. */
const TOKENS: readonly AccessToken[] = fc
  .sample(someToken, { numRuns: 2600, seed: 20 })
  .map((fields, index) => anAccessToken(String(index), { ...fields, hash: tokenHash(String(index)) }));

const someQuery = fc.record({
  search: fc.constantFrom(
    'busy',
    'idle',
    'BUSY 1',
    'busy 49',
    'i',
    '7',
    'wide',
    'number',
    'carol',
    'alice',
    'bob',
    'x',
    'umb',
    'crowd',
    'cro',
    'one of',
    'wd-1',
    'b',
  ),
  sort: fc.constantFrom('created', 'expires', 'used', 'user', 'consumer'),
  descending: fc.boolean(),
  offset: fc.constantFrom(0, 0, 3, 25, 300, 975, 990),
  limit: fc.constantFrom(1, 25, 60, 400),
  countUpTo: fc.constantFrom(1, 7, 1000, 1001, 5000),
});
const someFilter: fc.Arbitrary<TokenFilter> = fc.constantFrom(
  {},
  {},
  { userName: 'alice' },
  { userName: 'Bob' },
  { consumerKey: 'wide' },
  { consumerKey: 'busy-3', userName: 'Alice' },
);
type Query = typeof someQuery extends fc.Arbitrary<infer T> ? T : never;

/** Looks at every token. @returns ids in order */
function lookAtAll(filter: TokenFilter, { search, sort, descending }: Omit<Query, 'offset'>): string[] {
  const consumers = new Map(CONSUMERS.map((consumer) => [consumer.key, consumer]));
  const users = new Map(USERS.map((user) => [user.name, user]));
  const text = search.toLowerCase();
  const rank = (token: AccessToken) =>
    ({
      created: token.createdAt,
      expires: token.expiresAt,
      used: token.lastUsedAt ?? -1,
      user: token.userName.toLowerCase(),
      consumer: consumers.get(token.consumerKey)!.name.toLowerCase(),
    })[sort];
  const compare = <T>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
  return TOKENS.filter(({ revokedAt }) => revokedAt === null)
    .filter(({ expiresAt, sessionExpiresAt }) => Math.max(expiresAt, sessionExpiresAt) > NOW)
    .filter(({ userName }) => filter.userName?.toLowerCase() === (filter.userName && userName.toLowerCase()))
    .filter(({ consumerKey }) => filter.consumerKey === (filter.consumerKey && consumerKey))
    .filter(({ consumerKey, userName }) => {
      const { key, name, description } = consumers.get(consumerKey)!;
      const { displayName, email } = users.get(userName)!;
      const fields = [key, name, description, userName, displayName, email ?? ''];
      return fields.some((field) => field.toLowerCase().includes(text));
    })
    .sort((a, b) => (descending ? -1 : 1) * compare(rank(a), rank(b)) || compare(a.id, b.id))
    .map(({ id }) => id);
}

export function describeTokenSearch(name: string, open: OpenTransferable): void {
  describe(`a search for tokens over ${name}`, () => {
    let opened: Transferable;
    beforeEach(async () => {
      opened = await open(CLOCK);
      const report = await importModels(
        opened.kept,
        { users: USERS, consumers: CONSUMERS, tokens: TOKENS },
        { clock: CLOCK, random: systemRandom, onConflict: 'fail', withAccess: true, isDryRun: false },
      );
      deepEqual(report.mistakes, []);
    });
    afterEach(() => opened.storage.close());

    const list = (filter: TokenFilter, query: Query & { after?: ListPlace; before?: ListPlace }) =>
      opened.storage.accessTokens.list(filter, query, NOW);

    it('gives the rows, the order and the count of looking at every token', async () => {
      await fc.assert(
        fc.asyncProperty(someFilter, someQuery, async (filter, query) => {
          const { offset, limit, countUpTo } = query;
          const all = lookAtAll(filter, query);
          const { rows, total } = await list(filter, query);
          deepEqual(
            rows.map(({ token }) => token.id),
            all.slice(offset, offset + limit),
          );
          deepEqual(total, Math.min(all.length, countUpTo));
        }),
        { numRuns: 150 },
      );
    });

    it('gives the page in front of each of its pages, with the same count', async () => {
      await fc.assert(
        fc.asyncProperty(someFilter, someQuery, async (filter, query) => {
          const { start } = await list(filter, query);
          const all = lookAtAll(filter, query);
          const begin = Math.max(query.offset - query.limit, 0);
          if (start === undefined) return;
          const back = await list(filter, { ...query, offset: 0, before: start });
          deepEqual(
            back.rows.map(({ token }) => token.id),
            all.slice(begin, begin + query.limit),
          );
          deepEqual(
            [back.start !== undefined, back.total],
            [begin > 0, Math.min(all.length, query.countUpTo)],
          );
        }),
        { numRuns: 100 },
      );
    });

    it('gives every row once to whoever goes through it', async () => {
      await fc.assert(
        fc.asyncProperty(someFilter, someQuery, async (filter, query) => {
          const ids: string[] = [];
          let place: { after?: ListPlace } = {};
          do {
            const page = await list(filter, { ...query, ...place, offset: 0, limit: 400 });
            ids.push(...page.rows.map(({ token }) => token.id));
            place = page.end === undefined ? {} : { after: page.end };
          } while (place.after !== undefined);
          deepEqual(ids, lookAtAll(filter, query));
        }),
        { numRuns: 20 },
      );
    });
  });
}
