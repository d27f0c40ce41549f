import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  approveAt,
  CALLBACK,
  type ConsumerWorld,
  createConsumerWorld,
  problemAnswer,
  TRACKER,
} from '../../../test/support/consumer-world.ts';
import { beginConnection, finishConnection, readConnectionCallback } from '../../consumer/index.ts';
import {
  authorizedFetch,
  type GadgetOAuthContext,
  type GadgetOutcome,
  type GadgetRequest,
  LastRefusals,
  type OAuthService,
} from './index.ts';

const ISSUES = 'https://wiki.example/g/issues.xml';
const OTHER = 'https://wiki.example/g/other.xml';

let world: ConsumerWorld;
let context: GadgetOAuthContext;
beforeEach(async () => {
  world = await createConsumerWorld();
  context = { consumer: world.context, storage: world.storage, lastRefusals: new LastRefusals() };
});

const SERVICE: OAuthService = { name: 'Tracker', request: null, access: null, authorizationUrl: null };

function ask(changes: Partial<GadgetRequest> = {}): Promise<GadgetOutcome> {
  return authorizedFetch(context, {
    userName: 'alice',
    specUrl: ISSUES,
    services: [SERVICE],
    serviceName: 'Tracker',
    useToken: 'always',
    request: { method: 'GET', url: `${TRACKER}/rest/issues` },
    bounds: { maxBytes: 10_000, timeoutMs: 1_000 },
    ...changes,
  });
}

async function approve(
  userName: 'alice' | 'bob' = 'alice',
  gadgetUrl: string | null = ISSUES,
): Promise<void> {
  const owner = { userName, sessionHash: `session of ${userName}` };
  const { location } = await beginConnection(world.context, {
    ...owner,
    gadgetUrl,
    providerName: 'Tracker',
    callbackUrl: CALLBACK,
    returnTo: '/',
  });
  const query = await approveAt(world.provider, location, world.provider[userName]);
  const callback = readConnectionCallback(query)!;
  assert.equal((await finishConnection(world.context, { callback, ...owner })).kind, 'connected');
}

const textOf = (outcome: GadgetOutcome) =>
  outcome.kind === 'answer' ? Buffer.from(outcome.answer.body).toString() : outcome.kind;

const reasonOf = (outcome: GadgetOutcome) =>
  outcome.kind === 'needs-approval' ? outcome.reason : outcome.kind;

describe('a gadget’s request', () => {
  it('asks for approval until its viewer has given it, and is the viewer’s then', async () => {
    assert.deepEqual(await ask(), { kind: 'needs-approval', provider: 'Tracker', reason: 'not-connected' });
    await approve();
    const outcome = await ask();
    assert.equal(textOf(outcome), 'data of alice');
    assert.equal(outcome.kind === 'answer' && outcome.missing, null);
  });

  it('uses nobody’s approval but its viewer’s', async () => {
    await approve();
    assert.equal(reasonOf(await ask({ userName: 'bob' })), 'not-connected');
    await approve('bob');
    assert.equal(textOf(await ask({ userName: 'bob' })), 'data of bob');
    assert.equal(textOf(await ask()), 'data of alice');
  });

  it('uses no other gadget’s approval, nor what the viewer gave to this installation as such', async () => {
    await approve('alice', OTHER);
    await approve('alice', null);
    assert.equal(reasonOf(await ask()), 'not-connected');
  });

  it('goes to the provider’s own addresses only, with or without a token', async () => {
    await approve();
    const request = { method: 'GET', url: 'https://evil.example/collect' };
    for (const useToken of ['always', 'if_available', 'never'] as const) {
      const outcome = await ask({ request, useToken });
      assert.equal(outcome.kind === 'trouble' && outcome.trouble.code, 'other-origin', useToken);
    }
    assert.ok(!world.sent.some(({ url }) => url.startsWith('https://evil')));
  });

  it('need not name the service if there is one only', async () => {
    await approve();
    assert.equal(textOf(await ask({ serviceName: '' })), 'data of alice');
    const services = [SERVICE, { ...SERVICE, name: 'Second' }];
    assert.deepEqual(await ask({ serviceName: '', services }), {
      kind: 'unknown-service',
      service: '',
      why: 'not-in-spec',
    });
  });

  it('finds the provider by the spec’s addresses, and tells when there is none', async () => {
    const endpoint = (path: string) => ({
      url: `${TRACKER}${path}`,
      method: 'GET',
      paramLocation: 'auth-header' as const,
    });
    const service: OAuthService = {
      name: 'its own name',
      request: endpoint('/request'),
      access: endpoint('/access'),
      authorizationUrl: `${TRACKER}/authorize`,
    };
    await approve();
    assert.equal(textOf(await ask({ services: [service], serviceName: service.name })), 'data of alice');
    const services = [{ ...service, authorizationUrl: 'https://elsewhere.example/' }];
    assert.deepEqual(await ask({ services, serviceName: service.name }), {
      kind: 'unknown-service',
      service: service.name,
      why: 'no-provider',
    });
  });
});

