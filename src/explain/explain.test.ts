import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ANY_CHARACTER } from '../../test/support/any-character.ts';
import {
  ask,
  type Care,
  CONSUMER_SECRET,
  encode,
  NOW,
  type Pair,
  send,
  TOKEN,
  TOKEN_SECRET,
} from '../../test/support/careless-client.ts';
import { createProviderWorld, type ProviderWorld } from '../../test/support/provider-world.ts';
import { Secret } from '../base/index.ts';
import { Problem } from '../oauth/index.ts';
import {
  authenticate,
  issueAccessToken,
  issueRequestToken,
  type ProviderRequest,
} from '../provider/index.ts';
import {
  assertSignature,
  EVIDENT_MISTAKES,
  type EvidentMistake,
  explain,
  gatherKnowledge,
  type Knowledge,
  MISTAKE_TEXTS,
  SignatureAssertionError,
} from './index.ts';

const replacing = (name: string, value: string) => (pairs: Pair[]) =>
  pairs.map((pair): Pair => (pair[0] === name ? [name, value, pair[2]] : pair));
const adding = (name: string, value: string) => (pairs: Pair[]) => [
  ...pairs,
  [name, value, 'header'] as Pair,
];
const know =
  (changes: Partial<Knowledge>): Care['know'] =>
  (known) => ({ ...known, ...changes });
const POST: Partial<Care> = { method: 'POST', contentType: 'application/json', body: '{"a":1}' };

