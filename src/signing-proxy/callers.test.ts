import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  ask,
  type ProxyUnderTest,
  refusal,
  SESSION_COOKIE,
  startProxyUnderTest,
} from '../../test/support/foreign-provider.ts';

let proxy: ProxyUnderTest;
beforeEach(async () => {
  proxy = await startProxyUnderTest();
});
afterEach(() => proxy.close());

const PATH = 'Photo%20Store/albums';
const BY_SESSION = { cookie: SESSION_COOKIE };
/** How the names of many browsers begin. */
const APPLE = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('a caller of the signing proxy', () => {
  it('is a program with an API key, in either header', async () => {
    const key = await proxy.key();
    for (const headers of [{ authorization: `Bearer ${key}` }, { 'x-api-key': key }]) {
      assert.equal((await ask(proxy, PATH, { headers })).body, 'data');
    }
  });

  it('is a page of ours in the browser of somebody who is logged in', async () => {
    const headers = { ...BY_SESSION, 'sec-fetch-site': 'same-origin' };
    assert.equal((await ask(proxy, PATH, { headers })).body, 'data');
    assert.equal((await ask(proxy, PATH, { headers, method: 'DELETE' })).status, 200);
  });

  it('is nobody without either, and is told how to become somebody', async () => {
    const got = await ask(proxy, PATH);
    assert.equal(got.status, 401);
    assert.equal(refusal(got).error, 'credentials-missing');
    assert.match(got.headers['www-authenticate'] ?? '', /^Bearer realm=/);
    assert.deepEqual(proxy.seen, []);
  });

  it('is not made good by a cookie when the key is wrong', async () => {
    const key = await proxy.key();
    const wrong = [
      { authorization: 'Bearer countersign_x' },
      { authorization: `Basic ${key}` },
      { 'x-api-key': '' },
      { 'x-api-key': key, authorization: `Bearer ${key}` },
    ];
    for (const headers of wrong) {
      const got = await ask(proxy, PATH, { headers: { ...BY_SESSION, ...headers } });
      assert.deepEqual(
        [got.status, refusal(got).error],
        [401, 'credentials-rejected'],
        JSON.stringify(headers),
      );
    }
    assert.deepEqual(proxy.seen, []);
  });

  it('is never a page of another site, whatever the method', async () => {
    for (const foreign of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      for (const method of ['GET', 'POST']) {
        const got = await ask(proxy, PATH, { method, headers: { ...BY_SESSION, ...foreign } });
        assert.deepEqual([got.status, refusal(got).error], [403, 'cross-site'], JSON.stringify(foreign));
      }
    }
    assert.deepEqual(proxy.seen, []);
  });

  it('is, with a session, a script of ours only: no link from a mail, no element, nobody who says nothing', async () => {
    const fetched = { 'sec-fetch-site': 'same-origin' };
    for (const unasked of [
      {},
      { referer: 'https://evil.example/' },
      { referer: 'https://evil.example/', 'x-requested-with': 'fetch' },
      { referer: 'http://wiki.example/oauth/login?next=/oauth/out/Photo%20Store/albums' },
      { origin: 'http://wiki.example' },
      { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' },
      { ...fetched, 'sec-fetch-dest': 'document' },
      { ...fetched, 'sec-fetch-dest': 'script' },
      { ...fetched, 'sec-fetch-dest': 'iframe' },
    ]) {
      const got = await ask(proxy, PATH, { headers: { ...BY_SESSION, ...unasked } });
      assert.deepEqual([got.status, refusal(got).error], [403, 'cross-site'], JSON.stringify(unasked));
    }
    assert.deepEqual(proxy.seen, []);
    for (const ours of [
      { ...fetched, 'sec-fetch-dest': 'empty' },
      { origin: 'http://wiki.example', 'x-requested-with': 'fetch' },
      { referer: 'http://wiki.example/dashboards', 'x-requested-with': 'fetch' },
    ]) {
      assert.equal((await ask(proxy, PATH, { headers: { ...BY_SESSION, ...ours } })).status, 200);
    }
  });

  it('is a program with a session where browsers would say what they are: over https, and on this machine', async () => {
    for (const publicUrl of ['https://wiki.example', 'http://localhost']) {
      const there = await startProxyUnderTest({ publicUrl });
      const { host, origin } = new URL(publicUrl);
      const asked = async (headers: Record<string, string>) =>
        (await ask(there, PATH, { headers: { host, ...BY_SESSION, ...headers } })).status;
      try {
        assert.deepEqual([await asked({}), await asked({ accept: '*/*' })], [200, 200]);
        for (const program of ['curl/8.5.0', 'node', `${APPLE} HeadlessChrome/143.0.0.0 Safari/537.36`])
          assert.equal(await asked({ 'user-agent': program }), 200, program);
        const browsers: Record<string, string>[] = [
          { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
          { 'sec-fetch-site': 'none' },
          { referer: 'https://evil.example/' },
          { referer: `${origin}/oauth/login` },
          { origin: 'null' },
          { accept: 'image/webp,*/*', 'user-agent': `${APPLE} Version/16.3 Safari/605.1.15` },
          {
            accept: '*/*',
            'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:89.0) Gecko/20100101 Firefox/89.0',
          },
          { accept: '*/*', 'user-agent': `${APPLE} Chrome/75.0.3770.100 Safari/537.36` },
          {
            range: 'bytes=0-1',
            'user-agent': 'AppleCoreMedia/1.0.0.22A345 (Macintosh; U; Intel Mac OS X 15_0)',
          },
        ];
        for (const headers of browsers) assert.equal(await asked(headers), 403, JSON.stringify(headers));
      } finally {
        await there.close();
      }
    }
  });

  it('reaches the providers that the key was made for, and no others', async () => {
    await proxy.addProvider({ name: 'Other' });
    const headers = { 'x-api-key': await proxy.key({ providers: ['Other'] }) };
    assert.equal((await ask(proxy, 'Other/x', { headers })).status, 200);
    const got = await ask(proxy, PATH, { headers });
    assert.deepEqual([got.status, refusal(got).error], [403, 'provider-not-in-key']);
    assert.equal(proxy.seen.length, 1);
  });

  it('reaches no provider that has got the name of one in its key', async () => {
    await proxy.addProvider({ name: 'Other' });
    const headers = { 'x-api-key': await proxy.key({ providers: ['Other'] }) };
    await proxy.addProvider({ name: 'Other' });
    assert.equal(refusal(await ask(proxy, 'Other/x', { headers })).error, 'provider-not-in-key');
    const unknown = await ask(proxy, 'Nothing/x', { headers });
    assert.equal(refusal(unknown).error, 'provider-not-in-key');
    assert.deepEqual(proxy.seen, []);
  });

  it('acts with their own connection, never with somebody else’s', async () => {
    const headers = { 'x-api-key': await proxy.key({ userName: 'bob' }) };
    const got = await ask(proxy, PATH, { headers });
    assert.equal(got.status, 409);
    const { error, problem, connectUrl, message } = refusal(got);
    assert.deepEqual([error, problem], ['approval-needed', 'not-connected']);
    assert.equal(connectUrl, 'http://wiki.example/oauth/connections');
    assert.match(message!, /Login & approve/);
    assert.deepEqual(proxy.seen, []);
  });

  it('never names the user to act for: that is for the provider’s trust in us, not for callers', async () => {
    await proxy.addProvider({ twoLegged: 'no-token', sendsBodyHash: false });
    const headers = { 'x-api-key': await proxy.key(), 'x-countersign-two-legged': 'true' };
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    const name = 'xoauth%5Frequestor_id=root';
    for (const got of [
      await ask(proxy, `${PATH}?a=b&${name}`, { headers }),
      await ask(proxy, PATH, { headers: form, method: 'POST', body: `a=b&${name}` }),
    ]) {
      assert.deepEqual([got.status, refusal(got).error], [403, 'user-named']);
    }
    assert.deepEqual(proxy.seen, []);
  });

  it('takes no more than their share of a provider that is slow', async () => {
    proxy.streamWith(() => {});
    const alice = { 'x-api-key': await proxy.key() };
    const answers = Array.from({ length: 17 }, () => ask(proxy, PATH, { headers: alice }).catch(() => null));
    const refused = await Promise.race(answers);
    assert.deepEqual([refused?.status, refused?.headers['retry-after']], [429, '1']);
    assert.equal(refusal(refused!).error, 'too-many-at-once');
    const bob = { 'x-api-key': await proxy.key({ userName: 'bob' }) };
    assert.equal((await ask(proxy, PATH, { headers: bob })).status, 409);
  });

  it('makes the key’s last use known', async () => {
    await ask(proxy, PATH, { headers: { 'x-api-key': await proxy.key() } });
    const [record] = await proxy.world.storage.apiKeys.listOfUser('alice');
    const connection = await proxy.world.storage.connections.findFor('alice', 'Photo Store', null);
    const now = proxy.world.clock.milliseconds() / 1000;
    assert.deepEqual([record!.lastUsedAt, connection!.lastUsedAt], [now, now]);
  });
});
