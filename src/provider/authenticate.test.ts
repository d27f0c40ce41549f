import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  CLI_SECRET,
  createProviderWorld,
  event,
  type ProviderWorld,
  spki,
  type Variation,
  WIKI_KEYS,
} from '../../test/support/provider-world.ts';
import { refusedAs } from '../../test/support/refused-as.ts';
import { Secret } from '../base/index.ts';
import { authenticate, revokeAllOwnTokens, revokeOwnToken } from './index.ts';

const DAY = 24 * 60 * 60;

async function check(world: ProviderWorld, key: string, variation: Variation = {}, path = '/rest/issues') {
  return await authenticate(world.context, world.request(key, path, { method: 'GET', ...variation }));
}

async function lastRevocation({ context }: ProviderWorld) {
  const page = { search: '', offset: 0, limit: 1 };
  return (await context.storage.audit.list({ action: 'token.revoke' }, page)).rows[0]!;
}

describe('a signed request for a resource', () => {
  it('runs as the user who approved, and is noted as a use', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const grant = await check(world, 'wiki', { token });
    assert.equal(grant.user?.name, 'alice');
    assert.equal(grant.via, 'three-legged');
    assert.equal(world.uses.get(grant.token!.id), 1_800_001_000);
  });

  it('is refused with the names of everything it lacks', async () => {
    const world = await createProviderWorld();
    const bare = world.request('wiki', '/rest', {
      method: 'GET',
      tamper: (request) => ({ ...request, authorization: ['OAuth oauth_consumer_key="wiki"'] }),
    });
    await assert.rejects(
      async () => authenticate(world.context, bare),
      (error: unknown) => {
        const names = (error as { particulars: { absent: string[] } }).particulars.absent;
        assert.deepEqual([...names].sort(), [
          'oauth_nonce',
          'oauth_signature',
          'oauth_signature_method',
          'oauth_timestamp',
          'oauth_token',
        ]);
        return refusedAs('parameter_absent')(error);
      },
    );
  });

  it('is refused for an unknown consumer', async () => {
    const world = await createProviderWorld();
    await assert.rejects(check(world, 'wiki-unknown', { token: 't' }), refusedAs('consumer_key_unknown'));
  });

  for (const version of ['1.0', '1.0a', '1.0A']) {
    it(`is accepted as version ${version}`, async () => {
      const world = await createProviderWorld();
      await world.addConsumer('plain', { secret: CLI_SECRET, allowPlaintext: true, twoLegged: TWO_LEGGED });
      const grant = await check(world, 'plain', { ...PLAINTEXT, tamper: withVersion(version) });
      assert.equal(grant.via, 'two-legged');
    });
  }

  it('is refused as version 2.0', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('plain', { secret: CLI_SECRET, allowPlaintext: true, twoLegged: TWO_LEGGED });
    await assert.rejects(
      check(world, 'plain', { ...PLAINTEXT, tamper: withVersion('2.0') }),
      refusedAs('version_rejected'),
    );
  });
});