/** For every mistake that shows by itself, a client that makes it. */
const EVIDENT: Readonly<Record<EvidentMistake, Partial<Care>>> = {
  'authorization-missing': { travel: (request) => ({ ...request, authorization: [] }) },
  'other-authorization-scheme': { travel: (request) => ({ ...request, authorization: ['Bearer abc'] }) },
  'parameters-in-two-places': { travel: (request) => ({ ...request, query: 'oauth_nonce=again' }) },
  'signature-line-breaks': { write: (bytes) => `${bytes.toString('base64')}\n` },
  'clock-milliseconds': { protocol: replacing('oauth_timestamp', `${NOW}000`) },
  'clock-time-zone': { protocol: replacing('oauth_timestamp', String(NOW + 9 * 3600 + 4)) },
  'clock-skew': { protocol: replacing('oauth_timestamp', String(NOW - 1000)) },
  'nonce-repeated': { know: know({ nonce: { outcome: 'used', firstSeenAt: NOW - 5 }, unknown: [] }) },
  'method-of-other-family': { protocol: replacing('oauth_signature_method', 'RSA-SHA1') },
  'method-name-misspelt': { protocol: replacing('oauth_signature_method', 'hmac_sha1') },
  'plaintext-not-allowed': {
    signatureMethod: 'PLAINTEXT',
    sign: (_, key) => Buffer.from(key),
    write: (bytes) => bytes.toString(),
    know: (known) => ({ ...known, consumer: { ...known.consumer!, allowPlaintext: false } }),
  },
  'plaintext-unprotected': {
    signatureMethod: 'PLAINTEXT',
    sign: (_, key) => Buffer.from(key),
    write: (bytes) => bytes.toString(),
    travel: (request) => ({ ...request, isSecureTransport: false }),
  },
  'consumer-key-blanks': {
    protocol: replacing('oauth_consumer_key', 'dpf43f3p2l4k3l03 '),
    know: know({ consumer: null }),
  },
  'callback-missing': {
    token: null,
    tokenSecret: '',
    know: (known) => ({ ...known, kind: 'requestToken', consumer: { ...known.consumer!, legacy10: false } }),
  },
  'verifier-missing': {
    know: (known) => ({ ...known, kind: 'accessToken', unknown: ['nonce'], presented: requestToken(known) }),
  },
  'request-token-for-access-token': {
    know: (known) => ({ ...known, unknown: ['nonce'], presented: requestToken(known) }),
  },
  'body-changed': { ...POST, protocol: adding('oauth_body_hash', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=') },
  'body-hash-of-other-bytes': {
    ...POST,
    protocol: adding('oauth_body_hash', '2jmj7l5rSw0yVb/vlWAYkK/YBwk='),
  },
};

function requestToken({ presented }: Knowledge): Knowledge['presented'] {
  const { hash, secret, consumerKey } = presented.accessToken!;
  return {
    accessToken: null,
    requestToken: {
      hash,
      secret,
      consumerKey,
      state: 'approved',
      version: '1.0a',
      callback: null,
      userName: 'alice',
      verifierHash: 'x',
      failedVerifiers: 0,
      gadgetUrl: null,
      createdAt: 0,
      expiresAt: NOW + 60,
    },
  };
}

describe('mistakes that show by themselves', () => {
  for (const code of EVIDENT_MISTAKES) {
    it(`are named: ${code}`, async () => {
      const { problem, causes } = await ask(EVIDENT[code]);
      assert.notEqual(problem, null);
      assert.equal(causes[0]?.code, code);
      assert.equal(causes[0]?.page, `mistakes/${code}`);
    });
  }
});

describe('an explanation', () => {
  const kinds = {
    resource: authenticate,
    requestToken: issueRequestToken,
    accessToken: issueAccessToken,
  } as const;

  async function agree(
    world: ProviderWorld,
    request: ProviderRequest,
    kind: keyof typeof kinds = 'resource',
  ) {
    const knowledge = await gatherKnowledge(world.context, request, { kind });
    const { problem } = await explain(request, knowledge);
    let answered: string | null = null;
    try {
      await kinds[kind](world.context, request);
    } catch (refusal) {
      if (!(refusal instanceof Problem)) throw refusal;
      answered = refusal.code;
    }
    assert.equal(problem, answered);
    return problem;
  }

  it('says what the provider answers, for every step and state', async () => {
    const world = await createProviderWorld();
    const granted = await world.dance('wiki', world.alice);
    const shared = await world.dance('cli', world.alice);
    const approved = await world.approved('wiki', world.alice);
    const get = { method: 'GET' } as const;
    const seen = [
      await agree(world, world.request('wiki', '/rest', { ...get, token: granted.token })),
      await agree(world, world.request('wiki', '/rest', { ...get, token: 'unknown' })),
      await agree(world, world.request('wiki', '/rest', get)),
      await agree(world, world.request('wiki', '/rest', { ...get, token: '' })),
      await agree(
        world,
        world.request('cli', '/rest', { ...get, token: shared.token, tokenSecret: 'wrong' }),
      ),
      await agree(world, world.request('cli', '/rest', { ...get, token: granted.token })),
      await agree(world, world.request('nobody', '/rest', get)),
      await agree(world, world.request('wiki', '/rest', { ...get, token: granted.token, timestamp: 5 })),
      await agree(world, world.request('wiki', '/x', {}), 'requestToken'),
      await agree(world, world.request('wiki', '/x', { callback: 'ftp://x' }), 'requestToken'),
      await agree(
        world,
        world.request('wiki', '/x', { token: approved.token, verifier: 'wrong' }),
        'accessToken',
      ),
      await agree(world, world.request('wiki', '/x', { token: approved.token }), 'accessToken'),
      await agree(
        world,
        world.request('wiki', '/x', { token: granted.token, sessionHandle: 'wrong' }),
        'accessToken',
      ),
      await agree(
        world,
        world.request('wiki', '/x', { token: approved.token, verifier: approved.verifier }),
        'accessToken',
      ),
    ];
    assert.equal(new Set(seen).size, 8, seen.join());
  });

  it('counts no wrong verifier and burns no nonce', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    for (let time = 0; time < 9; time += 1) {
      const wrong = world.request('wiki', '/x', { token, verifier: 'wrong' });
      await explain(wrong, await gatherKnowledge(world.context, wrong, { kind: 'accessToken' }));
    }
    const right = world.request('wiki', '/x', { token, verifier });
    await explain(right, await gatherKnowledge(world.context, right, { kind: 'accessToken' }));
    await issueAccessToken(world.context, right);
  });

  it('goes on behind the first refusal', async () => {
    const { problem, checks } = await ask({
      protocol: replacing('oauth_timestamp', '5'),
      signedUrl: (url) => url.replace('https', 'http'),
    });
    assert.equal(problem, 'timestamp_refused');
    assert.deepEqual(
      checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name),
      ['clock', 'signature'],
    );
  });

  it('describes a token of another consumer like none at all', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('other');
    const { token } = await world.dance('wiki', world.alice);
    const describe = async (value: string) => {
      const request = world.request('other', '/rest', {
        method: 'GET',
        token: value,
        signatureMethod: 'RSA-SHA1',
        nonce: 'same-nonce',
      });
      const { checks } = await explain(request, await gatherKnowledge(world.context, request));
      return checks.find(({ name }) => name === 'token')?.ours;
    };
    assert.equal(await describe(token), await describe('never-issued'));
  });

  it('speaks Japanese when it is asked to', async () => {
    const { request, knowledge } = send({ signedUrl: (url) => url.replace('https', 'http') });
    const { causes } = await explain(request, knowledge, 'ja');
    assert.equal(causes[0]?.title, MISTAKE_TEXTS.ja['signed-http-for-https'].title);
    assert.match(causes[0]?.advice ?? '', /^ここでの https を http に置き換えると一致します。/);
  });
});

