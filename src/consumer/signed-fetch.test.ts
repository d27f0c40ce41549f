import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type ConsumerWorld,
  createConsumerWorld,
  problemAnswer,
  TRACKER,
} from '../../test/support/consumer-world.ts';
import { audienceOf, type Connection, type ServiceProvider } from '../model/index.ts';
import { type Carrier, SIGNATURE_METHODS } from '../oauth/index.ts';
import { type ActsAs, type RequestToSign, readRefusal, sendSigned, signedFetch } from './index.ts';

let world: ConsumerWorld;
beforeEach(async () => {
  world = await createConsumerWorld();
});

const asUser = (connection: Connection): ActsAs => ({ kind: 'user', connection });
const TWO_LEGGED: ActsAs = { kind: 'two-legged', providerName: 'Tracker' };
const NOBODY: ActsAs = { kind: 'anonymous', providerName: 'Tracker' };

async function textOf(actsAs: ActsAs, request: Partial<RequestToSign> = {}): Promise<string> {
  const answer = await signedFetch(world.context, actsAs, {
    method: 'GET',
    url: `${TRACKER}/rest/issues`,
    ...request,
  });
  return `${answer.status} ${Buffer.from(answer.body)}`;
}

/** Connects anew to a provider with these peculiarities. */
async function connected(changes: Partial<ServiceProvider>): Promise<ActsAs> {
  const isShared = changes.signatureMethod !== undefined && !changes.signatureMethod.startsWith('RSA');
  if (isShared) await world.provider.context.storage.consumers.remove('cli', AUDIT);
  if (isShared)
    await world.provider.addConsumer('cli', { secret: 'cli-shared-secret', allowPlaintext: true });
  await world.addProvider(changes);
  return asUser(await world.connect());
}

const AUDIT = {
  at: 0,
  actor: 'test',
  action: 'consumer.remove' as const,
  object: 'cli',
  before: null,
  after: null,
  note: null,
};

describe('what is signed is accepted by our own provider', () => {
  const carriers: readonly Carrier[] = ['header', 'query', 'body'];
  for (const signatureMethod of SIGNATURE_METHODS) {
    for (const carrier of carriers) {
      it(`with ${signatureMethod}, the parameters in the ${carrier}`, async () => {
        const user = await connected({ signatureMethod, carrier });
        const form = [
          ['title', 'a & b'],
          ['title', 'ü+%20'],
        ] as const;
        assert.equal(await textOf(user), '200 data of alice');
        assert.equal(await textOf(user, { method: 'POST', form }), '200 data of alice');
        const json = { headers: { 'content-type': 'application/json' }, body: Buffer.from('{"a":1}') };
        assert.equal(await textOf(user, { method: 'PUT', ...json }), '200 data of alice');
      });
    }
  }

  it('with token addresses that want GET, with a realm, and without a body hash', async () => {
    const user = await connected({ tokenMethod: 'GET', realm: 'a "realm"', sendsBodyHash: false });
    assert.equal(await textOf(user, { method: 'POST', body: Buffer.from('x') }), '200 data of alice');
    assert.match(world.sent.at(-1)!.headers.authorization!, /^OAuth realm="a \\"realm\\"", /);
    assert.doesNotMatch(world.sent.at(-1)!.headers.authorization!, /oauth_body_hash/);
    assert.deepEqual([...new Set(world.sent.slice(0, 2).map(({ method }) => method))], ['GET']);
  });

  it('for any path, query and form', async () => {
    const user = await connected({});
    const pairs = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })));
    const plain = pairs.filter((all) => all.every(([name]) => !name.startsWith('oauth_')));
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), plain, async (path, query, form) => {
        fc.pre(!path.startsWith('//') && !path.startsWith('/oauth') && !query.includes('oauth_'));
        fc.pre(!/%(?![0-9a-f]{2})/i.test(query));
        const url = `${TRACKER}/rest${path}?${query}`;
        assert.equal(await textOf(user, { url }), '200 data of alice');
        assert.equal(await textOf(user, { method: 'POST', url, form }), '200 data of alice');
      }),
      { numRuns: 60 },
    );
  });

  it('for a form that is given as bytes', async () => {
    const user = await connected({});
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const body = Buffer.from("a=1&b=c+d&b=%C3%BC&c&d='");
    assert.equal(await textOf(user, { method: 'POST', headers, body }), '200 data of alice');
    assert.equal(Buffer.from(world.sent.at(-1)!.body!).toString(), 'a=1&b=c%20d&b=%C3%BC&c=&d=%27');
  });

  it('for addresses that browsers rewrite: what is signed is what is sent', async () => {
    const user = await connected({});
    const url = `${TRACKER}/a/../rest/ü b/%7e?q='x'&y=ü#part`;
    await assert.rejects(textOf(user, { url }), { code: 'invalid-url' });
    assert.equal(await textOf(user, { url: url.replace(' ', '%20') }), '200 data of alice');
    assert.equal(world.sent.at(-1)!.url, `${TRACKER}/rest/%C3%BC%20b/%7e?q=%27x%27&y=%C3%BC`);
  });
});