describe("what a token's state does to a request", () => {
  it('is refused seven days later', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    world.clock.advance(7 * DAY - 1);
    await check(world, 'wiki', { token });
    world.clock.advance(1);
    await assert.rejects(check(world, 'wiki', { token }), refusedAs('token_expired'));
  });

  it('is refused once the user revoked it, and nobody else can revoke it', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const { id } = (await check(world, 'wiki', { token })).token!;
    assert.equal(await revokeOwnToken(world.context, world.bob, id), false);
    await check(world, 'wiki', { token });
    assert.equal(await revokeOwnToken(world.context, world.alice, id), true);
    await assert.rejects(check(world, 'wiki', { token }), refusedAs('token_revoked'));
    const { object, before } = await lastRevocation(world);
    assert.deepEqual([object, before], [id, { user: 'alice', consumer: 'wiki' }]);
  });

  it('is refused after everything was revoked', async () => {
    const world = await createProviderWorld();
    const tokens = [await world.dance('wiki', world.alice), await world.dance('wiki', world.alice)];
    const others = await world.dance('wiki', world.bob);
    assert.equal(await revokeAllOwnTokens(world.context, world.alice), 2);
    for (const { token } of tokens)
      await assert.rejects(check(world, 'wiki', { token }), refusedAs('token_revoked'));
    await check(world, 'wiki', { token: others.token });
    const { object, before } = await lastRevocation(world);
    assert.deepEqual([object, before], ['*', { user: 'alice', consumer: 'every consumer' }]);
  });

  it('is refused for another consumer, an unknown token and a request token (CVE-2015-8009)', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-two');
    await world.addConsumer('other', { secret: CLI_SECRET });
    const { token } = await world.dance('wiki', world.alice);
    const shared = await world.dance('cli', world.alice);
    const pending = await world.approved('wiki', world.alice);
    await assert.rejects(check(world, 'wiki-two', { token }), refusedAs('token_rejected'));
    await assert.rejects(
      check(world, 'other', { token: shared.token, tokenSecret: shared.secret }),
      refusedAs('token_rejected'),
    );
    await assert.rejects(check(world, 'wiki', { token: 'unknown' }), refusedAs('token_rejected'));
    await assert.rejects(check(world, 'wiki', { token: pending.token }), refusedAs('token_rejected'));
  });

  it('says nothing about a token unless the signature is right', async () => {
    const world = await createProviderWorld();
    const { token, secret } = await world.dance('cli', world.alice);
    world.clock.advance(8 * DAY);
    await assert.rejects(
      check(world, 'cli', { token, tokenSecret: 'wrong' }),
      refusedAs('signature_invalid'),
    );
    await assert.rejects(check(world, 'cli', { token, tokenSecret: secret }), refusedAs('token_expired'));
  });

  it('is refused for a disabled or removed user', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    await world.context.storage.users.update('alice', { isDisabled: true }, event('alice'));
    await assert.rejects(check(world, 'wiki', { token }), refusedAs('token_rejected'));
    await world.context.storage.users.remove('alice', event('alice'));
    await assert.rejects(check(world, 'wiki', { token }), refusedAs('token_rejected'));
  });

  it('is refused once the consumer is removed', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    await world.context.storage.consumers.remove('wiki', event('wiki'));
    await assert.rejects(check(world, 'wiki', { token }), refusedAs('consumer_key_unknown'));
  });
});

describe('RFC 5849 s3.3 timestamp and nonce', () => {
  it('accepts five minutes to both sides and says which timestamps it would accept', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const now = world.clock.milliseconds() / 1000;
    for (const timestamp of [now - 300, now + 300]) await check(world, 'wiki', { token, timestamp });
    for (const timestamp of [now - 301, now + 301]) {
      await assert.rejects(check(world, 'wiki', { token, timestamp }), (error: unknown) => {
        const { acceptableTimestamps } = (error as { particulars: { acceptableTimestamps: number[] } })
          .particulars;
        assert.deepEqual(acceptableTimestamps, [now - 300, now + 300]);
        return refusedAs('timestamp_refused', undefined, /301 seconds/)(error);
      });
    }
  });

  it('recognises milliseconds', async () => {
    const world = await createProviderWorld();
    const timestamp = world.clock.milliseconds();
    await assert.rejects(
      check(world, 'wiki', { token: 't', timestamp }),
      refusedAs('timestamp_refused', undefined, /milliseconds/),
    );
  });

  it('accepts a request once, also when fifty copies arrive together', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const copies = Array.from({ length: 50 }, () => check(world, 'wiki', { token, nonce: 'same' }));
    const outcomes = await Promise.allSettled(copies);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    await assert.rejects(check(world, 'wiki', { token, nonce: 'same' }), refusedAs('nonce_used'));
  });

  it('burns no nonce for a sender whose signature is wrong', async () => {
    const world = await createProviderWorld();
    const { token, secret } = await world.dance('cli', world.alice);
    const nonce = 'honest';
    await assert.rejects(
      check(world, 'cli', { token, tokenSecret: 'wrong', nonce }),
      refusedAs('signature_invalid'),
    );
    await check(world, 'cli', { token, tokenSecret: secret, nonce });
  });
});

