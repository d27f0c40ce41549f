/**
 * Searching the audit log, whatever of it is indexed: nothing, some, all that can be, and after its oldest entries are
 * gone. The answer is always that of looking at every entry, the newest first.
 */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { AuditEvent, AuditFilter, ListPlace, PageQuery, Storage } from '../../src/model/index.ts';
import { searchText } from '../../src/storage/sql/index.ts';
import { anEvent, NOW } from '../support/records.ts';
import { CLOCK, type OpenTransferable } from './transferable.ts';

/** Opens an empty storage, and adds entries to it that nobody has to wait for one by one. */
export type OpenAudit = () => Promise<{
  readonly storage: Storage;
  add(events: readonly AuditEvent[]): Promise<void>;
}>;

/** More than twice as many as are looked at one by one. */
const MANY = 5200;

/** Of the oldest, of which no others are like them. */
const OLD = 700;

/** Entries that are indexed at a time. */
const BATCH = 500;

const letter = fc.constantFrom(
  ...['a', 'b', 'b', 'c', 'Q', ' ', '%', '_', '\\', '"', "'", '*', ':', '&', '-', 'ß', 'Σ', '東', 'ア', '🦊'],
);
const text = (maxLength: number) => fc.string({ unit: letter, maxLength });

const someEvent = fc.record({
  actor: fc.oneof(fc.constantFrom('Alice', 'alice', 'bob', 'ΑΣ', '東京 さん', '100%', 'cli'), text(4)),
  action: fc.constantFrom(
    'user.login',
    'user.login',
    'token.issue',
    'consumer.edit',
    'data.restore' as const,
  ),
  object: fc.oneof(text(14), fc.constantFrom('wiki', 'calendar', 'Alice')),
  note: fc.option(fc.oneof(text(9), fc.constantFrom('weak-key', 'two\nlines of a note')), { freq: 4 }),
});

/** The same in every run, the oldest first. */
const EVENTS = fc.sample(someEvent, { numRuns: MANY, seed: 3 }).map((fields, index) =>
  anEvent({
    ...fields,
    at: NOW + index,
    object: `${index < OLD ? 'Long ago ' : ''}${index % 97 === 0 ? 'rarely ' : ''}${fields.object}`,
    ...(index % 1009 === 0 && { actor: 'seldom', action: 'data.rotate-key' as const }),
  }),
);

const textOf = ({ actor, action, object, note }: AuditEvent) => searchText(actor, action, object, note);

const someSearch = fc.oneof(
  fc
    .tuple(fc.constantFrom(...EVENTS.map(textOf)), fc.nat(40), fc.constantFrom(1, 2, 3, 4, 9, 30))
    .map(([own, start, length]) => [...own].slice(start, start + length).join('')),
  text(4),
  fc.constantFrom(
    '',
    '',
    'rarely',
    'RARELY',
    'long ago',
    'go',
    'g',
    'login',
    'weak-key',
    'restore',
    'zz',
    'x',
  ),
  fc.constantFrom(
    '東京',
    'さ',
    '100%',
    '%',
    '_',
    '\\',
    'ας',
    'ΑΣ',
    'ed',
    'n\nwi',
    '\n',
    'ce\nuser.login\n',
    'a\0b',
  ),
);
const someFilter: fc.Arbitrary<AuditFilter> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      actor: fc.constantFrom('Alice', 'ALICE', 'seldom', 'ΑΣ', '東京 さん', 'nobody', ''),
      action: fc.constantFrom('user.login', 'data.restore', 'data.rotate-key', 'user.log'),
      object: fc.constantFrom('wiki', 'rarely wiki', 'Alice', 'nothing', ''),
      actions: fc.constantFrom<AuditFilter['actions'] & object>(
        ['user.login', 'token.issue'],
        ['user.add'],
        [],
      ),
    },
    { requiredKeys: [] },
  ),
);
const someQuery = fc.record({
  search: someSearch,
  offset: fc.constantFrom(0, 0, 3, 25, 990),
  limit: fc.constantFrom(1, 25, 60, 400),
  countUpTo: fc.constantFrom(1, 7, 1001, 9999, undefined),
});
/** How many of the newest are left out, in tenths of all. */
const someAge = fc.constantFrom(undefined, undefined, 0, 3, 7, 10);

interface Known extends AuditEvent {
  readonly id: number;
}

/** Looks at every entry. @returns ids, the newest first */
function lookAtAll(known: readonly Known[], filter: AuditFilter, search: string): number[] {
  const { actor, action, object, actions, olderThan } = filter;
  const wanted = search.toLowerCase().replaceAll('\0', '\ufffd');
  return known
    .filter((event) => actor === undefined || event.actor === actor)
    .filter((event) => action === undefined || event.action === action)
    .filter((event) => object === undefined || event.object === object)
    .filter((event) => actions?.includes(event.action) ?? true)
    .filter((event) => olderThan === undefined || event.id < olderThan)
    .filter((event) => textOf(event).includes(wanted))
    .map(({ id }) => id)
    .reverse();
}

async function indexAll({ audit }: Storage): Promise<number> {
  let sum = 0;
  for (let taken = BATCH; taken === BATCH; sum += taken) taken = await audit.index(BATCH);
  return sum;
}

/** What is done to the log before it is searched. */
const STATES: Readonly<Record<string, (storage: Storage) => Promise<void>>> = {
  'nothing is indexed': async () => {},
  'some is indexed': async ({ audit }) => {
    await audit.index(BATCH);
    await audit.index(1);
  },
  'everything is indexed, and more is added': async (storage) => {
    await indexAll(storage);
    await storage.audit.append(anEvent({ at: NOW + MANY, object: 'rarely the newest' }));
  },
  'its oldest entries are gone': async (storage) => {
    await indexAll(storage);
    equal(await storage.audit.purge(NOW + 333, 9999), 333);
  },
  'it was emptied and filled again': async (storage) => {
    await indexAll(storage);
    await storage.audit.purge(NOW + MANY, 9999);
    for (let at = 0; at < 40; at += 1) await storage.audit.append(EVENTS[at]!);
    await indexAll(storage);
  },
};

