import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type ConsumerWorld,
  createConsumerWorld,
  problemAnswer,
  TRACKER,
} from '../../test/support/consumer-world.ts';
import type { Connection } from '../model/index.ts';
import { type ConsumerContext, connectionFor, renewConnection, signedFetch } from './index.ts';

const DAY = 86_400;

let world: ConsumerWorld;
let connection: Connection;
beforeEach(async () => {
  world = await createConsumerWorld();
  connection = await world.connect();
  world.sent.length = 0;
});

async function read(context: ConsumerContext = world.context, as: Connection = connection): Promise<string> {
  const request = { method: 'GET', url: `${TRACKER}/rest/issues` };
  return Buffer.from((await signedFetch(context, { kind: 'user', connection: as }, request)).body).toString();
}

const stored = () => world.storage.connections.find(connection.id);
const renewals = () => world.sent.filter(({ url }) => url.endsWith('/oauth/access-token')).length;

/** Lets the token be over at the provider without our having been told when. */
async function forgetEnd(): Promise<void> {
  const changed = { ...connection, expiresAt: null };
  await world.storage.connections.save(changed, EVENT);
  connection = changed;
}

const EVENT = {
  at: 0,
  actor: 'test',
  action: 'connection.add' as const,
  object: 'x',
  before: null,
  after: null,
  note: null,
};

describe('a token whose end is known', () => {
  it('is used as it is until half a minute before', async () => {
    world.provider.clock.advance(7 * DAY - 31);
    assert.equal(await read(), 'data of alice');
    assert.equal(renewals(), 0);
  });

  it('is renewed then, before it is used', async () => {
    world.provider.clock.advance(7 * DAY - 30);
    assert.equal(await read(), 'data of alice');
    assert.equal(world.sent.length, 2);
    const renewed = (await stored())!;
    assert.notEqual(renewed.token.reveal(), connection.token.reveal());
    assert.notEqual(renewed.sessionHandle!.reveal(), connection.sessionHandle!.reveal());
    assert.equal(renewed.version, connection.version + 1);
    assert.equal(renewed.expiresAt! > connection.expiresAt!, true);
  });

  it('is renewed again and again until its session ends; then the user is asked', async () => {
    for (let week = 1; week <= 5; week += 1) {
      world.provider.clock.advance(7 * DAY);
      assert.equal(await read(), 'data of alice');
    }
    world.provider.clock.advance(2 * DAY);
    await assert.rejects(read(), { name: 'ConnectionNeedsApproval', reason: 'token_expired' });
    assert.equal((await stored())!.state, 'dead');
  });
});

describe('a token whose end comes as a surprise', () => {
  it('is renewed on a 401 that says so, and the request is repeated once', async () => {
    await forgetEnd();
    world.provider.clock.advance(8 * DAY);
    assert.equal(await read(), 'data of alice');
    assert.deepEqual(
      world.sent.map(({ url }) => new URL(url).pathname),
      ['/rest/issues', '/oauth/access-token', '/rest/issues'],
    );
  });

  it('is renewed by the older word for it, too', async () => {
    let first = true;
    world.answerWith(({ url }) => {
      if (!first || !url.endsWith('/issues')) return null;
      first = false;
      return problemAnswer('access_token_expired');
    });
    assert.equal(await read(), 'data of alice');
  });

  it('is not renewed twice for one request', async () => {
    world.answerWith(({ url }) => (url.endsWith('/issues') ? problemAnswer('token_expired') : null));
    await assert.rejects(read(), { name: 'ConnectionNeedsApproval', reason: 'token_expired' });
    assert.equal(renewals(), 1);
    assert.equal((await stored())!.state, 'dead');
  });

  it('is not over because an answer that is no 401 speaks of it', async () => {
    world.answerWith(() => ({ status: 403, body: Buffer.from('oauth_problem=token_expired') }));
    assert.equal(await read(), 'oauth_problem=token_expired');
    assert.equal(renewals(), 0);
  });

  it('cannot be renewed without a session handle', async () => {
    await world.storage.connections.save({ ...connection, sessionHandle: null, expiresAt: null }, EVENT);
    world.provider.clock.advance(8 * DAY);
    await assert.rejects(read(), { name: 'ConnectionNeedsApproval' });
    assert.equal(renewals(), 0);
  });
});