describe('which method may verify a consumer (CVE-2026-72889)', () => {
  it('never verifies an HMAC for a public-key consumer, nor RSA for a shared-secret one', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const key = { kind: 'shared-secret', consumerSecret: WIKI_PUBLIC_KEY, tokenSecret: '' } as const;
    await assert.rejects(
      check(world, 'wiki', { token, signatureMethod: 'HMAC-SHA1', key }),
      refusedAs('signature_method_rejected'),
    );
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = { kind: 'private-key', key: pair.privateKey } as const;
    await assert.rejects(
      check(world, 'cli', { token, signatureMethod: 'RSA-SHA1', key: rsa }),
      refusedAs('signature_method_rejected'),
    );
  });

  it('verifies all methods of the family, and names them when refusing another', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    for (const signatureMethod of ['RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512'] as const) {
      await check(world, 'wiki', { token, signatureMethod });
    }
    const { token: shared, secret } = await world.dance('cli', world.alice);
    for (const signatureMethod of ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512'] as const) {
      await check(world, 'cli', { token: shared, tokenSecret: secret, signatureMethod });
    }
    await assert.rejects(
      check(world, 'cli', { token: shared, tokenSecret: secret, signatureMethod: 'PLAINTEXT' }),
      refusedAs('signature_method_rejected', undefined, /PLAINTEXT.*HMAC-SHA1, HMAC-SHA256, HMAC-SHA512/),
    );
  });

  it('verifies under the key that is being replaced, until the overlap ends', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const consumer = (await world.context.storage.consumers.find('wiki'))!;
    const next = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const now = world.clock.milliseconds() / 1000;
    const rotated = {
      ...consumer,
      credential: { kind: 'public-key' as const, spki: spki(next.publicKey), certificate: null },
      retiring: { credential: consumer.credential, validUntil: now + DAY },
      updatedAt: consumer.updatedAt + 1,
    };
    await world.context.storage.consumers.update(rotated, consumer.updatedAt, event('wiki'));
    const byNewKey = { token, key: { kind: 'private-key', key: next.privateKey } } as const;
    await check(world, 'wiki', { token });
    await check(world, 'wiki', byNewKey);
    world.clock.advance(DAY + 1);
    await assert.rejects(check(world, 'wiki', { token }), refusedAs('signature_invalid'));
    await check(world, 'wiki', byNewKey);
  });

  it('takes PLAINTEXT only where it is allowed, over a secure transport and never in the query', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('plain', { secret: CLI_SECRET, allowPlaintext: true, twoLegged: TWO_LEGGED });
    await check(world, 'plain', PLAINTEXT);
    await assert.rejects(
      check(world, 'plain', { ...PLAINTEXT, isSecureTransport: false }),
      refusedAs('signature_method_rejected'),
    );
    await assert.rejects(
      check(world, 'plain', { ...PLAINTEXT, carrier: 'query' }),
      refusedAs('signature_method_rejected'),
    );
    await assert.rejects(check(world, 'cli', PLAINTEXT), refusedAs('signature_method_rejected'));
  });

  it('never verifies with an empty secret', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('empty', {
      credential: { kind: 'shared-secret', secret: new Secret('') },
      twoLegged: TWO_LEGGED,
      allowPlaintext: true,
    });
    const forged = (request: { authorization: readonly string[] }) => ({
      authorization: [request.authorization[0]!.replace(/oauth_signature="[^"]*"/, 'oauth_signature="%26"')],
    });
    await assert.rejects(
      check(world, 'empty', { ...PLAINTEXT, tamper: (request) => ({ ...request, ...forged(request) }) }),
      refusedAs('signature_invalid'),
    );
  });
});

