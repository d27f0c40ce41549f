import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  approveAt,
  CALLBACK,
  type ConsumerWorld,
  createConsumerWorld,
  formAnswer,
  problemAnswer,
  TRACKER,
} from '../../test/support/consumer-world.ts';
import { openConsent } from '../provider/index.ts';
import {
  beginConnection,
  type ConnectionOutcome,
  disconnect,
  finishConnection,
  ProviderAnswerRefused,
  ProviderUnreachable,
  RequestNotAllowed,
  readConnectionCallback,
} from './index.ts';

let world: ConsumerWorld;
beforeEach(async () => {
  world = await createConsumerWorld();
});

const OWNER = { sessionHash: 'session of alice', userName: 'alice' };

function begin(changes: Partial<Parameters<typeof beginConnection>[1]> = {}) {
  return beginConnection(world.context, {
    providerName: 'Tracker',
    ...OWNER,
    callbackUrl: CALLBACK,
    returnTo: '/pages/1',
    ...changes,
  });
}

function finish(query: string, owner = OWNER): Promise<ConnectionOutcome> {
  const callback = readConnectionCallback(query);
  assert.notEqual(callback, null);
  return finishConnection(world.context, { callback: callback!, ...owner });
}

async function kindOf(outcome: Promise<ConnectionOutcome>): Promise<string> {
  return (await outcome).kind;
}