describe('what an explanation gives away', () => {
  const SECRETS = [
    CONSUMER_SECRET,
    TOKEN_SECRET,
    TOKEN,
    encode(CONSUMER_SECRET),
    'verifierABC123',
    'hunter2hunter2',
  ];

  function assertClean(explanation: unknown, expected: string): void {
    const text = JSON.stringify(explanation);
    for (const secret of [...SECRETS, expected, encode(expected)])
      assert.ok(!text.includes(secret), `${secret} in ${text}`);
  }

  it('is no secret, no token, no verifier, no password and not the right signature, whatever was sent', async () => {
    const right = send({}).signature;
    const careless: Partial<Care>[] = [
      { signedUrl: (url) => url.replace('https', 'http') },
      { key: (consumer) => `${encode(consumer)}&` },
      { key: (consumer, token) => `${encode(token)}&${encode(consumer)}` },
      { sign: (_, key) => Buffer.from(key), write: (bytes) => bytes.toString() },
      { sign: () => Buffer.from(CONSUMER_SECRET), write: () => CONSUMER_SECRET },
      { sign: () => Buffer.from(TOKEN_SECRET), write: () => TOKEN_SECRET },
      { query: `x=${encode(CONSUMER_SECRET)}&y=${TOKEN_SECRET}&password=hunter2hunter2` },
      { path: `/jira/${TOKEN}`, signedUrl: (url) => `${url}/` },
      { protocol: adding('oauth_verifier', 'verifierABC123'), signedUrl: (url) => `${url}/` },
      { method: 'POST', form: [['x_auth_password', 'hunter2hunter2']], signedMethod: () => 'PUT' },
      {
        signatureMethod: 'PLAINTEXT',
        sign: (_, key) => Buffer.from(`${key}x`),
        write: (bytes) => bytes.toString(),
      },
      { consumerSecret: 'wrong-secret-entirely' },
      {
        know: (known) => ({
          ...known,
          clientBaseString: `GET&https%3A%2F%2Fx&a%3D${TOKEN_SECRET}%26oauth_token%3D${TOKEN}%26oauth_verifier%3DverifierABC123`,
        }),
      },
      {
        arrival: { forwarded: { 'x-original-uri': `/jira?oauth_token=${TOKEN}` } },
        signedMethod: () => 'PUT',
      },
    ];
    for (const one of careless) {
      const { request, knowledge, signature } = send(one);
      const unsent = signature === right ? 'a signature that was sent may be shown' : right;
      assertClean(await explain(request, knowledge), unsent);
      assertClean(await explain(request, knowledge, 'ja'), unsent);
    }
  });

  it('shows tokens by their ends, the same in both base strings', async () => {
    const { baseString } = await ask({ signedUrl: (url) => url.replace('https', 'http') });
    const row = baseString.rows.find(({ name }) => name === 'oauth_token');
    assert.deepEqual([row?.yours, row?.ours, row?.state], ['nnch…2jdk', 'nnch…2jdk', 'equal']);
  });
});

