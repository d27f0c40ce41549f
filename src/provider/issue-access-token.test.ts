import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CLI_SECRET,
  createProviderWorld,
  type ProviderWorld,
  type Variation,
} from '../../test/support/provider-world.ts';
import { refusedAs } from '../../test/support/refused-as.ts';
import { tokenHash, type User } from '../model/index.ts';
import { authenticate, decide, issueAccessToken, issueRequestToken } from './index.ts';

const PATH = '/oauth/access-token';
const DAY = 24 * 60 * 60;
const ALNUM = /^[A-Za-z0-9]{32,}$/;

function ask(world: ProviderWorld, key: string, variation: Variation) {
  return issueAccessToken(world.context, world.request(key, PATH, variation));
}

async function undecided(world: ProviderWorld, key = 'wiki') {
  const request = world.request(key, '/oauth/request-token', { callback: 'https://app.example/back' });
  const { token, secret } = await issueRequestToken(world.context, request);
  return { token, tokenSecret: secret.reveal() };
}

describe('RFC 5849 s2.3 token credentials', () => {
  it('are given for an approved request token and its verifier', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    const issued = await ask(world, 'wiki', { token, verifier });
    for (const text of [issued.token, issued.secret.reveal(), issued.sessionHandle])
      assert.match(text, ALNUM);
    assert.equal(issued.expiresIn, 604_800);
    assert.equal(issued.authorizationExpiresIn, 37 * DAY);
    assert.equal((await world.context.storage.accessTokens.find(tokenHash(issued.token)))?.userName, 'alice');
  });

  it("need the request token's secret with a shared-secret consumer", async () => {
    const world = await createProviderWorld();
    const { token, secret, verifier } = await world.approved('cli', world.alice);
    await assert.rejects(ask(world, 'cli', { token, verifier }), refusedAs('signature_invalid'));
    assert.match((await ask(world, 'cli', { token, verifier, tokenSecret: secret })).token, ALNUM);
  });

  it('are refused before the decision, and after a denial', async () => {
    const world = await createProviderWorld();
    const { token } = await undecided(world);
    await assert.rejects(ask(world, 'wiki', { token, verifier: 'v' }), refusedAs('permission_unknown'));
    await decide(world.context, token, world.alice, 'deny');
    await assert.rejects(ask(world, 'wiki', { token, verifier: 'denied' }), refusedAs('permission_denied'));
  });

  it('are refused ten minutes after the request token', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    world.clock.advance(600);
    await assert.rejects(ask(world, 'wiki', { token, verifier }), refusedAs('token_expired'));
  });

  it('are refused without a verifier, naming it', async () => {
    const world = await createProviderWorld();
    const { token } = await world.approved('wiki', world.alice);
    await assert.rejects(ask(world, 'wiki', { token }), refusedAs('parameter_absent', 'oauth_verifier'));
  });

  it('are refused without a token, naming it', async () => {
    const world = await createProviderWorld();
    await assert.rejects(ask(world, 'wiki', {}), refusedAs('parameter_absent', 'oauth_token'));
    await assert.rejects(ask(world, 'wiki', { token: '' }), refusedAs('parameter_absent', 'oauth_token'));
  });

  it('are refused for a token that is unknown or of another consumer', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-two');
    const { token, secret, verifier } = await world.approved('wiki', world.alice);
    await assert.rejects(ask(world, 'wiki-two', { token, verifier }), refusedAs('token_rejected'));
    await assert.rejects(
      ask(world, 'cli', { token, verifier, tokenSecret: secret }),
      refusedAs('token_rejected'),
    );
    await assert.rejects(ask(world, 'wiki', { token: 'unknown', verifier }), refusedAs('token_rejected'));
  });

  it('are refused for a user who was disabled meanwhile', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    await disable(world, world.alice);
    await assert.rejects(ask(world, 'wiki', { token, verifier }), refusedAs('token_rejected'));
  });

  it('are given once for a request token, whoever of fifty comes first', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => ask(world, 'wiki', { token, verifier })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    await assert.rejects(ask(world, 'wiki', { token, verifier }), (error: unknown) =>
      ['token_used', 'token_rejected'].includes((error as { code: string }).code),
    );
  });
});