describe('requests without a user', () => {
  it('are made where the provider’s record says so, with an empty token or with none', async () => {
    await assert.rejects(textOf(TWO_LEGGED), { name: 'RequestNotAllowed', code: 'two-legged-off' });
    await world.provider.context.storage.consumers.remove('wiki', AUDIT);
    await world.provider.addConsumer('wiki', {
      twoLegged: { allowed: true, executeAs: 'bob', mayImpersonate: false },
    });
    await world.addProvider({ twoLegged: 'empty-token' });
    assert.equal(await textOf(TWO_LEGGED), '200 data of bob');
    assert.match(world.sent.at(-1)!.headers.authorization!, /oauth_token=""/);
    await world.addProvider({ twoLegged: 'no-token' });
    world.answerWith(() => ({ status: 200 }));
    await textOf(TWO_LEGGED);
    assert.doesNotMatch(world.sent.at(-1)!.headers.authorization!, /oauth_token=/);
  });
});

describe('requests that are not made', () => {
  const refused: readonly [
    code: string,
    request: Partial<RequestToSign>,
    changes: Partial<ServiceProvider>,
  ][] = [
    ['other-origin', { url: 'https://evil.example/' }, {}],
    ['other-origin', { url: 'http://tracker.example/' }, {}],
    ['other-origin', { url: 'https://tracker.example:8443/' }, {}],
    ['other-origin', { url: `${TRACKER}/other` }, { baseUrl: `${TRACKER}/rest` }],
    ['other-origin', { url: `${TRACKER}/rest/../other` }, { baseUrl: `${TRACKER}/rest` }],
    ['other-origin', { url: `${TRACKER}/restless` }, { baseUrl: `${TRACKER}/rest/` }],
    ['other-origin', { url: 'https://evil.example/' }, { baseUrl: null }],
    ['invalid-url', { url: '/rest' }, {}],
    ['invalid-url', { url: 'https://a:b@tracker.example/' }, {}],
    ['invalid-url', { url: 'file:///etc/passwd' }, {}],
    ['invalid-url', { url: `${TRACKER}/?a=%zz` }, {}],
    ['method-not-allowed', { method: 'DELETE' }, { allowedMethods: ['GET'] }],
    ['method-not-allowed', { method: 'TRACE' }, {}],
    ['method-not-allowed', { method: 'GET / HTTP/1.1\r\nX: y' }, {}],
    ['path-not-allowed', { url: `${TRACKER}/rest/admin` }, { allowedPaths: ['/rest/issues/**'] }],
    ['path-not-allowed', { url: `${TRACKER}/rest/issues/..%2fadmin` }, { allowedPaths: ['/rest/issues/**'] }],
    ['protocol-parameter', { url: `${TRACKER}/?oauth_token=x` }, {}],
    ['protocol-parameter', { method: 'POST', form: [['oauth_nonce', 'x']] }, {}],
    ['form-with-body', { method: 'GET', form: [['a', 'b']] }, {}],
    ['form-with-body', { method: 'POST', form: [['a', 'b']], body: Buffer.from('x') }, {}],
    ['malformed-form', { ...formBytes('a=%zz') }, {}],
    ['malformed-form', { ...formBytes('a=%ff') }, {}],
    ['malformed-form', { ...formBytes('a=ü') }, {}],
    ['plaintext-insecure', { url: 'http://tracker.example/' }, PLAINTEXT_OVER_HTTP()],
  ];
  for (const [code, request, changes] of refused) {
    it(`${JSON.stringify(request.url ?? request.method)} is refused as ${code}`, async () => {
      const old = await world.connect();
      const connection = { ...old, audience: audienceOf(await world.addProvider(changes)) };
      await world.storage.connections.save(connection, AUDIT);
      const before = world.sent.length;
      await assert.rejects(textOf(asUser(connection), request), { name: 'RequestNotAllowed', code });
      assert.equal(world.sent.length, before);
    });
  }

  it('allow patterns below the base URL’s own path', async () => {
    const connection = await world.connect();
    await world.addProvider({
      baseUrl: `${TRACKER}/rest/`,
      allowedPaths: ['/issues/**'],
      allowedMethods: ['GET'],
    });
    await world.storage.connections.save(connection, AUDIT);
    assert.equal(await textOf(asUser(connection), { url: `${TRACKER}/rest/issues/1` }), '200 data of alice');
  });
});

