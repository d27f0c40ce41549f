import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Secret } from '../../src/base/index.ts';
import { connectionFor, signedFetch } from '../../src/consumer/index.ts';
import type { ServiceProvider } from '../../src/model/index.ts';
import type { SignatureMethod } from '../../src/oauth/index.ts';
import { decide, type ForeignProvider, OurConsumer, startForeignProvider } from './foreign-provider.ts';

interface ForeignImplementation {
  readonly title: string;
  readonly command: readonly string[];
  readonly methods: readonly SignatureMethod[];
  /** Where it takes parameters beside the header. */
  readonly carriers: readonly ('query' | 'body')[];
  readonly takesRepeated: boolean;
  readonly conduct: Partial<ServiceProvider>;
}

const IMPLEMENTATIONS: readonly ForeignImplementation[] = [
  {
    title: 'Python oauthlib',
    command: ['/usr/bin/python3', 'oauthlib_provider.py'],
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'PLAINTEXT'],
    carriers: ['query', 'body'],
    takesRepeated: true,
    conduct: {},
  },
  {
    title: 'Perl Net::OAuth',
    command: ['perl', 'net-oauth-provider.pl'],
    methods: ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'],
    carriers: [],
    // It keeps parameters in a hash, so a name has one value; and it knows no oauth_body_hash.
    takesRepeated: false,
    conduct: { sendsBodyHash: false },
  },
];

const REPEATED = /a=1&a=/;

const REQUESTS: readonly [path: string, init: object][] = [
  ['/data', {}],
  ['/data?b=2&a=%C3%A9+%2B&empty=', {}],
  ['/data?b=2&a=1&a=0&empty=', {}],
  ["/data/it's%20a%20path?q=%7E!*()'", {}],
  [
    '/data',
    {
      method: 'POST',
      form: [
        ['name', 'größe & 100 %'],
        ['other', '+'],
      ],
    },
  ],
  ['/data', { method: 'PUT', body: Buffer.from('{"a":1}'), headers: { 'content-type': 'application/json' } }],
];

const running: ForeignProvider[] = [];
afterEach(() => {
  for (const provider of running.splice(0)) provider.stop();
});

