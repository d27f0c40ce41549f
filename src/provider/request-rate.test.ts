import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProviderWorld, type ProviderWorld } from '../../test/support/provider-world.ts';
import { refusedAs } from '../../test/support/refused-as.ts';
import { createMemoryRequestRate } from '../storage/memory/index.ts';
import { authenticate, issueRequestToken } from './index.ts';

async function worldWithRate(requests: number): Promise<ProviderWorld> {
  const world = await createProviderWorld();
  const requestRate = createMemoryRequestRate({ requests, seconds: 60 }, world.clock);
  return { ...world, context: { ...world.context, requestRate } };
}

describe('a rate of requests', () => {
  it('refuses what goes beyond it, with the seconds to wait, and nobody else', async () => {
    const world = await worldWithRate(3);
    const ask = (key: string) => {
      const request = world.request(key, '/oauth/request-token', { callback: 'oob' });
      return issueRequestToken(world.context, request);
    };
    for (let index = 0; index < 3; index += 1) await ask('wiki');
    await assert.rejects(ask('wiki'), (error: unknown) => {
      assert.equal(
        (error as { particulars: { retryAfterSeconds: number } }).particulars.retryAfterSeconds,
        20,
      );
      return refusedAs('consumer_key_refused')(error);
    });
    await ask('cli');
    world.clock.advance(20);
    await ask('wiki');
  });

  it('is not used up by senders who cannot sign, nor by replays', async () => {
    const world = await worldWithRate(2);
    const { token } = await (await createProviderWorld()).dance('wiki', world.alice);
    const forged = (nonce: string) =>
      world.request('wiki', '/rest', {
        method: 'GET',
        token,
        nonce,
        tamper: (request) => ({ ...request, method: 'PUT' }),
      });
    const check = async (request: Parameters<typeof authenticate>[1]) => authenticate(world.context, request);
    for (let index = 0; index < 5; index += 1) {
      await assert.rejects(check(forged(`forged-${index}`)), refusedAs('signature_invalid'));
    }
    const request = world.request('wiki', '/rest', { method: 'GET', token });
    await assert.rejects(check(request), refusedAs('token_rejected'));
    for (let index = 0; index < 5; index += 1) {
      await assert.rejects(check(request), refusedAs('nonce_used'));
    }
    await assert.rejects(
      check(world.request('wiki', '/rest', { method: 'GET', token })),
      refusedAs('token_rejected'),
    );
    await assert.rejects(
      check(world.request('wiki', '/rest', { method: 'GET', token })),
      refusedAs('consumer_key_refused'),
    );
  });
});
