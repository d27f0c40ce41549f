import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLI_SECRET, createProviderWorld, type ProviderWorld } from '../../test/support/provider-world.ts';
import { refusedAs } from '../../test/support/refused-as.ts';
import { decide, issueRequestToken, openConsent } from './index.ts';

const DAY = 24 * 60 * 60;

async function begin(
  world: ProviderWorld,
  key = 'wiki',
  callback: string | undefined = 'https://app.example/back?x=%20y',
) {
  const variation = callback === undefined ? {} : { callback };
  return (await issueRequestToken(world.context, world.request(key, '/oauth/request-token', variation)))
    .token;
}

describe('RFC 5849 s2.2 resource owner authorization', () => {
  it('shows who asks, and until when access would last', async () => {
    const world = await createProviderWorld();
    const consent = await openConsent(world.context, await begin(world), world.alice);
    const now = world.clock.milliseconds() / 1000;
    assert.equal(consent.consumer.key, 'wiki');
    assert.equal(consent.accessEndsAt, now + 7 * DAY);
    assert.equal(consent.renewableUntil, now + 37 * DAY);
  });

  it('appends token and verifier to the callback, whose own query stays as it is', async () => {
    const world = await createProviderWorld();
    const token = await begin(world);
    const decision = await decide(world.context, token, world.alice, 'approve');
    assert.equal(decision.kind, 'redirect');
    assert.match(
      decision.kind === 'redirect' ? decision.location : '',
      new RegExp(`^https://app\\.example/back\\?x=%20y&oauth_token=${token}&oauth_verifier=[A-Za-z0-9]{32}$`),
    );
  });

  it('says no with a literal verifier and a problem', async () => {
    const world = await createProviderWorld();
    const token = await begin(world, 'wiki', 'https://app.example/back');
    assert.deepEqual(await decide(world.context, token, world.alice, 'deny'), {
      kind: 'redirect',
      location: `https://app.example/back?oauth_token=${token}&oauth_verifier=denied&oauth_problem=permission_denied`,
    });
  });

  it('shows a verifier of eight unambiguous characters when there is no callback', async () => {
    const world = await createProviderWorld();
    const decision = await decide(world.context, await begin(world, 'wiki', 'oob'), world.alice, 'approve');
    assert.equal(decision.kind, 'show-verifier');
    assert.match(decision.kind === 'show-verifier' ? decision.verifier : '', /^[2-9A-HJKMNP-TW-Z]{8}$/);
  });

  it("falls back to the consumer's registered callback", async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-registered', { callback: 'https://app.example/registered' });
    const decision = await decide(
      world.context,
      await begin(world, 'wiki-registered', 'oob'),
      world.alice,
      'approve',
    );
    assert.match(
      decision.kind === 'redirect' ? decision.location : '',
      /^https:\/\/app\.example\/registered\?oauth_token=/,
    );
  });

  it('tells an unknown, a decided and an expired token apart', async () => {
    const world = await createProviderWorld();
    await assert.rejects(openConsent(world.context, 'unknown', world.alice), refusedAs('token_rejected'));
    const decided = await begin(world);
    await decide(world.context, decided, world.alice, 'approve');
    await assert.rejects(openConsent(world.context, decided, world.alice), refusedAs('token_used'));
    const late = await begin(world);
    world.clock.advance(600);
    await assert.rejects(openConsent(world.context, late, world.alice), refusedAs('token_expired'));
  });

  it('takes one decision only, also when two arrive together', async () => {
    const world = await createProviderWorld();
    const token = await begin(world);
    const outcomes = await Promise.allSettled([
      decide(world.context, token, world.alice, 'approve'),
      decide(world.context, token, world.alice, 'deny'),
    ]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('belongs to the first user who opened it: a link that somebody else started is refused', async () => {
    const world = await createProviderWorld();
    const token = await begin(world);
    await openConsent(world.context, token, world.bob);
    await assert.rejects(openConsent(world.context, token, world.alice), refusedAs('token_rejected'));
    await assert.rejects(decide(world.context, token, world.alice, 'approve'), refusedAs('token_rejected'));
  });

  it('ends with the consumer', async () => {
    const world = await createProviderWorld();
    const token = await begin(world);
    await world.context.storage.consumers.remove('wiki', {
      at: 0,
      actor: 'admin',
      action: 'consumer.remove',
      object: 'wiki',
      before: null,
      after: null,
      note: null,
    });
    await assert.rejects(openConsent(world.context, token, world.alice), refusedAs('token_rejected'));
  });

  it('names the gadget that asks', async () => {
    const world = await createProviderWorld();
    const request = world.request(
      'wiki',
      '/oauth/request-token?xoauth_app_url=https%3A%2F%2Fgadgets.example%2Fissues.xml',
      {
        callback: 'oob',
      },
    );
    const { token } = await issueRequestToken(world.context, request);
    assert.equal(
      (await openConsent(world.context, token, world.alice)).gadgetUrl,
      'https://gadgets.example/issues.xml',
    );
  });
});

describe('OAuth 1.0 of 2007, for legacy consumers only', () => {
  it('takes the callback from the authorize address and sends no verifier', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('legacy', { secret: CLI_SECRET, legacy10: true });
    const { token } = await issueRequestToken(world.context, world.request('legacy', '/oauth/request-token'));
    const decision = await decide(world.context, token, world.alice, 'approve', 'https://old.example/back');
    assert.deepEqual(decision, {
      kind: 'redirect',
      location: `https://old.example/back?oauth_token=${token}`,
    });
  });

  it('ignores a callback in the authorize address for everybody else', async () => {
    const world = await createProviderWorld();
    const token = await begin(world, 'wiki', 'https://app.example/back');
    const decision = await decide(world.context, token, world.alice, 'approve', 'https://evil.example/');
    assert.match(decision.kind === 'redirect' ? decision.location : '', /^https:\/\/app\.example\/back\?/);
  });
});
