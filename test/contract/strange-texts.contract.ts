/**
 * Searching texts that people do not type and programs may send: with characters that a database cannot hold or takes for
 * others, with line ends, and longer than an index can take in. Every store finds the same of them.
 */
import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Storage } from '../../src/model/index.ts';
import { aConsumer, anEvent, aUser } from '../support/records.ts';
import type { OpenAudit } from './audit-search.contract.ts';

/** Half characters and NUL, what SQLite takes for damaged ones, ends of lines and of Unicode, letters of changing length. */
const letter = fc.constantFrom(
  ...['a', 'b', '\0', '\ud83e', '\udd8a', '🦊', '\ufffd', '\ufffe', '\uffff', '\u{10ffff}', '\u0001'],
  ...['\n', '\r', 'İ', 'Σ', 'e\u0301', 'é', '\u202e', '\u200b', '\ufeff', '"', "'", '\\', '%', '_'],
);
const strange = (maxLength: number) => fc.string({ unit: letter, maxLength });

const MANY = 200;
const TEXTS = fc.sample(strange(12), { numRuns: MANY, seed: 5 });

/** What is there of a text for who looks at every one: no half characters, and none that is no character. */
function held(text: string): string {
  const lower = [...text.toLowerCase()].map((character) => character.codePointAt(0)!);
  const isNone = (code: number) => code === 0 || (code >= 0xd800 && code <= 0xdfff) || (code & ~1) === 0xfffe;
  return lower.map((code) => String.fromCodePoint(isNone(code) ? 0xfffd : code)).join('');
}

const someSearch = fc
  .oneof(
    strange(4),
    fc
      .tuple(fc.constantFrom(...TEXTS), fc.nat(12), fc.integer({ min: 1, max: 6 }))
      .map(([text, from, length]) => text.slice(from, from + length)),
  )
  .filter((search) => search !== '');

/** Another character each. */
const LONG = Array.from({ length: 100_000 }, (_, index) => String.fromCodePoint(0x10000 + index)).join('');
/** Pieces from its beginning, from where an index that counts to 20 bits begins anew, and from its end. */
const PIECES = [LONG.slice(0, 8), LONG.slice(140_000, 140_020), LONG.slice(174_762, 174_768), LONG.slice(-2)];

const page = { offset: 0, limit: 9999, descending: false } as const;

/** More than are looked at one by one. */
const LATER = Array.from({ length: 2100 }, () => anEvent({ object: 'later' }));

export function describeStrangeTexts(name: string, open: OpenAudit): void {
  describe(`strange texts over ${name}`, () => {
    let storage: Storage;
    let add: Awaited<ReturnType<OpenAudit>>['add'];
    beforeEach(async () => {
      ({ storage, add } = await open());
    });
    afterEach(() => storage.close());

    const indexAll = async () => {
      await add(LATER);
      while ((await storage.audit.index(500)) > 0);
    };
    const finders: Record<string, (search: string) => Promise<{ keys: string[]; total: number }>> = {
      consumers: async (search) => {
        const { rows, total } = await storage.consumers.list({ ...page, search, sort: 'key' });
        return { keys: rows.map(({ consumer }) => consumer.key), total };
      },
      users: async (search) => {
        const { rows, total } = await storage.users.list({ ...page, search, sort: 'name' });
        return { keys: rows.map((user) => user.name), total };
      },
      entries: async (search) => {
        const { rows, total } = await storage.audit.list({ action: 'user.login' }, { ...page, search });
        return { keys: rows.map(({ object }) => object).sort(), total };
      },
    };
    const keyOf = (index: number) => `k-${1000 + index}`;

    it('are found like all others, by any piece', async () => {
      for (const [index, text] of TEXTS.entries()) {
        await storage.consumers.add(
          aConsumer({ key: keyOf(index), name: 'N', description: text }),
          anEvent(),
        );
        await storage.users.add(aUser({ name: keyOf(index), displayName: text, email: null }), anEvent());
      }
      await add(TEXTS.map((note, index) => anEvent({ action: 'user.login', object: keyOf(index), note })));
      await indexAll();
      await fc.assert(
        fc.asyncProperty(someSearch, fc.constantFrom(...Object.keys(finders)), async (search, what) => {
          const whole = (key: string, text: string) =>
            ({
              consumers: `${key}\nN\n${text}`,
              users: `${key}\n${text}\n`,
              entries: `${anEvent().actor}\nuser.login\n${key}\n${text}`,
            })[what]!;
          const wanted = TEXTS.map((text, index) => ({ key: keyOf(index), text }))
            .filter(({ key, text }) => held(whole(key, text)).includes(held(search)))
            .map(({ key }) => key);
          deepEqual(await finders[what]!(search), { keys: wanted, total: wanted.length });
        }),
        { numRuns: 400 },
      );
    });

    it('of an entry are told from those of others', async () => {
      for (const actor of ['al\0ice', 'al\ud83eice', 'al\uffffice'])
        await storage.audit.append(anEvent({ actor, action: 'user.login' }));
      await indexAll();
      for (const actor of ['al\0ice', 'al\ud83eice', 'al\uffffice'])
        equal((await storage.audit.list({ actor }, { ...page, search: 'login' })).rows.length > 0, true);
      deepEqual(await storage.audit.list({ actor: '\0' }, { ...page, search: '' }), { rows: [], total: 0 });
    });

    it('that are longer than an index can take in are found by any piece', async () => {
      await storage.consumers.add(aConsumer({ key: 'long', description: LONG }), anEvent());
      await storage.users.add(aUser({ name: 'long', displayName: LONG }), anEvent());
      await storage.audit.append(anEvent({ action: 'user.login', object: 'long', note: LONG }));
      await indexAll();
      for (const piece of PIECES)
        for (const find of Object.values(finders))
          deepEqual(await find(piece), { keys: ['long'], total: 1 }, piece);
    });

    it('are not cut within a character', async () => {
      const name = `x${'🦊'.repeat(700)}`;
      await storage.users.add(aUser({ name: 'foxes', displayName: name }), anEvent());
      deepEqual(await finders.users!(name), { keys: ['foxes'], total: 1 });
    });
  });
}
