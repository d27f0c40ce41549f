import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  CALLBACK,
  type ConsumerWorld,
  createConsumerWorld,
  formAnswer,
  problemAnswer,
} from '../../test/support/consumer-world.ts';
import type { ServiceProvider } from '../model/index.ts';
import { testProvider } from './index.ts';

let world: ConsumerWorld;
beforeEach(async () => {
  world = await createConsumerWorld();
});

async function run(changes: Partial<ServiceProvider> = {}) {
  return testProvider(world.context, await world.addProvider(changes), CALLBACK);
}

async function findings(changes: Partial<ServiceProvider> = {}): Promise<string[]> {
  return (await run(changes)).map(({ step, outcome, finding }) => `${step} ${outcome} ${finding}`);
}

const THREE = [
  'addresses success complete',
  'credential success own-key',
  'request-token success token-given',
  'callback success callback-confirmed',
];

describe('testing a provider', () => {
  it('runs the steps that need no person', async () => {
    assert.deepEqual(await findings(), [...THREE, 'authorize-page success page-answers']);
  });

  it('keeps nothing: no pending connection is left behind', async () => {
    await run();
    assert.equal(await world.storage.connections.purgePending(Number.MAX_SAFE_INTEGER, 10), 0);
  });

  it('shows what was sent and answered, without tokens, secrets and signatures', async () => {
    for (const carrier of ['header', 'query', 'body'] as const) {
      const steps = await run({ carrier });
      const shown = JSON.stringify(steps);
      const sent = world.sent
        .map(({ url, headers, body }) => `${url} ${headers.authorization} ${body}`)
        .join(' ');
      const secrets = [...sent.matchAll(/oauth_(?:signature|token)="?=?"?([^"&,\s]+)/g)].map(
        ([, value]) => value!,
      );
      assert.ok(secrets.length > 0);
      for (const secret of secrets) assert.ok(!shown.includes(secret), secret);
      assert.match(shown, /oauth_token_secret=\[redacted\]/);
      assert.match(shown, /oauth_consumer_key/);
    }
  });

  it('knows what requests are signed with', async () => {
    assert.ok(
      (await findings({ signatureMethod: 'HMAC-SHA1' })).includes('credential success shared-secret'),
    );
    const keyless = { ...world.context.storage, installation: { read: async () => null } };
    const steps = await testProvider(
      { ...world.context, storage: keyless },
      await world.addProvider(),
      CALLBACK,
    );
    assert.deepEqual([steps.at(-1)!.outcome, steps.at(-1)!.finding], ['failure', 'no-own-key']);
  });

  it('stops at what is missing', async () => {
    assert.deepEqual(await findings({ accessTokenUrl: null }), ['addresses failure no-addresses']);
    assert.deepEqual(await findings({ accessTokenUrl: null, twoLegged: 'no-token' }), [
      'addresses warning two-legged-only',
    ]);
  });

  it('says what is wrong with the request token', async () => {
    world.answerWith(() => problemAnswer('signature_invalid'));
    const [, , step] = await run();
    assert.deepEqual(
      [step!.outcome, step!.finding, step!.exchange!.status],
      ['failure', 'signature_invalid', 401],
    );
    assert.match(step!.advice, /compare the secret or public key/);
    world.answerWith(() =>
      Promise.reject(Object.assign(new Error('The certificate…'), { code: 'tls-failed' })),
    );
    const [, , unreachable] = await run();
    assert.deepEqual([unreachable!.finding, unreachable!.exchange!.status], ['tls-failed', null]);
    world.answerWith(() => formAnswer({ oauth_token: 'a', oauth_token_secret: 'b' }));
    assert.deepEqual((await findings()).slice(2), [
      'request-token success token-given',
      'callback failure callback-not-confirmed',
    ]);
  });

  it('warns of a provider that confirms no callback', async () => {
    world.answerWith(() => formAnswer({ oauth_token: 'a', oauth_token_secret: 'b' }));
    assert.equal((await findings({ confirmsCallback: false }))[3], 'callback warning callback-not-asked');
  });

  for (const [status, finding] of [
    [302, 'success page-answers'],
    [403, 'warning page-refuses'],
    [404, 'failure page-missing'],
    [500, 'failure page-missing'],
  ] as const) {
    it(`takes an authorize page that answers with ${status} as ${finding}`, async () => {
      world.answerWith(({ url }) => (url.includes('/oauth/authorize') ? { status } : null));
      assert.equal((await findings()).at(-1), `authorize-page ${finding}`);
    });
  }

  it('takes a redirect that the guarded client does not follow as a login page', async () => {
    world.answerWith(({ url }) => {
      if (!url.includes('/oauth/authorize')) return null;
      throw Object.assign(new Error(), { code: 'too-many-redirects' });
    });
    assert.equal((await findings()).at(-1), 'authorize-page success page-redirects');
  });
});
