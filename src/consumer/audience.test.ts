import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  CALLBACK,
  type ConsumerWorld,
  createConsumerWorld,
  TRACKER,
} from '../../test/support/consumer-world.ts';
import type { Connection, ServiceProvider } from '../model/index.ts';
import {
  beginConnection,
  finishConnection,
  readConnectionCallback,
  renewConnection,
  signedFetch,
} from './index.ts';

const EVIL = 'https://evil.example';
const EVENT = {
  at: 0,
  actor: 'root',
  action: 'service-provider.edit',
  object: '',
  before: null,
  after: null,
  note: null,
} as const;

let world: ConsumerWorld;
beforeEach(async () => {
  world = await createConsumerWorld();
});

/** An administrator changes the provider's record while connections to it stand. */
async function change(changes: Partial<ServiceProvider>): Promise<void> {
  const present = (await world.storage.serviceProviders.find('Tracker'))!;
  const next = { ...present, ...changes, updatedAt: present.updatedAt + 1 };
  assert.equal(
    await world.storage.serviceProviders.update('Tracker', next, present.updatedAt, EVENT),
    'done',
  );
  world.sent.length = 0;
}

const MOVES: Readonly<Record<string, Partial<ServiceProvider>>> = {
  'its base URL is another host': { baseUrl: `${EVIL}/` },
  'its base URL is another scheme': { baseUrl: 'http://tracker.example/' },
  'its base URL is taken away, and its tokens come from elsewhere': {
    baseUrl: null,
    requestTokenUrl: `${EVIL}/r`,
  },
  'its access-token URL is another host': { accessTokenUrl: `${EVIL}/access` },
  'our consumer key there is another': { consumerKey: 'somebody-else' },
};

describe('a token whose provider was changed', () => {
  for (const [what, changes] of Object.entries(MOVES)) {
    it(`is shown to nobody when ${what}`, async () => {
      const connection = await world.connect();
      await change(changes);
      const url = `${changes.baseUrl ?? changes.requestTokenUrl ?? `${TRACKER}/`}`;
      const request = { method: 'GET', url };
      const needed = { name: 'ConnectionNeedsApproval', reason: 'provider_changed' };
      await assert.rejects(signedFetch(world.context, { kind: 'user', connection }, request), needed);
      await assert.rejects(renewConnection(world.context, connection), needed);
      assert.deepEqual(world.sent, []);
    });
  }

  it('is not renewed there either, when its end is near', async () => {
    const connection = await world.connect();
    await change({ accessTokenUrl: `${EVIL}/access` });
    world.provider.clock.advance(8 * 86_400);
    const request = { method: 'GET', url: `${TRACKER}/x` };
    await assert.rejects(signedFetch(world.context, { kind: 'user', connection }, request), {
      name: 'ConnectionNeedsApproval',
    });
    assert.deepEqual(world.sent, []);
  });

  it('works again when the record is as it was', async () => {
    const connection: Connection = await world.connect();
    await change({ baseUrl: `${EVIL}/` });
    await change({ baseUrl: `${TRACKER}/` });
    const answer = await signedFetch(
      world.context,
      { kind: 'user', connection },
      { method: 'GET', url: `${TRACKER}/x` },
    );
    assert.equal(answer.status, 200);
  });

  it('stays where only other paths, words or methods are changed', async () => {
    const connection = await world.connect();
    await change({
      baseUrl: `${TRACKER}/rest`,
      description: 'x',
      tokenMethod: 'GET',
      allowedMethods: ['GET'],
    });
    const request = { method: 'GET', url: `${TRACKER}/rest/x` };
    assert.equal((await signedFetch(world.context, { kind: 'user', connection }, request)).status, 200);
  });
});

describe('a request token whose provider was changed while the user was away', () => {
  it('is exchanged nowhere', async () => {
    const query = await world.approve();
    await change({ accessTokenUrl: `${EVIL}/access` });
    const outcome = await finishConnection(world.context, {
      callback: readConnectionCallback(query)!,
      sessionHash: 'session of alice',
      userName: 'alice',
    });
    assert.equal(outcome.kind === 'failed' && outcome.error.code, 'provider-changed');
    assert.deepEqual(world.sent, []);
  });

  it('does not outlive a provider of the same name', async () => {
    const { location } = await beginConnection(world.context, {
      providerName: 'Tracker',
      userName: 'alice',
      sessionHash: 's',
      callbackUrl: CALLBACK,
      returnTo: '/',
    });
    const token = new URL(location).searchParams.get('oauth_token')!;
    await world.addProvider();
    const callback = readConnectionCallback(`oauth_token=${token}&oauth_verifier=v`)!;
    const outcome = await finishConnection(world.context, { callback, sessionHash: 's', userName: 'alice' });
    assert.equal(outcome.kind, 'unknown');
  });
});