export function describeAuditSearch(name: string, open: OpenAudit): void {
  describe(`a search of the audit log over ${name}`, () => {
    let storage: Storage;
    beforeEach(async () => {
      const opened = await open();
      storage = opened.storage;
      await opened.add(EVENTS);
    });
    afterEach(() => storage.close());

    const everything = async () => {
      const { rows } = await storage.audit.list({}, { search: '', offset: 0, limit: 9999 });
      return rows.toReversed();
    };
    const listed = async (filter: AuditFilter, query: PageQuery) => {
      const { rows, total, end } = await storage.audit.list(filter, query);
      return { ids: rows.map(({ id }) => id), total, end };
    };

    for (const [state, prepare] of Object.entries(STATES))
      it(`gives the entries, their order and count of looking at every one while ${state}`, async () => {
        await prepare(storage);
        const known = await everything();
        await fc.assert(
          fc.asyncProperty(someFilter, someAge, someQuery, async (filter, age, { countUpTo, ...query }) => {
            const bounded =
              age === undefined
                ? filter
                : { ...filter, olderThan: known[Math.floor(((known.length - 1) * age) / 10)]!.id };
            const all = lookAtAll(known, bounded, query.search);
            const { ids, total } = await listed(bounded, {
              ...query,
              ...(countUpTo !== undefined && { countUpTo }),
            });
            deepEqual(ids, all.slice(query.offset, query.offset + query.limit));
            equal(total, Math.min(all.length, countUpTo ?? all.length));
          }),
          { numRuns: 120 },
        );
      });

    it('gives every entry once to whoever goes through them', async () => {
      await indexAll(storage);
      const known = await everything();
      for (const search of ['rarely', 'long ago', 'b', 'weak', 'ア', 'user.login', 'nowhere'])
        for (const filter of [{}, { action: 'user.login' }]) {
          const ids: number[] = [];
          let place: { after?: ListPlace } = {};
          do {
            const page = await listed(filter, { search, ...place, offset: 0, limit: 60, countUpTo: 1 });
            ids.push(...page.ids);
            equal(page.total, Math.min(1, lookAtAll(known, filter, search).length));
            place = page.end === undefined ? {} : { after: page.end };
          } while (place.after !== undefined);
          deepEqual(ids, lookAtAll(known, filter, search));
        }
    });

    it('that is ended early says what it has not looked at, and whoever goes on there finds every entry once', async () => {
      await indexAll(storage);
      const known = await everything();
      for (const search of ['rarely', 'long ago', 'b', 'user.login', 'nowhere']) {
        const ids: number[] = [];
        for (let olderThan: number | undefined = known.at(-1)!.id + 1; olderThan !== undefined; ) {
          const filter: AuditFilter = { olderThan };
          const query = { search, offset: 0, limit: 9999, countUpTo: 9999 };
          const { rows, total, unsearched } = await storage.audit.list(filter, query, () => true);
          ids.push(...rows.map(({ id }) => id));
          equal(total, rows.length);
          ok(unsearched === undefined || unsearched.olderThan < olderThan);
          equal(unsearched?.at, known.find(({ id }) => id >= (unsearched?.olderThan ?? Infinity))?.at);
          olderThan = unsearched?.olderThan;
        }
        deepEqual(ids, lookAtAll(known, {}, search));
      }
    });
  });
}

/** The audit log of a database. */
export async function openAudit(open: OpenTransferable) {
  const { storage, kept } = await open(CLOCK);
  const add = async (events: readonly AuditEvent[]) => {
    for (let from = 0; from < events.length; from += BATCH)
      await kept.db
        .insertInto('audit_events')
        .values(
          events.slice(from, from + BATCH).map((event) => ({
            at: event.at,
            actor: event.actor,
            action: event.action,
            object: event.object,
            state_before: null,
            state_after: null,
            note: event.note,
            search_text: textOf(event),
          })),
        )
        .execute();
  };
  return { storage, kept, add };
}

/** Over a database, of which all but a last few entries are indexed, each once. */
export function describeAuditIndex(name: string, open: OpenTransferable): void {
  describeAuditSearch(name, () => openAudit(open));

  describe(`the index of the audit log over ${name}`, () => {
    it('takes in every entry once, but for the last few', async () => {
      const { storage, add } = await openAudit(open);
      await add(EVENTS);
      const taken = await indexAll(storage);
      ok(taken > MANY - 16 && taken <= MANY + 16 * (MANY / BATCH), String(taken));
      equal(await storage.audit.index(BATCH), 0);
      await add(EVENTS.slice(0, 40));
      ok((await storage.audit.index(BATCH)) >= 32);
      await storage.close();
    });

    it('keeps nothing of entries that are gone', async () => {
      const { storage, kept, add } = await openAudit(open);
      await add(EVENTS);
      await indexAll(storage);
      const blocks = async () =>
        Number(
          (await sql<{ n: number }>`select count(*) as n from audit_blocks`.execute(kept.db)).rows[0]!.n,
        );
      equal(await blocks(), Math.floor(MANY / 16));
      await storage.audit.purge(NOW + 160, 9999);
      equal(await blocks(), Math.floor(MANY / 16) - 10);
      await storage.audit.purge(NOW + MANY, 9999);
      equal(await blocks(), 0);
      await storage.close();
    });
  });
}