describe('beginning a connection', () => {
  it('sends the browser to the authorize address with a fresh request token', async () => {
    const { location } = await begin();
    assert.match(location, /^https:\/\/tracker\.example\/oauth\/authorize\?oauth_token=[A-Za-z0-9]{32,}$/);
  });

  it('tells the authorize address our callback, where the provider wants it there', async () => {
    await world.addProvider({ callbackAtAuthorize: true });
    const { searchParams } = new URL((await begin()).location);
    assert.equal(searchParams.get('oauth_callback'), CALLBACK);
  });

  it('keeps the query that the authorize address has', async () => {
    await world.addProvider({ authorizeUrl: `${TRACKER}/oauth/authorize?scope=read,write` });
    const { searchParams } = new URL((await begin()).location);
    assert.equal(searchParams.get('scope'), 'read,write');
    assert.ok(searchParams.has('oauth_token'));
  });

  it('names the gadget that asks, signed like everything else, whatever the carrier', async () => {
    const gadgetUrl = 'https://wiki.example/g/issues.xml?a=b&c=ü';
    for (const carrier of ['header', 'query', 'body'] as const) {
      await world.addProvider({ carrier });
      await begin({ gadgetUrl });
      const asked = new URL(world.sent.at(-1)!.url);
      assert.deepEqual(asked.searchParams.getAll('xoauth_app_url'), [gadgetUrl], carrier);
      await begin();
      assert.doesNotMatch(world.sent.at(-1)!.url, /xoauth/, carrier);
    }
  });

  it('tells the provider’s consent page which gadget it is for, and keeps the connection for that gadget', async () => {
    const gadgetUrl = 'https://wiki.example/g/issues.xml';
    const { location } = await begin({ gadgetUrl });
    const token = new URL(location).searchParams.get('oauth_token')!;
    const asked = await openConsent(world.provider.context, token, world.provider.alice);
    assert.equal(asked.gadgetUrl, gadgetUrl);
    const outcome = await finish(await approveAt(world.provider, location, world.provider.alice));
    assert.deepEqual(
      [outcome.kind, outcome.kind !== 'unknown' && outcome.gadgetUrl],
      ['connected', gadgetUrl],
    );
    const { connections } = world.storage;
    assert.equal(await connections.findFor('alice', 'Tracker', null), null);
    assert.equal((await connections.findFor('alice', 'Tracker', gadgetUrl))?.gadgetUrl, gadgetUrl);
  });

  it('needs a provider with addresses', async () => {
    await world.addProvider({ requestTokenUrl: null, authorizeUrl: null, accessTokenUrl: null });
    await assert.rejects(begin(), { name: 'RequestNotAllowed', code: 'no-addresses' });
    await assert.rejects(begin({ providerName: 'Nobody' }), { code: 'unknown-provider' });
  });

  it('insists that the callback is confirmed', async () => {
    world.answerWith(() => formAnswer({ oauth_token: 'a', oauth_token_secret: 'b' }));
    await assert.rejects(begin(), { name: 'ProviderAnswerRefused', code: 'callback-not-confirmed' });
    world.answerWith(() =>
      formAnswer({ oauth_token: 'a', oauth_token_secret: 'b', oauth_callback_confirmed: 'false' }),
    );
    await assert.rejects(begin(), { code: 'callback-not-confirmed' });
  });

  it('takes no confirmation from a provider that is marked as speaking 1.0 only, and sends it no callback', async () => {
    await world.addProvider({ confirmsCallback: false });
    world.answerWith(() => formAnswer({ oauth_token: 'a', oauth_token_secret: 'b' }));
    await begin();
    assert.doesNotMatch(world.sent.at(-1)!.headers.authorization ?? '', /oauth_callback/);
  });

  it('refuses a request token that is pending already, so that nobody can be made to finish another’s dance', async () => {
    world.answerWith(() =>
      formAnswer({ oauth_token: 'same', oauth_token_secret: 'b', oauth_callback_confirmed: 'true' }),
    );
    await begin();
    await assert.rejects(begin({ sessionHash: 'another' }), { code: 'token-in-use' });
  });

  it('follows no redirect of a token address', async () => {
    world.answerWith(() => ({ status: 302, headers: { location: 'https://evil.example/' } }));
    await assert.rejects(begin(), { name: 'ProviderAnswerRefused', code: 'redirected' });
    world.answerWith(() => Promise.reject(Object.assign(new Error(), { code: 'too-many-redirects' })));
    await assert.rejects(begin(), { name: 'ProviderAnswerRefused', code: 'redirected' });
    assert.ok(world.sent.every(({ maxRedirects }) => maxRedirects === 0));
  });

  it('bounds the answer in size and time', async () => {
    await begin();
    assert.deepEqual([world.sent[0]!.maxBytes, world.sent[0]!.timeoutMs], [65_536, 10_000]);
    world.answerWith(() => ({ body: Buffer.alloc(70_000, 'a') }));
    await assert.rejects(begin(), { code: 'too-large' });
    world.answerWith(() => Promise.reject(Object.assign(new Error('too slow'), { code: 'timeout' })));
    await assert.rejects(
      begin(),
      (error) => error instanceof ProviderUnreachable && error.code === 'timeout',
    );
  });

  it('translates the provider’s problem into words', async () => {
    world.answerWith(() => problemAnswer('consumer_key_unknown'));
    await assert.rejects(begin(), (error) => {
      assert.ok(error instanceof ProviderAnswerRefused);
      assert.deepEqual([error.code, error.problem, error.status], ['problem', 'consumer_key_unknown', 401]);
      assert.match(error.message, /register this installation there/);
      return true;
    });
  });

  it('sends PLAINTEXT over https or to this machine only', async () => {
    await world.addProvider({
      signatureMethod: 'PLAINTEXT',
      requestTokenUrl: 'http://tracker.example/oauth/request-token',
    });
    await assert.rejects(begin(), (error) => {
      return error instanceof RequestNotAllowed && error.code === 'plaintext-insecure';
    });
    assert.deepEqual(world.sent, []);
  });
});

