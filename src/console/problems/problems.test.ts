import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPages } from '../../../test/support/pages-world.ts';
import { EVIDENT_MISTAKES, MISTAKE_TEXTS, mistakesOf, SIGNING_MISTAKES } from '../../explain/index.ts';
import { PROBLEMS } from '../../oauth/index.ts';
import { differingPlaceholders } from '../../web/index.ts';
import { problemPages } from './index.ts';
import { problemMessages } from './messages.ts';

const { browser, pages } = await openPages(() => [problemPages()]);

describe('pages about problems and mistakes', () => {
  it('are there for every problem and every mistake, for anybody, in both languages', async () => {
    const stranger = browser();
    const paths = [
      '/oauth/problems',
      ...Object.keys(PROBLEMS).map((code) => `/oauth/problems/${code}`),
      ...[...SIGNING_MISTAKES, ...EVIDENT_MISTAKES].map((code) => `/oauth/mistakes/${code}`),
    ];
    for (const path of paths) {
      for (const language of ['en', 'ja']) {
        const answer = await stranger.get(path, { 'accept-language': language });
        assert.equal(answer.status, 200, path);
        assert.equal(answer.headers.get('content-language'), language);
      }
    }
  });

  it('lead from each problem to its mistakes, and back', async () => {
    const problem = await (await browser().get('/oauth/problems/timestamp_refused')).text();
    assert.match(problem, /href="\/oauth\/mistakes\/clock-milliseconds"/);
    const mistake = await (await browser().get('/oauth/mistakes/clock-milliseconds')).text();
    assert.match(mistake, /href="\/oauth\/problems\/timestamp_refused"/);
    assert.match(mistake, /System\.currentTimeMillis\(\) \/ 1000L/);
  });

  it('list many mistakes by what they are about, each once', async () => {
    for (const [path, codes] of [
      ['/oauth/problems/signature_invalid', mistakesOf('signature_invalid')],
      ['/oauth/problems', [...SIGNING_MISTAKES, ...EVIDENT_MISTAKES]],
    ] as const) {
      const page = await (await browser().get(path)).text();
      for (const title of ['Encoding', 'Keys and secrets', 'Parameters and body'])
        assert.ok(page.includes(`<h3>${title}</h3>`), title);
      const listed = [...page.matchAll(/href="\/oauth\/mistakes\/([\w-]+)"/g)].map(([, code]) => code);
      assert.deepEqual(listed.toSorted(), codes.toSorted());
    }
    const few = await (await browser().get('/oauth/problems/timestamp_refused')).text();
    assert.doesNotMatch(few, /<h3>/);
  });

  it('are not there for words that do not exist', () => {
    assert.equal(pages.has('/oauth/problems/no_such_problem'), false);
    assert.equal(pages.has('/oauth/mistakes/constructor'), false);
  });

  it('say the same in both languages', () => {
    assert.deepEqual(differingPlaceholders(problemMessages.en, problemMessages.ja), []);
    assert.deepEqual(Object.keys(MISTAKE_TEXTS.en).toSorted(), Object.keys(MISTAKE_TEXTS.ja).toSorted());
  });
});