describe('explaining', () => {
  it('never throws, whatever arrives', async () => {
    const { request, knowledge } = send({});
    const wire = fc.string({ unit: ANY_CHARACTER }).map((text) => Buffer.from(text).toString('latin1'));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method: fc.constantFrom('GET', 'POST', 'get', '', 'X'.repeat(50)),
          query: wire,
          authorization: fc.array(fc.oneof(wire, fc.constant(request.authorization[0]!)), { maxLength: 2 }),
          contentType: fc.constantFrom(
            [],
            ['application/json'],
            ['application/x-www-form-urlencoded'],
            ['a', 'b'],
          ),
          body: fc.uint8Array(),
        }),
        fc.option(wire),
        async (changes, clientBaseString) => {
          await explain({ ...request, ...changes }, { ...knowledge, clientBaseString });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes time in proportion to the request', async () => {
    for (const piece of [
      'a',
      '%25',
      'secret',
      'oauth_token%3D',
      'password=',
      '%2525',
      'oauth_token=%',
      '/',
      '=&',
    ]) {
      const { request, knowledge } = send({ consumerSecret: 'wrong-secret-entirely' });
      const body = Buffer.from(`x=${piece.repeat(60_000)}`);
      const large = { ...request, body, contentType: ['application/x-www-form-urlencoded'] };
      const began = process.hrtime.bigint();
      await explain(large, { ...knowledge, clientBaseString: `GET&https%3A%2F%2Fx&${piece.repeat(60_000)}` });
      assert.ok(process.hrtime.bigint() - began < 4_000_000_000n, piece);
    }
  });

  it('stays within its budget for the largest requests', async () => {
    const query = Array.from({ length: 900 }, (_, at) => `parameter${at}=${'v%20'.repeat(60)}`).join('&');
    const { request, knowledge } = send({ query, consumerSecret: 'wrong-secret-entirely' });
    const began = process.hrtime.bigint();
    const { tried } = await explain(request, knowledge);
    assert.ok(tried < 200, `${tried} tried`);
    assert.ok(process.hrtime.bigint() - began < 5_000_000_000n);
  });
});

describe('assertSignature', () => {
  const expected = (secret: string) => ({
    consumerKey: 'dpf43f3p2l4k3l03',
    credential: { kind: 'shared-secret' as const, secret: new Secret(secret) },
    token: TOKEN,
    tokenSecret: new Secret(TOKEN_SECRET),
  });

  it('passes for a request that is signed rightly', async () => {
    await assertSignature(send({}).request, expected(CONSUMER_SECRET));
  });

  it('fails with the explanation as its message', async () => {
    const { request } = send({ signedUrl: (url) => url.replace('https', 'http') });
    await assert.rejects(assertSignature(request, expected(CONSUMER_SECRET)), (error) => {
      assert.ok(error instanceof SignatureAssertionError);
      assert.equal(error.name, 'AssertionError');
      assert.match(
        error.message,
        /^signature_invalid\n.*\n {2}→ Signed with http, this server is reached by https/,
      );
      assert.match(error.message, /ours: {2}https:\/\/tracker.example/);
      return true;
    });
  });
});
