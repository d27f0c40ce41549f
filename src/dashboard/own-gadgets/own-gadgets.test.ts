import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext, Script } from 'node:vm';
import {
  contentFor,
  gadgetDetails,
  readPinnedGadget,
  substitute,
  substitutionsFor,
} from '../../gadgets/index.ts';
import { readXml } from '../../web/index.ts';
import { ownGadgets, SPECS_PATH } from './own-gadgets.ts';

const PUBLIC_URL = 'https://tracker.example/a&b';
const gadgets = ownGadgets(PUBLIC_URL);

/** A gadget in one language, as its frame gets it. */
function shown({ specUrl, xml, bundles }: (typeof gadgets)[number], language: string) {
  const read = readPinnedGadget({ specUrl, xml, bundles }, readXml);
  const showing = { bundles: read.bundles, language };
  const html = contentFor(read.spec, 'default').html;
  return {
    spec: read.spec,
    details: gadgetDetails(read.spec, showing),
    html: substitute(html, substitutionsFor(read.spec, showing), 'html'),
    messages: [...read.bundles.entries()]
      .filter(([url]) => url.includes(`.${language}.`))
      .map(([, texts]) => texts),
  };
}

/** What the gadgets have in common, run for a viewer as their frames run it. */
function partsFor(language: string, country: string) {
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(shown(gadgets[0]!, 'en').html) ?? [];
  const prefs = { getLang: () => language, getCountry: () => country, getMsg: () => '{count} of {name}' };
  const surroundings = {
    window: {} as { page: Record<'day' | 'written' | 'words', (...given: unknown[]) => string> },
    gadgets: {
      Prefs: function Prefs() {
        return prefs;
      },
    },
    document: { getElementById: () => ({ dataset: { address: PUBLIC_URL } }) },
    innerWidth: 400,
    addEventListener: () => undefined,
  };
  runInNewContext(script!, surroundings);
  return surroundings.window.page;
}

describe('the gadgets of this installation', () => {
  it('are read by the reader that reads everybody’s, with nothing left aside', () => {
    for (const gadget of gadgets) deepEqual(shown(gadget, 'en').spec.notes, [], gadget.name);
  });

  it('are at addresses below our own, with bundles that their specs name', () => {
    for (const gadget of gadgets) {
      equal(gadget.specUrl, `${PUBLIC_URL}${SPECS_PATH}/${gadget.name}.xml`);
      const { spec } = shown(gadget, 'en');
      const named = spec.locales.map(({ messagesUrl }) => messagesUrl).toSorted();
      deepEqual(Object.keys(gadget.bundles).toSorted(), named, gadget.name);
    }
  });

  it('say everything in English and in Japanese', () => {
    for (const gadget of gadgets) {
      const [en, ja] = [shown(gadget, 'en'), shown(gadget, 'ja')];
      const names = (one: typeof en) => one.messages.flatMap((texts) => Object.keys(texts)).toSorted();
      deepEqual(names(ja), names(en), gadget.name);
      ok(gadget.english.title !== '' && gadget.texts.ja?.title !== gadget.english.title, gadget.name);
      ok(
        ja.details.preferences.every(
          ({ displayName, datatype }) => datatype === 'hidden' || displayName !== '',
        ),
      );
    }
  });

  it('use no message that is not there', () => {
    for (const gadget of gadgets) {
      const { messages, html } = shown(gadget, 'en');
      const there = new Set(messages.flatMap((texts) => Object.keys(texts)));
      const used = [
        ...gadget.xml.matchAll(/__MSG_(\w+?)__/g),
        ...html.matchAll(/words\("([a-z_0-9]+)"[,)]/g),
      ];
      for (const [, name] of used) ok(there.has(name!), `${gadget.name}: ${name}`);
    }
  });

  it('have scripts that browsers can read, with our address and nothing else filled in', () => {
    for (const gadget of gadgets) {
      const { html } = shown(gadget, 'en');
      for (const [, script] of html.matchAll(/<script>([\s\S]*?)<\/script>/g))
        ok(new Script(script!), gadget.name);
      match(html, /data-address="https:\/\/tracker\.example\/a&amp;b"/);
      equal(/__[A-Z]+__/.exec(html), null, gadget.name);
    }
  });

  it('that show data get it by OAuth from this installation', () => {
    const withData = gadgets.filter((gadget) => shown(gadget, 'en').spec.oauthServices.length > 0);
    deepEqual(
      withData.map(({ name }) => name),
      ['assigned-to-me', 'created-resolved', 'activity', 'connections', 'consumers'],
    );
    const [service] = shown(withData[0]!, 'en').spec.oauthServices;
    equal(service?.name, PUBLIC_URL);
    equal(service?.authorizationUrl, `${PUBLIC_URL}/plugins/servlet/oauth/authorize`);
  });

  it('write days and numbers as where their viewer is', () => {
    const read = (language: string, country: string) => {
      const { day, words } = partsFor(language, country);
      return [day('2026-11-09T23:59:00Z'), words('more', { count: 1200, name: 'Nine' })];
    };
    deepEqual(read('en', 'GB'), ['9 Nov 2026', '1,200 of Nine']);
    deepEqual(read('en', 'US'), ['Nov 9, 2026', '1,200 of Nine']);
    deepEqual(read('en', 'DE'), ['9 Nov 2026', '1.200 of Nine']);
    deepEqual(read('en', 'ALL'), read('en', 'GB'));
    deepEqual(read('en', 'QQ'), read('en', 'GB'));
    deepEqual(read('ja', 'GB'), ['2026/11/09', '1,200 of Nine']);
  });

  it('have preferences of every kind', () => {
    const kinds = gadgets.flatMap((gadget) =>
      shown(gadget, 'en').details.preferences.map((one) => one.datatype),
    );
    deepEqual([...new Set(kinds)].toSorted(), ['bool', 'enum', 'hidden', 'list', 'string']);
  });
});