async function meet(
  { command, conduct }: ForeignImplementation,
  method: SignatureMethod,
  changes: Parameters<OurConsumer['register']>[1] = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<OurConsumer> {
  const provider = await startForeignProvider(command, method, settings);
  running.push(provider);
  const consumer = new OurConsumer(provider.origin);
  await consumer.register(method, { baseUrl: provider.origin, ...conduct, ...changes });
  return consumer;
}

async function fetchData(consumer: OurConsumer, path: string, init: object = {}) {
  const connection = await connectionFor(consumer.context, 'alice', 'Foreign');
  const { baseUrl } = (await consumer.storage.serviceProviders.find('Foreign'))!;
  const request = { method: 'GET', url: `${baseUrl}${path}`, ...init };
  const answer = await signedFetch(consumer.context, { kind: 'user', connection }, request);
  const text = Buffer.from(answer.body).toString();
  return { status: answer.status, told: text === '' ? null : (JSON.parse(text) as Record<string, string>) };
}

for (const implementation of IMPLEMENTATIONS) {
  describe(`our consumer at a provider made of ${implementation.title}`, () => {
    for (const method of implementation.methods) {
      it(`dances with ${method} and reads data, whatever is in the address and the body`, async () => {
        const consumer = await meet(implementation, method);
        assert.equal((await consumer.connect()).kind, 'connected');
        for (const [path, init] of REQUESTS) {
          if (REPEATED.test(path) && !implementation.takesRepeated) continue;
          assert.equal((await fetchData(consumer, path, init)).status, 200, path);
        }
      });
    }

    for (const carrier of implementation.carriers) {
      it(`dances with its parameters in the ${carrier}`, async () => {
        const consumer = await meet(implementation, 'HMAC-SHA1', { carrier });
        // Outside the header oauthlib decodes oauth_ values twice, so an escaped callback is not the one we signed.
        const outcome = await consumer.connect('http://127.0.0.1:9/oauth/callback');
        assert.equal(outcome.kind, 'connected');
        assert.equal((await fetchData(consumer, '/data?a=1')).status, 200);
      });
    }

    it('takes a no for a no', async () => {
      const consumer = await meet(implementation, 'HMAC-SHA1');
      const outcome = await consumer.finish(await decide(await consumer.begin(), 'deny'));
      assert.ok(outcome.kind === 'denied');
      assert.equal(outcome.problem, 'user_refused');
    });

    it('gets no token with a verifier that is wrong, nor with one that came twice', async () => {
      const consumer = await meet(implementation, 'HMAC-SHA1');
      const query = await decide(await consumer.begin(), 'approve');
      const wrong = await consumer.finish(
        query.replace(/oauth_verifier=\w+/, 'oauth_verifier=wrongwrongwrong'),
      );
      assert.equal(wrong.kind, 'failed');
      assert.equal((await consumer.finish(query)).kind, 'unknown');
      await assert.rejects(connectionFor(consumer.context, 'alice', 'Foreign'), { reason: 'not-connected' });
    });

    it('is refused with another key, and says so in words', async () => {
      const consumer = await meet(implementation, 'HMAC-SHA1', { consumerKey: 'somebody-else' });
      await assert.rejects(consumer.begin(), { name: 'ProviderAnswerRefused' });
    });

    it('asks the user again when the token has ended and cannot be renewed', async () => {
      const consumer = await meet(implementation, 'HMAC-SHA1', {}, { tokenSeconds: 0 });
      await consumer.connect();
      await pause(20);
      await assert.rejects(fetchData(consumer, '/data'), {
        name: 'ConnectionNeedsApproval',
        reason: 'token_expired',
      });
      await assert.rejects(connectionFor(consumer.context, 'alice', 'Foreign'), { reason: 'token_expired' });
    });
  });
}

describe('our consumer at a provider whose tokens are renewed by a session handle', () => {
  for (const method of ['HMAC-SHA1', 'RSA-SHA1'] as const) {
    for (const session of ['told', 'silent'] as const) {
      const how = session === 'told' ? 'before they end, where it said when' : 'once a request was refused';
      it(`renews them with ${method} ${how}, once, and forgets the old one`, async () => {
        const consumer = await meet(IMPLEMENTATIONS[0]!, method, {}, { tokenSeconds: 0, session });
        await consumer.connect();
        const first = await connectionFor(consumer.context, 'alice', 'Foreign');
        const answers = await Promise.all(
          ['/data?n=1', '/data?n=2', '/data?n=3'].map((path) => fetchData(consumer, path)),
        );
        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200, 200],
        );
        const second = await connectionFor(consumer.context, 'alice', 'Foreign');
        assert.equal(second.version, first.version + 1);
        assert.notEqual(second.token.reveal(), first.token.reveal());
        assert.notEqual(second.sessionHandle?.reveal(), first.sessionHandle?.reveal());
        assert.equal((await fetchData(consumer, '/data')).status, 200);
      });
    }
  }

  it('asks the user again when the handle is not accepted', async () => {
    const consumer = await meet(IMPLEMENTATIONS[0]!, 'HMAC-SHA1', {}, { tokenSeconds: 0, session: 'silent' });
    await consumer.connect();
    const event = { at: 0, actor: 'alice', object: '', before: null, after: null, note: null } as const;
    const connection = await connectionFor(consumer.context, 'alice', 'Foreign');
    await consumer.storage.connections.save(
      { ...connection, sessionHandle: new Secret('somebody-else') },
      { ...event, action: 'connection.add' },
    );
    await assert.rejects(fetchData(consumer, '/data'), {
      name: 'ConnectionNeedsApproval',
      reason: 'token_rejected',
    });
  });
});