describe('verifiers', () => {
  it('are told wrong four times; the fifth destroys the token, also for the right one', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    for (let count = 0; count < 5; count += 1) {
      await assert.rejects(
        ask(world, 'wiki', { token, verifier: `wrong${count}` }),
        refusedAs('token_rejected'),
      );
    }
    await assert.rejects(ask(world, 'wiki', { token, verifier }), refusedAs('token_rejected'));
  });

  it('have five tries in parallel too', async () => {
    const world = await createProviderWorld();
    const { token, verifier } = await world.approved('wiki', world.alice);
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => ask(world, 'wiki', { token, verifier: `wrong${n}` })),
    );
    await assert.rejects(ask(world, 'wiki', { token, verifier }), refusedAs('token_rejected'));
  });

  it('may be typed in lower case, with blanks and hyphens', async () => {
    const world = await createProviderWorld();
    const { token } = await issueRequestToken(
      world.context,
      world.request('wiki', '/oauth/request-token', { callback: 'oob' }),
    );
    const decision = await decide(world.context, token, world.alice, 'approve');
    const shown = decision.kind === 'show-verifier' ? decision.verifier : '';
    const typed = ` ${shown.slice(0, 4).toLowerCase()}-${shown.slice(4)}`;
    assert.match((await ask(world, 'wiki', { token, verifier: typed })).token, ALNUM);
  });

  it('are not asked of a legacy consumer that got none', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('legacy', { secret: CLI_SECRET, legacy10: true });
    const { token, secret } = await issueRequestToken(
      world.context,
      world.request('legacy', '/oauth/request-token'),
    );
    await decide(world.context, token, world.alice, 'approve');
    assert.match((await ask(world, 'legacy', { token, tokenSecret: secret.reveal() })).token, ALNUM);
  });
});

describe('OAuth Session 1.0 renewal', () => {
  it('gives a new token and handle; the old token stops working', async () => {
    const world = await createProviderWorld();
    const old = await world.dance('wiki', world.alice);
    const renewed = await ask(world, 'wiki', { token: old.token, sessionHandle: old.handle });
    assert.notEqual(renewed.token, old.token);
    assert.notEqual(renewed.sessionHandle, old.handle);
    const request = world.request('wiki', '/rest', { method: 'GET', token: old.token });
    await assert.rejects(async () => authenticate(world.context, request), refusedAs('token_revoked'));
    await assert.rejects(
      ask(world, 'wiki', { token: old.token, sessionHandle: old.handle }),
      refusedAs('token_revoked'),
    );
  });

  it('works after the access token has expired, until the session ends', async () => {
    const world = await createProviderWorld();
    const first = await world.dance('cli', world.alice);
    world.clock.advance(8 * DAY);
    const second = await ask(world, 'cli', {
      token: first.token,
      tokenSecret: first.secret,
      sessionHandle: first.handle,
    });
    assert.equal(second.expiresIn, 7 * DAY);
    assert.equal(second.authorizationExpiresIn, 29 * DAY);
    world.clock.advance(29 * DAY);
    const late = {
      token: second.token,
      tokenSecret: second.secret.reveal(),
      sessionHandle: second.sessionHandle,
    };
    await assert.rejects(ask(world, 'cli', late), refusedAs('permission_denied'));
  });

  it('never outlives what the user approved', async () => {
    const world = await createProviderWorld();
    const first = await world.dance('wiki', world.alice);
    world.clock.advance(35 * DAY);
    const second = await ask(world, 'wiki', { token: first.token, sessionHandle: first.handle });
    assert.equal(second.expiresIn, 2 * DAY);
  });

  it('needs the handle, and the right one', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    await assert.rejects(
      ask(world, 'wiki', { token }),
      refusedAs('parameter_absent', 'oauth_session_handle'),
    );
    await assert.rejects(
      ask(world, 'wiki', { token, sessionHandle: 'x' }),
      refusedAs('token_rejected', 'oauth_session_handle'),
    );
  });

  it('is won by one of many at once', async () => {
    const world = await createProviderWorld();
    const { token, handle } = await world.dance('wiki', world.alice);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => ask(world, 'wiki', { token, sessionHandle: handle })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('is refused for a disabled user', async () => {
    const world = await createProviderWorld();
    const { token, handle } = await world.dance('wiki', world.alice);
    await disable(world, world.alice);
    await assert.rejects(ask(world, 'wiki', { token, sessionHandle: handle }), refusedAs('token_rejected'));
  });
});

async function disable(world: ProviderWorld, user: User): Promise<void> {
  await world.context.storage.users.update(
    user.name,
    { isDisabled: true },
    {
      at: 0,
      actor: 'admin',
      action: 'user.disable',
      object: user.name,
      before: null,
      after: null,
      note: null,
    },
  );
}