describe('requests that find the token over at the same time', () => {
  it('share one renewal in one process', async () => {
    world.provider.clock.advance(7 * DAY);
    const answers = await Promise.all(Array.from({ length: 20 }, () => read()));
    assert.deepEqual([...new Set(answers)], ['data of alice']);
    assert.equal(renewals(), 1);
  });

  it('share one renewal between two nodes', async () => {
    world.provider.clock.advance(7 * DAY);
    const other = world.otherNode();
    const answers = await Promise.all([read(), read(other), read(), read(other)]);
    assert.deepEqual([...new Set(answers)], ['data of alice']);
    assert.equal(renewals(), 1);
    assert.equal((await stored())!.version, connection.version + 1);
  });

  it('wait no longer than a claim lasts for a node that died over it', async () => {
    const now = Math.floor(world.provider.clock.milliseconds() / 1000);
    await world.storage.connections.claimRenewal(connection.id, connection.version, now, now + 20);
    const reading = renewConnection(
      { ...world.context, pause: async () => world.provider.clock.advance(5) },
      connection,
    );
    assert.equal((await reading).version, connection.version + 1);
  });

  it('use the token that another request has renewed meanwhile', async () => {
    await renewConnection(world.context, connection);
    assert.equal(await read(), 'data of alice');
    assert.equal((await stored())!.state, 'active');
  });

  it('wait for another node that is about to renew, before they call the token dead', async () => {
    const arrived = Promise.withResolvers<void>();
    world.answerWith(async ({ url }) => {
      if (url.endsWith('/access-token')) await arrived.promise;
      return null;
    });
    const renewing = renewConnection(world.otherNode(), connection);
    world.answerWith(({ url }) => {
      if (!url.endsWith('/issues')) return null;
      world.answerWith(() => null);
      setImmediate(() => arrived.resolve());
      return problemAnswer('token_rejected');
    });
    assert.equal(await read(), 'data of alice');
    await renewing;
    assert.equal((await stored())!.state, 'active');
  });

  it('are not told that the token is dead when it was renewed under them', async () => {
    let isFirst = true;
    world.answerWith(async ({ url }) => {
      if (!isFirst || !url.endsWith('/issues')) return null;
      isFirst = false;
      await renewConnection(world.otherNode(), connection);
      return null;
    });
    assert.equal(await read(), 'data of alice');
    assert.equal((await stored())!.state, 'active');
  });
});

describe('a connection that the provider has ended', () => {
  for (const problem of ['token_rejected', 'token_revoked', 'additional_authorization_required']) {
    it(`is dead after ${problem}, and says so from then on without asking`, async () => {
      world.answerWith(() => problemAnswer(problem));
      await assert.rejects(read(), { name: 'ConnectionNeedsApproval', reason: problem });
      const { state, problem: kept } = (await stored())!;
      assert.deepEqual([state, kept], ['dead', problem]);
      const before = world.sent.length;
      await assert.rejects(read(), { name: 'ConnectionNeedsApproval', reason: problem });
      await assert.rejects(connectionFor(world.context, 'alice', 'Tracker'), { reason: problem });
      assert.equal(world.sent.length, before);
    });
  }

  it('is dead when the user took the approval back there', async () => {
    const { accessTokens } = world.provider.context.storage;
    const at = Math.floor(world.provider.clock.milliseconds() / 1000);
    assert.equal(await accessTokens.revokeAll({ userName: 'alice' }, at, EVENT), 1);
    await assert.rejects(read(), { name: 'ConnectionNeedsApproval' });
    assert.equal((await stored())!.state, 'dead');
  });

  for (const problem of ['token_rejected', 'permission_denied']) {
    it(`is dead when its renewal is refused with ${problem}`, async () => {
      world.provider.clock.advance(7 * DAY);
      world.answerWith(() => problemAnswer(problem));
      await assert.rejects(read(), { name: 'ConnectionNeedsApproval', reason: problem });
    });
  }

  it('lives on when a request merely reached too far', async () => {
    world.answerWith(() => problemAnswer('permission_denied'));
    await read();
    assert.equal((await stored())!.state, 'active');
  });

  it('lives on when a renewal fails for reasons that pass, and is renewed the next time', async () => {
    world.provider.clock.advance(7 * DAY);
    for (const status of [500, 503]) {
      world.answerWith(() => ({ status }));
      await assert.rejects(read(), { name: 'ProviderAnswerRefused' });
    }
    world.answerWith(() => Promise.reject(new Error('reset')));
    await assert.rejects(read(), { name: 'ProviderUnreachable' });
    world.answerWith(() => null);
    assert.equal(await read(), 'data of alice');
  });

  it('is replaced by a new one when the user approves again', async () => {
    world.answerWith(() => problemAnswer('token_revoked'));
    await assert.rejects(read());
    world.answerWith(() => null);
    const again = await world.connect();
    assert.equal(await read(world.context, again), 'data of alice');
    await assert.rejects(read(), { reason: 'not-connected' });
  });
});

describe('a user without a connection', () => {
  it('is asked to approve', async () => {
    await assert.rejects(connectionFor(world.context, 'bob', 'Tracker'), {
      name: 'ConnectionNeedsApproval',
      reason: 'not-connected',
    });
  });
});

describe('the last use of a connection', () => {
  it('is noted once a minute at most', async () => {
    await read();
    const first = (await stored())!.lastUsedAt;
    world.provider.clock.advance(59);
    await read();
    assert.equal((await stored())!.lastUsedAt, first);
    world.provider.clock.advance(1);
    await read();
    assert.equal((await stored())!.lastUsedAt, first! + 60);
  });
});