describe('two-legged access', () => {
  it('is off unless the consumer has it, and a missing oauth_token is named', async () => {
    const world = await createProviderWorld();
    await assert.rejects(check(world, 'wiki', { token: '' }), refusedAs('permission_denied'));
    await assert.rejects(check(world, 'wiki'), refusedAs('parameter_absent', 'oauth_token'));
  });

  it('runs as nobody, or as the configured user', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-anonymous', { twoLegged: TWO_LEGGED });
    await world.addConsumer('wiki-alice', { twoLegged: { ...TWO_LEGGED, executeAs: 'alice' } });
    assert.equal((await check(world, 'wiki-anonymous', { token: '' })).user, null);
    assert.equal((await check(world, 'wiki-alice', { token: '' })).user?.name, 'alice');
    assert.equal((await check(world, 'wiki-alice')).via, 'two-legged');
  });

  it('runs as the named user only where the consumer may impersonate', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-two', { twoLegged: { ...TWO_LEGGED, executeAs: 'alice' } });
    await world.addConsumer('wiki-any', { twoLegged: { ...TWO_LEGGED, mayImpersonate: true } });
    const path = '/rest/issues?xoauth_requestor_id=bob';
    assert.equal((await check(world, 'wiki-any', { token: '' }, path)).user?.name, 'bob');
    await assert.rejects(check(world, 'wiki-two', { token: '' }, path), refusedAs('permission_denied'));
    await assert.rejects(
      check(world, 'wiki-any', { token: '' }, '/r?xoauth_requestor_id=nobody'),
      refusedAs('permission_denied'),
    );
    await assert.rejects(
      check(world, 'wiki-any', { token: '' }, '/r?xoauth_requestor_id=bob&xoauth_requestor_id=alice'),
      refusedAs('parameter_rejected', 'xoauth_requestor_id'),
    );
  });

  it('refuses a disabled user', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-alice', { twoLegged: { ...TWO_LEGGED, executeAs: 'alice' } });
    await world.context.storage.users.update('alice', { isDisabled: true }, event('alice'));
    await assert.rejects(check(world, 'wiki-alice', { token: '' }), refusedAs('permission_denied'));
  });
});

describe("a consumer's own limits", () => {
  it('let a read-only consumer read, and nothing else', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-reader', { limits: { readOnly: true, paths: [] } });
    const { token } = await world.dance('wiki-reader', world.alice);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await check(world, 'wiki-reader', { token, method });
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PURGE']) {
      await assert.rejects(check(world, 'wiki-reader', { token, method }), refusedAs('permission_denied'));
    }
  });

  it('let it reach its paths only, and no spelling of another', async () => {
    const world = await createProviderWorld();
    await world.addConsumer('wiki-issues', { limits: { readOnly: false, paths: ['/rest/issues/**'] } });
    const { token } = await world.dance('wiki-issues', world.alice);
    await check(world, 'wiki-issues', { token }, '/rest/issues/T-1');
    for (const path of [
      '/rest/users',
      '/rest/issues/../users',
      '/rest/issues/%2e%2e/users',
      '/rest/issues//x',
      '/rest/issues/..%2fusers',
    ]) {
      await assert.rejects(check(world, 'wiki-issues', { token }, path), (error: unknown) =>
        ['permission_denied', 'parameter_rejected'].includes((error as { code: string }).code),
      );
    }
  });
});

/** What an attacker who knows the public key would try as the HMAC's secret. */
const WIKI_PUBLIC_KEY = spki(WIKI_KEYS.publicKey);

const TWO_LEGGED = { allowed: true, executeAs: null, mayImpersonate: false } as const;

const PLAINTEXT: Variation = { token: '', signatureMethod: 'PLAINTEXT' };

function withVersion(version: string): NonNullable<Variation['tamper']> {
  return (request) => ({
    ...request,
    authorization: [request.authorization[0]!.replace('oauth_version="1.0"', `oauth_version="${version}"`)],
  });
}
