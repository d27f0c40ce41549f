import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Outbound, OutboundRefused } from '../web/index.ts';
import { feedTroubleWords, fetchFeed, NotAFeed } from './fetch-feed.ts';

const BASE = 'https://tracker.example/jira';
const FEED = `${BASE}/rest/gadgets/1.0/g/feed`;

/** A network with these documents; an error is thrown, and what is not there is 404. */
function network(documents: Readonly<Record<string, string | Error>>): Outbound {
  return {
    async fetch(url) {
      const found = documents[url];
      if (found instanceof Error) throw found;
      const body = new TextEncoder().encode(found ?? 'none');
      return {
        status: found === undefined ? 404 : 200,
        headers: {},
        rawHeaders: [],
        body,
        finalUrl: url,
      } as never;
    },
  };
}

const entry = (link: string) => `<entry><title>x</title>${link}</entry>`;
const feed = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title> Tracker </title>${entries.join('')}</feed>`;
const spec = (title: string) =>
  `<Module><ModulePrefs title="${title}"/><Content type="html"><![CDATA[x]]></Content></Module>`;

describe('the feed of another installation', () => {
  it('names specs, which are fetched', async () => {
    const reading = await fetchFeed(
      network({
        [FEED]: feed(
          entry(`<link rel="self" href="${BASE}/self"/><link rel="alternate" href="${BASE}/a.xml"/>`),
          entry('<link href="b.xml"/>'),
          entry(`<link href="${BASE}/a.xml#again"/>`),
          entry(''),
        ),
        [`${BASE}/a.xml`]: spec('A'),
        [`${BASE}/rest/gadgets/1.0/g/b.xml`]: spec('B'),
      }),
      BASE,
      'en',
    );
    equal(reading.name, 'Tracker');
    deepEqual(
      reading.specs.map(({ title }) => title),
      ['A', 'B'],
    );
    deepEqual(reading.failures, []);
  });

  it('has a minute for everything together, and nothing of it is larger than what is kept', async () => {
    let time = 0;
    const waits: number[] = [];
    const locales = Array.from({ length: 20 }, (_, n) => `<Locale messages="${n}.xml"/>`).join('');
    const large = `<Module><ModulePrefs title="x">${locales}</ModulePrefs><Content type="html">x</Content></Module>`;
    const bundle = `<messagebundle><!--${'x'.repeat(200_000)}--></messagebundle>`;
    const entries = Array.from({ length: 10 }, (_, n) => entry(`<link href="${BASE}/g/${n}/spec.xml"/>`));
    const outbound: Outbound = {
      async fetch(url, { timeoutMs = 0 } = {}) {
        waits.push(timeoutMs);
        time += 4000;
        const text = url === FEED ? feed(...entries) : url.endsWith('spec.xml') ? large : bundle;
        return { status: 200, headers: {}, body: Buffer.from(text), finalUrl: url };
      },
    };
    const { specs, failures } = await fetchFeed(outbound, BASE, 'en', () => time);
    deepEqual([specs.length, failures.length], [0, 10]);
    match(failures[0]!.sentence, /too large/);
    equal(waits.length, 1 + 10 * 4);
    deepEqual([waits[0], waits[14], waits[15], waits.at(-1)], [10_000, 4000, 1, 1]);
  });

  it('speaks for its own host only, and says which specs could not be read', async () => {
    const { specs, failures } = await fetchFeed(
      network({
        [FEED]: feed(
          ...['https://evil.example/a.xml', `${BASE}/gone.xml`, `${BASE}/bad.xml`, `${BASE}/closed.xml`].map(
            (url) => entry(`<link href="${url}"/>`),
          ),
        ),
        'https://evil.example/a.xml': spec('Evil'),
        [`${BASE}/bad.xml`]: '<Module>',
        [`${BASE}/closed.xml`]: new OutboundRefused(
          'address-not-allowed' as never,
          'That address is private.',
        ),
      }),
      BASE,
      'en',
    );
    deepEqual(specs, []);
    deepEqual(
      failures.map(({ specUrl }) => specUrl.split('/').at(-1)),
      ['a.xml', 'gone.xml', 'bad.xml', 'closed.xml'],
    );
    match(failures[0]!.sentence, /on another host/);
    match(failures[1]!.sentence, /404/);
  });

  it('is refused when there is none', async () => {
    await rejects(fetchFeed(network({ [FEED]: '<html/>' }), BASE, 'en'), NotAFeed);
    await rejects(fetchFeed(network({ [FEED]: '<!DOCTYPE a><feed/>' }), BASE, 'en'), NotAFeed);
    const missing = await fetchFeed(network({}), BASE, 'en').catch((error: unknown) => error);
    match(feedTroubleWords('en', BASE, missing) ?? '', /status 404; there is no feed of gadgets/);
    match(feedTroubleWords('ja', BASE, new NotAFeed(FEED)) ?? '', /フィードではありません/);
    equal(feedTroubleWords('en', BASE, new Error('other')), null);
  });
});
