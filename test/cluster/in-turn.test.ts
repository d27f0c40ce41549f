import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type SigningInput, signRequest } from '../../src/oauth/index.ts';
import { type AlternatingProxy, startAlternatingProxy } from '../support/alternating-proxy.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { OAuthConsumer, type TokenPair } from '../support/oauth-consumer.ts';
import { Person } from '../support/person.ts';

const ROOT = { username: 'root', password: 'correct horse battery staple' };
const ALICE = { username: 'alice', password: 'another horse of another colour' };
const SECRET = 'a secret of the consumer that nobody else knows';
const CALLBACK = 'http://127.0.0.1:9/callback';

/** No request goes to the server that answered the one before; each test goes on where the last one ended. */
describe('two servers that are asked in turn', () => {
  const ports: number[] = [];
  let front: AlternatingProxy;
  let cluster: Cluster;
  let forum: Installation;
  let url: string;
  let root: Person;
  let alice: Person;
  let wiki: OAuthConsumer;
  let granted: TokenPair;

  before(async () => {
    front = await startAlternatingProxy(ports);
    url = `http://127.0.0.1:${front.port}`;
    forum = await startInstallation(['--name', 'Forum']);
    cluster = await startCluster(front.port, ['--name', 'Tracker', '--allow-host', new URL(forum.url).host]);
    ports.push(...cluster.nodes.map((node) => node.port));
    root = new Person(url);
    alice = new Person(url);
    wiki = new OAuthConsumer(url, 'wiki', { secret: SECRET });
  });
  after(async () => {
    const [a = 0, b = 0] = front?.counts ?? [];
    console.log(`requests: ${a} to one server, ${b} to the other`);
    await cluster?.stop();
    await forum?.stop();
    front?.close();
  });

  /** The same request to one server and to the other. */
  const both = async <T>(ask: () => Promise<T>): Promise<[T, T]> => [await ask(), await ask()];

  function sign(path: string, more: Partial<SigningInput> = {}): () => Promise<Response> {
    const signed = signRequest({
      method: 'GET',
      url: url + path,
      consumerKey: 'wiki',
      signatureMethod: 'HMAC-SHA256',
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: granted?.tokenSecret ?? '' },
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomUUID(),
      ...(granted === undefined ? {} : { token: granted.token }),
      ...more,
    });
    return () =>
      fetch(signed.url, { method: signed.method, headers: { authorization: signed.authorization ?? '' } });
  }

  async function approve(): Promise<{ requestToken: TokenPair; verifier: string }> {
    const requestToken = await wiki.requestToken(CALLBACK);
    const { leftFor } = await alice.decide(wiki.authorizeUrl(requestToken), ALICE, 'Approve');
    return { requestToken, verifier: new URL(leftFor ?? '').searchParams.get('oauth_verifier') ?? '' };
  }

  it('make the first administrator by one link, whichever answers', async () => {
    const link = cluster.nodes[1].setupUrl ?? '';
    const made = await root.press(await root.open(link), /^Create administrator$/, {
      ...ROOT,
      displayName: 'Root',
    });
    assert.match(made.text, /You are the first administrator/);
    for (const again of await both(() => new Person(url).open(link)))
      assert.match(again.text, /does not work/);
  });

  it('know the same session on every page of the console', async () => {
    const tabs = ['consumers', 'consumer-info', 'service-providers', 'tokens', 'users', 'audit', 'usage'];
    for (const tab of tabs) {
      for (const page of await both(() => root.open(`/oauth/admin/${tab}`))) {
        assert.equal(page.status, 200, tab);
        assert.ok(new URL(page.url).pathname.endsWith(tab), page.url);
      }
    }
  });

  it('are one and the same installation to others', async () => {
    for (const path of ['/oauth/consumer-info', '/oauth/jwks.json']) {
      const [one, other] = await both(async () => (await fetch(url + path)).text());
      assert.equal(one, other, path);
    }
  });

  it('both take on what was changed, at once', async () => {
    await cluster.command(['info', 'edit', '--name', 'Second Tracker']);
    for (const page of await both(() => root.open('/oauth/admin/consumers'))) {
      assert.match(page.html, /Second Tracker/);
    }
    await cluster.command(['user', 'add', ALICE.username, '--password-stdin'], ALICE.password);
    await cluster.command(['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--secret-stdin'], SECRET);
    for (const page of await both(() => root.open('/oauth/admin/consumers'))) assert.match(page.text, /Wiki/);
  });

  it('carry a form of the console from page to stored change', async () => {
    const info = await root.open('/oauth/admin/consumer-info');
    const form = await root.follow(info, /^Edit/);
    const saved = await root.press(form, /^Save/, { description: 'on two servers' });
    assert.match(saved.text, /on two servers/);
  });

  it('perform the dance', async () => {
    const { requestToken, verifier } = await approve();
    granted = await wiki.accessToken(requestToken, verifier);
    for (const answer of await both(() => wiki.get('/oauth/whoami', granted))) {
      assert.equal(answer.status, 200, answer.body);
      assert.equal(JSON.parse(answer.body).user, 'alice');
    }
    await assert.rejects(wiki.accessToken(requestToken, verifier), /token_(rejected|used)/);
  });

  it('explain what the other one refused', async () => {
    const refused = await sign('/oauth/whoami', { timestamp: 1 })();
    assert.equal(refused.status, 400);
    const path = `/oauth/admin/diagnosis/show?id=${refused.headers.get('x-request-id')}`;
    // It is written down a moment after the answer.
    while ((await root.open(path)).status !== 200);
    for (const { text } of await both(() => root.open(path))) assert.match(text, /timestamp_refused/);
  });

  it('exchange an approved token once when both are asked at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { requestToken, verifier } = await approve();
      const attempts = Array.from({ length: 8 }, () => wiki.accessToken(requestToken, verifier));
      const won = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled');
      assert.equal(won.length, 1);
    }
  });

  it('accept one of a hundred equal requests', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ask = sign('/oauth/whoami');
      const statuses = (await Promise.all(Array.from({ length: 100 }, ask))).map(({ status }) => status);
      assert.equal(statuses.filter((status) => status === 200).length, 1);
      assert.equal(statuses.filter((status) => status === 401).length, 99);
    }
  });

  it('count wrong verifiers together', async () => {
    const { requestToken, verifier } = await approve();
    for (let tries = 0; tries < 5; tries += 1) {
      await assert.rejects(wiki.accessToken(requestToken, `wrong${tries}`), /token_rejected/);
    }
    await assert.rejects(wiki.accessToken(requestToken, verifier), /token_rejected/);
  });

  it('count wrong passwords together', async () => {
    const eve = new Person(url);
    const attempt = async (password: string) =>
      (await eve.logIn(await eve.open('/oauth/login'), { ...ROOT, password })).text;
    for (let tries = 0; tries < 10; tries += 1)
      assert.match(await attempt(`wrong ${tries}`), /do not belong together/);
    for (let tries = 0; tries < 2; tries += 1)
      assert.match(await attempt(ROOT.password), /Too many attempts/);
  });

  it('end access at once on both', async () => {
    await cluster.command(['token', 'revoke', '--consumer', 'wiki']);
    for (const answer of await both(() => wiki.get('/oauth/whoami', granted)))
      assert.equal(answer.status, 401);
    const first = await approve();
    granted = await wiki.accessToken(first.requestToken, first.verifier);
    await alice.revoke('Wiki');
    for (const answer of await both(() => wiki.get('/oauth/whoami', granted)))
      assert.equal(answer.status, 401);
    const { requestToken, verifier } = await approve();
    granted = await wiki.accessToken(requestToken, verifier);
    await cluster.command(['user', 'disable', ALICE.username]);
    for (const answer of await both(() => wiki.get('/oauth/whoami', granted)))
      assert.equal(answer.status, 401);
    for (const page of await both(() => alice.open('/oauth/users/access-tokens')))
      assert.match(page.url, /login/);
    await cluster.command(['user', 'enable', ALICE.username]);
    await cluster.command(['consumer', 'remove', 'wiki']);
    for (const answer of await both(() => wiki.get('/oauth/whoami', granted))) {
      assert.match(answer.body, /consumer_key_unknown/);
    }
  });

  it('connect to another installation: begun by one, ended by the other', async () => {
    await forum.command(['user', 'add', ALICE.username, '--password-stdin'], ALICE.password);
    const key = ['--key', 'tracker', '--name', 'Tracker', '--secret-stdin'];
    await forum.command(['consumer', 'add', ...key], SECRET);
    const addresses = ['request', 'authorize', 'access'].flatMap((step) => {
      const path = step === 'authorize' ? step : `${step}-token`;
      return [`--${step}-url`, `${forum.url}/oauth/${path}`];
    });
    const add = ['provider', 'add', '--name', 'Forum', '--consumer-key', 'tracker', '--secret-stdin'];
    await cluster.command([...add, ...addresses, '--base-url', forum.url], SECRET);

    const list = await alice.logIn(await alice.open('/oauth/connections'), ALICE);
    const { leftFor } = await alice.press(list, /^Connect/);
    const atForum = await new Person(forum.url).decide(leftFor ?? '', ALICE, 'Approve');
    await alice.open(atForum.leftFor ?? '');
    for (const page of await both(() => alice.open('/oauth/connections'))) {
      assert.match(page.text, /Disconnect/);
    }
  });
});
