import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readText } from '../../../../test/support/html-page.ts';
import { aConsumer, anEvent, aRefusal } from '../../../../test/support/records.ts';
import { nowSeconds, Secret } from '../../../base/index.ts';
import { packRefusal, type Refusal, unpackRefusal } from '../../../model/index.ts';
import { signRequest } from '../../../oauth/index.ts';
import { differingPlaceholders } from '../../../web/index.ts';
import { EXPLANATIONS_A_MINUTE } from './limit.ts';
import { diagnosisMessages } from './words.ts';

const SECRET = 'CANARY-consumer-secret';
const HOST = 'tracker.example';
const BOUNDS = { perConsumer: 50, inAll: 1000 };

describe('the pages of the diagnosis', () => {
  let world: AdministrationPagesWorld;
  beforeEach(async () => {
    world = await openAdministration();
    const credential = { kind: 'shared-secret', secret: new Secret(SECRET) } as const;
    const twoLegged = { allowed: true, executeAs: null, mayImpersonate: false };
    await world.context.storage.consumers.add(aConsumer({ credential, twoLegged }), anEvent());
  });

  const now = () => nowSeconds(world.context.clock);

  function signed(url: string, consumerSecret = SECRET): string {
    const key = { kind: 'shared-secret', consumerSecret, tokenSecret: '' } as const;
    const signatureMethod = 'HMAC-SHA1' as const;
    const request = { method: 'GET', url, consumerKey: 'wiki', signatureMethod, key };
    return signRequest({ ...request, timestamp: now(), nonce: randomUUID() }).authorization ?? '';
  }

  /** Keeps a refusal of a request to our public URL, https://tracker.example, with that Authorization header. */
  async function refuse(
    requestId: string,
    authorization: string,
    changes: Partial<Refusal> = {},
  ): Promise<void> {
    const path = '/rest/issues';
    const request = packRefusal({
      ...unpackRefusal(aRefusal('any')),
      baseUri: `https://${HOST}${path}`,
      publicUrl: `https://${HOST}`,
      query: 'q=1',
      target: `${path}?q=1`,
      localPath: path,
      authorization: [authorization],
      contentType: [],
      body: new Uint8Array(),
      host: HOST,
    });
    await world.context.storage.refusals.add(
      [aRefusal(requestId, { at: now(), request, ...changes })],
      BOUNDS,
    );
  }

  async function read(path: string, status = 200): Promise<string> {
    const answer = await world.root.get(path);
    assert.equal(answer.status, status);
    return answer.text();
  }

  it('name the mistake behind a request that was signed for http', async () => {
    await refuse('r-1', signed(`http://${HOST}/rest/issues?q=1`));
    const page = await read('/oauth/admin/diagnosis/show?id=r-1');
    assert.match(readText(page), /What went wrong Signed with http, this server is reached by https/);
    assert.match(page, /id="first-difference"/);
    assert.match(page, /href="\/oauth\/mistakes\/signed-http-for-https"/);
    assert.match(page, /href="\/oauth\/problems\/signature_invalid"/);
  });

  it('say so when no known mistake explains it, and never show what would have been right', async () => {
    await refuse('r-1', signed(`https://${HOST}/rest/issues?q=1`, 'a wrong secret'));
    const page = await read('/oauth/admin/diagnosis/show?id=r-1');
    assert.match(readText(page), /Every known mistake was tried/);
    assert.ok(!page.includes(SECRET) && !page.includes('CANARY'));
  });

  it('say so when what is registered has changed since', async () => {
    await refuse('r-1', signed(`https://${HOST}/rest/issues?q=1`));
    assert.match(readText(await read('/oauth/admin/diagnosis/show?id=r-1')), /Something has changed since/);
  });

  it('show what a stranger sent as text, never as markup', async () => {
    const authorization = 'OAuth oauth_consumer_key="%3Cb%3Ewiki", realm="<script>x</script>"';
    await refuse('r-1', authorization, { consumerKey: '<b>wiki', isKnownConsumer: false, path: '/<script>' });
    assert.doesNotMatch(await read('/oauth/admin/diagnosis'), /<b>wiki|<script>/);
    assert.doesNotMatch(await read('/oauth/admin/diagnosis/show?id=r-1'), /<b>wiki|<script>/);
  });

  it('show what cannot be seen as escapes: controls, and marks that turn a text round', async () => {
    const authorization =
      'OAuth oauth_consumer_key="wiki", oauth_nonce="%1B[2J%C2%9B31m", oauth_token="%E2%80%AEx"';
    const consumerKey = 'w\u202e\u001b[2J';
    await refuse('r-1', authorization, { consumerKey, isKnownConsumer: false, path: '/\u009b31m' });
    const pages = (await read('/oauth/admin/diagnosis')) + (await read('/oauth/admin/diagnosis/show?id=r-1'));
    assert.doesNotMatch(pages, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    assert.match(readText(pages), /w\\u202e\\x1b\[2J/);
  });

  it('name consumers, with the key second, and say what has become of them since', async () => {
    const authorization = signed(`https://${HOST}/x`);
    await refuse('r-1', authorization, { at: now() - 3 });
    await refuse('r-2', authorization, { at: now() - 2, consumerKey: 'gone' });
    await refuse('r-3', authorization, { at: now() - 1, consumerKey: 'stranger', isKnownConsumer: false });
    await refuse('r-4', authorization, { isKnownConsumer: false });
    const html = await read('/oauth/admin/diagnosis');
    assert.match(html, /<a href="\/oauth\/admin\/consumers\/view\?key=wiki">Wiki<\/a>/);
    assert.match(
      readText(html),
      /Wiki wiki registered since .+ stranger not registered .+ gone removed since .+ Wiki wiki Explain/,
    );
    assert.match(readText(await read('/oauth/admin/diagnosis/show?id=r-1')), /Consumer Wiki wiki Refused/);
    assert.match(readText(await read('/oauth/admin/diagnosis/show?id=r-2')), /Consumer gone removed since/);
  });

  it('read the names of all consumers of a list in one look', async () => {
    const { consumers } = world.context.storage;
    const asked: string[][] = [];
    const { namesOf } = consumers;
    consumers.namesOf = (keys) => {
      asked.push([...keys].sort());
      return namesOf(keys);
    };
    consumers.find = () => assert.fail('one consumer was looked up');
    for (let row = 0; row < 20; row += 1) {
      const key = `key-${row % 3}`;
      await refuse(`r-${row}`, signed(`https://${HOST}/x`), { consumerKey: key });
    }
    await read('/oauth/admin/diagnosis');
    assert.deepEqual(asked, [['key-0', 'key-1', 'key-2']]);
  });

  it('hold the whole of a long key, which the stylesheet shortens in the middle', async () => {
    const consumerKey = `https://${'very-'.repeat(30)}long.example/key`;
    await world.context.storage.consumers.add(aConsumer({ key: consumerKey, name: 'Far' }), anEvent());
    await refuse('r-1', signed(`https://${HOST}/x`), { consumerKey });
    const html = await read('/oauth/admin/diagnosis');
    const head = consumerKey.slice(0, -8);
    assert.ok(
      html.includes(
        `<code class="is-short" title="${consumerKey}"><span class="id-head">${head}</span><span class="id-tail">mple/key</span></code>`,
      ),
    );
  });

  it('let the word of a problem go on after an underscore only', async () => {
    await refuse('r-1', signed(`https://${HOST}/x`), { problem: 'consumer_key_unknown' });
    assert.match(
      await read('/oauth/admin/diagnosis'),
      /href="\/oauth\/problems\/consumer_key_unknown"><code class="unbroken">consumer_<wbr>key_<wbr>unknown<\/code>/,
    );
  });

  it('tell the answer itself before mistakes that would have been next, with what was found', async () => {
    const key = { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' } as const;
    const request = { method: 'GET', url: `https://${HOST}/x`, consumerKey: 'nobody', key } as const;
    const late = { timestamp: now() - 86_400, nonce: randomUUID(), signatureMethod: 'HMAC-SHA1' } as const;
    await refuse('r-1', signRequest({ ...request, ...late }).authorization ?? '', { consumerKey: 'nobody' });
    assert.match(
      readText(await read('/oauth/admin/diagnosis/show?id=r-1')),
      /What went wrong The consumer is not registered .+ Consumer Yours nobody Ours not registered .+ The clock of the client is wrong/,
    );
  });

  it('list by consumer, problem and time, and go from a request id to its explanation', async () => {
    const authorization = signed(`https://${HOST}/x`);
    await refuse('r-old', authorization, { at: now() - 7200, path: '/old' });
    await refuse('r-new', authorization, { path: '/new', problem: 'nonce_used' });
    await refuse('r-other', authorization, { path: '/other', consumerKey: 'other' });
    const list = async (query: string) => readText(await read(`/oauth/admin/diagnosis?${query}`));
    assert.match(await list('consumer=wiki'), /\/new[\s\S]*\/old/);
    assert.doesNotMatch(await list('consumer=wiki'), /\/other/);
    assert.doesNotMatch(await list('time=hour'), /\/old/);
    assert.doesNotMatch(await list('problem=nonce_used'), /\/old|\/other/);
    const search = await world.root.get('/oauth/admin/diagnosis?q=r-old');
    assert.equal(search.headers.get('location'), '/oauth/admin/diagnosis/show?id=r-old');
    assert.match(await read('/oauth/admin/consumers/view?key=wiki'), /diagnosis\?consumer=wiki/);
  });

  it('tell what to expect of a request id that is not there', async () => {
    assert.match(
      readText(await read('/oauth/admin/diagnosis/show?id=%3Cb%3E', 404)),
      /no refused request with the id <b>/,
    );
  });

  it('explain a pasted request, and keep nothing of it', async () => {
    const url = `http://${HOST}/rest/issues?q=1`;
    const request = `GET /rest/issues?q=1 HTTP/1.1\nHost: ${HOST}\nAuthorization: ${signed(url)}\n\n`;
    const answer = await world.root.post('/oauth/admin/diagnosis/paste', { request });
    assert.equal(answer.status, 200);
    const page = await answer.text();
    assert.match(
      readText(page),
      /Read as an HTTP request[\s\S]*Signed with http, this server is reached by https/,
    );
    assert.ok(!page.includes('CANARY'));
    const { total } = await world.context.storage.refusals.list({}, { search: '', offset: 0, limit: 1 });
    assert.equal(total, 0);
  });

  it('compare with the base string that the client printed', async () => {
    const url = `https://${HOST}/rest/issues`;
    const request = `curl -H 'Authorization: ${signed(url, 'another')}' ${url}`;
    const base = `GET&https%3A%2F%2F${HOST}%2Frest%2Fother&oauth_consumer_key%3Dwiki`;
    const answer = await world.root.post('/oauth/admin/diagnosis/paste', { request, base });
    assert.match(
      readText(await answer.text()),
      /that the client printed[\s\S]*\/rest\/other[\s\S]*different/,
    );
  });

  it('say what cannot be read, beside the field', async () => {
    const answer = await world.root.post('/oauth/admin/diagnosis/paste', { request: 'hello', at: '' });
    assert.equal(answer.status, 422);
    assert.match(await answer.text(), /id="request-error"[\s\S]*none of the forms/);
    const late = await world.root.post('/oauth/admin/diagnosis/paste', { request: 'x', at: 'yesterday' });
    assert.match(await late.text(), /id="at-error"/);
  });

  it('give an administrator so many explanations a minute', async () => {
    await refuse('r-1', signed(`https://${HOST}/x`));
    const bucket = 'explain:root';
    for (let index = 0; index < EXPLANATIONS_A_MINUTE; index += 1)
      await world.context.storage.attempts.count(bucket, now(), 60);
    const answer = await world.root.get('/oauth/admin/diagnosis/show?id=r-1');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '60']);
    assert.equal(
      (await world.root.post('/oauth/admin/diagnosis/paste', { request: `GET https://${HOST}/x` })).status,
      429,
    );
  });

  it('are for administrators', async () => {
    await refuse('r-1', signed(`https://${HOST}/x`));
    const alice = world.browser();
    await alice.logIn('alice');
    for (const path of ['', '/show?id=r-1', '/paste', '/server']) {
      assert.equal((await alice.get(`/oauth/admin/diagnosis${path}`)).status, 403, path);
      assert.equal((await world.browser().get(`/oauth/admin/diagnosis${path}`)).status, 303, path);
    }
  });

  it('say the same in both languages', () => {
    assert.deepEqual(differingPlaceholders(diagnosisMessages.en, diagnosisMessages.ja), []);
  });
});