describe('a request that does without a token', () => {
  it('is nobody’s, and unsigned, where the viewer has not approved or the gadget wants none', async () => {
    world.answerWith(() => ({ body: Buffer.from('open data') }));
    for (const useToken of ['if_available', 'never'] as const) {
      const outcome = await ask({ useToken });
      assert.equal(textOf(outcome), 'open data');
      const missing = useToken === 'never' ? null : 'not-connected';
      assert.equal(outcome.kind === 'answer' && outcome.missing, missing);
      assert.equal(world.sent.at(-1)!.headers.authorization, undefined);
    }
  });

  it('takes the token that is there, unless it is not to', async () => {
    await approve();
    assert.equal(textOf(await ask({ useToken: 'if_available' })), 'data of alice');
    world.answerWith(() => ({ body: Buffer.from('open data') }));
    await ask({ useToken: 'never' });
    assert.equal(world.sent.at(-1)!.headers.authorization, undefined);
  });

  it('goes on as nobody when the approval was taken back', async () => {
    await approve();
    world.answerWith(({ headers }) =>
      headers.authorization === undefined
        ? { body: Buffer.from('open data') }
        : problemAnswer('token_revoked'),
    );
    const outcome = await ask({ useToken: 'if_available' });
    assert.equal(textOf(outcome), 'open data');
    assert.equal(outcome.kind === 'answer' && outcome.missing, 'token_revoked');
  });
});

describe('an approval that ends', () => {
  it('is renewed by itself while there is a handle', async () => {
    await approve();
    world.provider.clock.advance(8 * 86_400);
    assert.equal(textOf(await ask()), 'data of alice');
  });

  it('is over without one', async () => {
    await approve();
    const { connections } = world.storage;
    const { id: _id, ...connection } = (await connections.findFor('alice', 'Tracker', ISSUES))!;
    const event = {
      at: 0,
      actor: 'alice',
      action: 'connection.add' as const,
      object: 'c',
      before: null,
      after: null,
      note: null,
    };
    await connections.save({ ...connection, id: 'without handle', sessionHandle: null }, event);
    world.provider.clock.advance(8 * 86_400);
    assert.equal(reasonOf(await ask()), 'token_expired');
    assert.equal(reasonOf(await ask()), 'token_expired');
  });

  it('was revoked, and stays so', async () => {
    await approve();
    world.answerWith(() => problemAnswer('token_revoked'));
    assert.equal(reasonOf(await ask()), 'token_revoked');
    world.answerWith(() => null);
    assert.equal(reasonOf(await ask()), 'token_revoked');
  });

  it('does not end because the provider is down', async () => {
    await approve();
    world.answerWith(() => Promise.reject(Object.assign(new Error('too slow'), { code: 'timeout' })));
    const outcome = await ask();
    assert.equal(outcome.kind === 'trouble' && outcome.trouble.code, 'timeout');
    world.answerWith(() => null);
    assert.equal(textOf(await ask()), 'data of alice');
  });
});

describe('the last refusal', () => {
  const owner = { userName: 'Alice', specUrl: ISSUES, provider: 'Tracker' };

  it('is kept with what the provider said about it, until a request is let through', async () => {
    await approve();
    const link = `<${TRACKER}/oauth/problems/permission_denied>; rel="help"`;
    const { headers, ...rest } = problemAnswer('permission_denied');
    world.answerWith(() => ({ ...rest, headers: { ...headers, link, 'x-request-id': 'r-17' } }));
    const outcome = await ask();
    assert.equal(outcome.kind === 'answer' && outcome.refusal?.problem, 'permission_denied');
    const { requestId, problem, helpUrl } = context.lastRefusals.find(owner)!;
    assert.deepEqual(
      [requestId, problem, helpUrl],
      ['r-17', 'permission_denied', `${TRACKER}/oauth/problems/permission_denied`],
    );
    world.answerWith(() => null);
    await ask();
    assert.equal(context.lastRefusals.find(owner), null);
  });

  it('is nobody else’s, and one of so many', () => {
    const refusals = new LastRefusals();
    const refusal = {
      status: 401,
      problem: 'token_revoked',
      advice: null,
      requestId: null,
      helpUrl: null,
      at: 0,
    };
    for (let index = 0; index < 1_100; index += 1)
      refusals.note({ ...owner, specUrl: `${ISSUES}?${index}` }, refusal);
    assert.equal(refusals.find({ ...owner, specUrl: `${ISSUES}?50` }), null);
    assert.notEqual(refusals.find({ ...owner, specUrl: `${ISSUES}?1099` }), null);
    assert.equal(refusals.find({ ...owner, userName: 'bob', specUrl: `${ISSUES}?1099` }), null);
  });
});