describe('finishing a connection', () => {
  it('exchanges the approved token and keeps it with its end and its session', async () => {
    const outcome = await finish(await world.approve());
    assert.ok(outcome.kind === 'connected');
    assert.equal(outcome.returnTo, '/pages/1');
    const kept = await world.storage.connections.findFor('alice', 'Tracker', null);
    assert.deepEqual(kept, outcome.connection);
    const now = Math.floor(world.provider.clock.milliseconds() / 1000);
    assert.equal(kept!.expiresAt, now + 604_800);
    assert.equal(kept!.sessionExpiresAt, now + 3_196_800);
    assert.notEqual(kept!.sessionHandle, null);
  });

  it('puts the new connection in place of the old one', async () => {
    const first = await world.connect();
    const second = await world.connect();
    assert.notEqual(first.id, second.id);
    assert.deepEqual(
      (await world.storage.connections.listOfUser('alice')).map(({ id }) => id),
      [second.id],
    );
  });

  it('does nothing when a callback is replayed', async () => {
    const query = await world.approve();
    assert.equal(await kindOf(finish(query)), 'connected');
    const before = world.sent.length;
    assert.equal(await kindOf(finish(query)), 'unknown');
    assert.equal(world.sent.length, before);
  });

  it('exchanges once when a callback comes twice at the same time', async () => {
    const query = await world.approve();
    const outcomes = await Promise.all([finish(query), finish(query), finish(query)]);
    assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['connected', 'unknown', 'unknown']);
  });

  it('refuses another session’s callback, and leaves it to the right one', async () => {
    const query = await world.approve();
    assert.equal(await kindOf(finish(query, { ...OWNER, sessionHash: 'session of mallory' })), 'unknown');
    assert.equal(await kindOf(finish(query, { ...OWNER, userName: 'bob' })), 'unknown');
    assert.equal(await kindOf(finish(query)), 'connected');
  });

  it('waits ten minutes, not longer', async () => {
    const query = await world.approve();
    world.provider.clock.advance(600);
    assert.equal(await kindOf(finish(query)), 'unknown');
  });

  it('tells that the user said no, and keeps nothing', async () => {
    const { location } = await begin();
    const query = await approveAt(world.provider, location, world.provider.alice, 'deny');
    assert.deepEqual(await finish(query), {
      kind: 'denied',
      provider: 'Tracker',
      problem: 'permission_denied',
      gadgetUrl: null,
      returnTo: '/pages/1',
    });
    assert.deepEqual(await world.storage.connections.listOfUser('alice'), []);
    assert.equal(await kindOf(finish(query)), 'unknown');
  });

  it('fails with the provider’s problem when the verifier is wrong, and cannot be tried again', async () => {
    const query = (await world.approve()).replace(/oauth_verifier=\w+/, 'oauth_verifier=wrong');
    const outcome = await finish(query);
    assert.ok(outcome.kind === 'failed' && outcome.error instanceof ProviderAnswerRefused);
    assert.equal(outcome.error.problem, 'token_rejected');
    assert.equal(await kindOf(finish(query)), 'unknown');
  });

  it('asks a provider of 1.0a for no token without a verifier', async () => {
    for (const without of ['', '&oauth_verifier=']) {
      const query = (await world.approve()).replace(/&?oauth_verifier=\w+/, without);
      const before = world.sent.length;
      const outcome = await finish(query);
      assert.ok(outcome.kind === 'failed' && outcome.error instanceof ProviderAnswerRefused);
      assert.equal(outcome.error.code, 'verifier-missing');
      assert.equal(world.sent.length, before);
    }
  });

  it('asks the provider that the token was begun with, whatever others there are', async () => {
    await world.addProvider({ name: 'Evil', accessTokenUrl: 'https://evil.example/token' });
    await finish(await world.approve());
    assert.ok(world.sent.every(({ url }) => url.startsWith(TRACKER)));
  });

  it('goes back to paths of our own only', async () => {
    for (const returnTo of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb', '']) {
      const { location } = await begin({ returnTo });
      const query = await approveAt(world.provider, location, world.provider.alice);
      const outcome = await finish(query);
      assert.ok(outcome.kind === 'connected');
      assert.equal(outcome.returnTo, '/');
    }
  });
});

describe('disconnecting', () => {
  it('forgets a connection of the user’s own, and nobody else’s', async () => {
    const { id } = await world.connect();
    assert.equal(await disconnect(world.context, 'bob', id), null);
    assert.equal((await disconnect(world.context, 'alice', id))?.id, id);
    assert.equal(await disconnect(world.context, 'alice', id), null);
  });
});

describe('the record of a connection', () => {
  it('prints no token, secret or handle, and puts none into the audit log', async () => {
    const connection = await world.connect();
    const log = await world.storage.audit.list({}, { search: '', offset: 0, limit: 100 });
    const seen = JSON.stringify([connection, log]);
    for (const secret of [connection.token, connection.secret, connection.sessionHandle!]) {
      assert.ok(!seen.includes(secret.reveal()));
    }
  });
});
