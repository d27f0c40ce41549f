import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createProviderWorld,
  type ProviderWorld,
  type Variation,
} from '../../test/support/provider-world.ts';
import { refusedAs } from '../../test/support/refused-as.ts';
import { authenticate } from './index.ts';

async function check(world: ProviderWorld, key: string, variation: Variation, path = '/rest/issues') {
  return await authenticate(world.context, world.request(key, path, variation));
}

describe('oauth_body_hash', () => {
  it('is demanded where the administrator asks for it, also of bodies that are streamed', async () => {
    const world = await createProviderWorld();
    const strict = {
      ...world,
      context: { ...world.context, settings: { ...world.context.settings, bodyHashPaths: ['/rest/**'] } },
    };
    const { token } = await world.dance('wiki', world.alice);
    const body = Buffer.from('{"summary":"x"}');
    const absent = refusedAs('parameter_absent', 'oauth_body_hash');
    await assert.rejects(check(strict, 'wiki', { token, method: 'POST', body }), absent);
    const streamed: Variation = { tamper: (request) => ({ ...request, hasBody: true }) };
    await assert.rejects(check(strict, 'wiki', { token, method: 'POST', ...streamed }), absent);
    await assert.rejects(check(strict, 'wiki', { token, method: 'POST', body }, '/other/../rest/x'), absent);
    await check(strict, 'wiki', { token, method: 'POST', body, bodyHash: true });
    await check(strict, 'wiki', { token, method: 'POST', form: [['a', 'b']] });
    await check(strict, 'wiki', { token, method: 'POST', body }, '/elsewhere');
    await check(strict, 'wiki', { token });
  });

  it('protects a body that is no form', async () => {
    const world = await createProviderWorld();
    const { token } = await world.dance('wiki', world.alice);
    const body = Buffer.from('{"summary":"x"}');
    await check(world, 'wiki', { token, method: 'POST', body, bodyHash: true });
    const swap: Variation = { tamper: (request) => ({ ...request, body: Buffer.from('{"summary":"y"}') }) };
    await assert.rejects(
      check(world, 'wiki', { token, method: 'POST', body, bodyHash: true, ...swap }),
      refusedAs('signature_invalid', 'oauth_body_hash'),
    );
  });
});
