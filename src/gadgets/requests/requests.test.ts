import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readXml } from '../../web/index.ts';
import { AnswerCache, feedJson, GadgetRequestRefused, readContainerRequest, ViewerTurns } from './index.ts';

const ALL = { entries: 3, hasSummaries: true };

describe('a feed for a gadget', () => {
  it('is brought to one shape from RSS 2.0', () => {
    const rss = `<rss version="2.0"><channel><title>News</title><link>https://n.example/</link><description>D</description>
      <managingEditor>e@n.example</managingEditor>
      <item><title>One &amp; two</title><link>https://n.example/1</link><pubDate>Sun, 22 Nov 2026 09:00:00 GMT</pubDate><description><![CDATA[<b>x</b>]]></description></item>
      <item><title>Three</title></item></channel></rss>`;
    assert.deepEqual(feedJson(readXml(rss), 'https://n.example/feed', ALL), {
      Title: 'News',
      URL: 'https://n.example/feed',
      Description: 'D',
      Link: 'https://n.example/',
      Author: 'e@n.example',
      Entry: [
        { Title: 'One & two', Link: 'https://n.example/1', Date: 1_795_338_000, Summary: '<b>x</b>' },
        { Title: 'Three', Link: '', Date: 0, Summary: '' },
      ],
    });
  });

  it('and from Atom, with so many entries as are wanted', () => {
    const entry = (id: number) =>
      `<entry><title>E${id}</title><link rel="self" href="/s"/><link href="https://n.example/${id}"/><updated>2026-11-22T09:00:0${id}Z</updated><summary>S</summary></entry>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><author><name>Ann</name></author>${entry(1)}${entry(2)}</feed>`;
    const feed = feedJson(readXml(atom), 'u', { entries: 1, hasSummaries: false });
    assert.deepEqual([feed?.Title, feed?.Author], ['A', 'Ann']);
    assert.deepEqual(feed?.Entry, [{ Title: 'E1', Link: 'https://n.example/1', Date: 1_795_338_001 }]);
  });

  it('and from RSS 1.0, whose items stand beside the channel', () => {
    const rdf = `<rdf:RDF><channel><title>R</title></channel><item><title>I</title><dc:date>2026-11-22</dc:date></item></rdf:RDF>`;
    assert.equal(feedJson(readXml(rdf), 'u', ALL)?.Entry[0]?.Date, 1_795_305_600);
  });

  it('is none for any other document', () => {
    assert.equal(feedJson(readXml('<html/>'), 'u', ALL), null);
    assert.equal(feedJson(readXml('<rss/>'), 'u', ALL), null);
  });
});

describe('a request of a gadget', () => {
  it('is read or refused, whatever comes', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.object({ maxDepth: 1 }),
      fc.webUrl(),
    );
    const keys = [
      'url',
      'method',
      'headers',
      'body',
      'authorization',
      'refreshSeconds',
      'entries',
      '__proto__',
    ];
    const fields = fc.dictionary(fc.constantFrom(...keys), value);
    fc.assert(
      fc.property(
        fc.oneof(
          fields.map((one) => JSON.stringify(one)),
          fc.string(),
        ),
        (json) => {
          try {
            const request = readContainerRequest(json);
            assert.match(request.url.protocol, /^https?:$/);
            assert.equal(request.url.username + request.url.password + request.url.hash, '');
          } catch (error) {
            assert.ok(error instanceof GadgetRequestRefused, String(error));
          }
        },
      ),
    );
  });

  it('sends no header that could be a credential or change what a server does', () => {
    const names = [
      'Authorization',
      'Cookie',
      'Host',
      'X-Forwarded-For',
      'X-HTTP-Method-Override',
      'Content-Length',
    ];
    const headers = Object.fromEntries([...names, 'Accept'].map((name) => [name, 'x']));
    const request = readContainerRequest(JSON.stringify({ url: 'https://a.example/', headers }));
    assert.deepEqual(request.headers, { accept: 'x' });
    const split = JSON.stringify({ url: 'https://a.example/', headers: { Accept: 'a\r\nCookie: b' } });
    assert.deepEqual(readContainerRequest(split).headers, {});
  });
});

describe('answers that are kept', () => {
  const answer = (bytes: number) => ({ status: 200, headers: {}, body: new Uint8Array(bytes) });

  it('are given while they are young enough for the asker', () => {
    const cache = new AnswerCache();
    cache.keep('a', answer(1), 100);
    assert.ok(cache.find('a', 10, 109));
    assert.equal(cache.find('a', 10, 110), null);
    assert.equal(cache.find('a', 0, 100), null);
    assert.equal(cache.find('a', 10, 99), null, 'the clock was moved back');
    assert.equal(cache.find('b', 10, 100), null);
  });

  it('are so many and so large, and no more', () => {
    const cache = new AnswerCache();
    for (let count = 0; count < 600; count += 1) cache.keep(String(count), answer(1), 0);
    assert.equal(cache.find('99', 9, 0), null);
    assert.ok(cache.find('100', 9, 0));
    for (let count = 0; count < 20; count += 1) cache.keep(`large ${count}`, answer(1_048_576), 0);
    assert.equal(cache.find('large 3', 9, 0), null);
    assert.ok(cache.find('large 19', 9, 0));
  });
});

describe('the turns of a viewer’s gadgets', () => {
  it('are so many at the same time', () => {
    const turns = new ViewerTurns();
    for (let count = 0; count < 24; count += 1) assert.equal(turns.begin('a', 0), 0);
    assert.equal(turns.begin('a', 0), 1);
    assert.equal(turns.begin('b', 0), 0);
    turns.end('a', 0);
    assert.equal(turns.begin('a', 0), 0);
  });

  it('are so many a minute, and it is told how long to wait', () => {
    const turns = new ViewerTurns();
    const take = (now: number) => {
      const wait = turns.begin('a', now);
      if (wait === 0) turns.end('a', now);
      return wait;
    };
    for (let count = 0; count < 300; count += 1) assert.equal(take(1000), 0);
    assert.equal(take(1010), 50);
    assert.equal(take(1060), 0);
  });
});