describe('headers of a signed request', () => {
  it('are sent, but for those that signing and the connection set', async () => {
    const connection = await world.connect();
    await textOf(asUser(connection), {
      headers: { Accept: 'text/plain', AUTHORIZATION: 'Bearer x', Host: 'evil', 'Content-Length': '7' },
    });
    const { authorization, ...rest } = world.sent.at(-1)!.headers;
    assert.match(authorization!, /^OAuth /);
    assert.deepEqual(rest, { accept: 'text/plain' });
  });

  it('never hold the caller’s own credential, wherever ours travel', async () => {
    const user = await connected({ carrier: 'query' });
    await textOf(user, { headers: { Authorization: 'Bearer key of ours' } });
    assert.deepEqual(world.sent.at(-1)!.headers, {});
  });
});

describe('a redirect of a resource', () => {
  it('is given back and not followed: a signature speaks to one address', async () => {
    const connection = await world.connect();
    world.answerWith(() => ({ status: 302, headers: { location: 'https://evil.example/' } }));
    assert.equal((await textOf(asUser(connection))).slice(0, 3), '302');
    assert.equal(world.sent.at(-1)!.maxRedirects, 0);
  });
});

describe('a sender of one’s own', () => {
  it('is handed a signed request, and again after a renewal', async () => {
    const connection = await world.connect();
    const tokens: string[] = [];
    const answer = await sendSigned(
      world.context,
      asUser(connection),
      { method: 'POST', url: `${TRACKER}/rest`, body: Buffer.from('x') },
      async ({ headers, body }) => {
        assert.equal(Buffer.from(body!).toString(), 'x');
        tokens.push(/oauth_token="(\w+)"/.exec(headers.authorization!)![1]!);
        return tokens.length === 1
          ? { status: 401, challenge: 'OAuth realm="r", oauth_problem="token_expired"' }
          : { status: 200, challenge: undefined };
      },
    );
    assert.equal(answer.status, 200);
    assert.equal(new Set(tokens).size, 2);
  });

  it('gets its 401 back when that names no OAuth problem', async () => {
    const connection = await world.connect();
    world.answerWith(() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }));
    assert.equal((await textOf(asUser(connection))).slice(0, 3), '401');
    world.answerWith(() => problemAnswer('signature_invalid'));
    assert.equal((await textOf(asUser(connection))).slice(0, 3), '401');
    assert.equal((await world.storage.connections.find(connection.id))!.state, 'active');
  });
});

function formBytes(text: string): Partial<RequestToSign> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', headers, body: Buffer.from(text) };
}

function PLAINTEXT_OVER_HTTP(): Partial<ServiceProvider> {
  return { signatureMethod: 'PLAINTEXT', baseUrl: 'http://tracker.example/' };
}

describe('what a provider shows to everybody', () => {
  it('is asked for without signature or token, at its own addresses only', async () => {
    world.answerWith(() => ({ body: Buffer.from('open data') }));
    assert.equal(await textOf(NOBODY), '200 open data');
    assert.equal(world.sent.at(-1)!.headers.authorization, undefined);
    await textOf(NOBODY, { method: 'POST', form: [['a', 'b c']] });
    assert.equal(Buffer.from(world.sent.at(-1)!.body!).toString(), 'a=b+c');
    await assert.rejects(textOf(NOBODY, { url: 'https://evil.example/' }), { code: 'other-origin' });
    assert.equal(world.sent.length, 2);
  });
});

describe('a refusal', () => {
  const refusal = (headers: Record<string, string>, status = 401, body = '') =>
    readRefusal(`${TRACKER}/rest/issues`, { status, headers, body: Buffer.from(body) });

  it('is read with the provider’s words, its number of the request and its page about the problem', () => {
    const headers = {
      'www-authenticate':
        'OAuth realm="x", oauth_problem="token_revoked", oauth_problem_advice="Ask%20again."',
      'x-request-id': '0f3c-17',
      link: '<https://tracker.example/oauth/problems/token_revoked>; rel="help"',
    };
    assert.deepEqual(refusal(headers), {
      status: 401,
      problem: 'token_revoked',
      advice: 'Ask again.',
      requestId: '0f3c-17',
      helpUrl: 'https://tracker.example/oauth/problems/token_revoked',
    });
    assert.equal(refusal({}, 403)?.problem, null);
    assert.equal(refusal({}, 200), null);
    assert.equal(refusal({}, 200, 'oauth_problem=nonce_used')?.problem, 'nonce_used');
  });

  it('leads nowhere but to the provider itself', () => {
    for (const link of [
      '<https://evil.example/>; rel="help"',
      '<//evil.example/>; rel="help"',
      '<javascript:alert(1)>; rel="help"',
      '<https://tracker.example@evil.example/>; rel="help"',
      '<https://a:b@tracker.example/>; rel="help"',
      '<https://tracker.example/next>; rel="next"',
      'nonsense',
    ]) {
      assert.equal(refusal({ link })?.helpUrl, null, link);
    }
    assert.equal(refusal({ link: '</help>; rel=help' })?.helpUrl, `${TRACKER}/help`);
    assert.equal(refusal({ 'x-request-id': '"><script>' })?.requestId, null);
  });
});
