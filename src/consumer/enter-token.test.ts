import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type ConsumerWorld, createConsumerWorld, TRACKER } from '../../test/support/consumer-world.ts';
import { Secret } from '../base/index.ts';
import type { ServiceProvider } from '../model/index.ts';
import { connectionFor, type EnteredToken, enterToken, signedFetch } from './index.ts';

const OWNER = { providerName: 'Tracker', userName: 'alice' };
const MAAS: Partial<ServiceProvider> = {
  consumerKey: '',
  secret: new Secret(''),
  signatureMethod: 'PLAINTEXT',
  handEntry: 'api-key',
};

let world: ConsumerWorld;
beforeEach(async () => {
  world = await createConsumerWorld();
});

async function enter(entered: EnteredToken): Promise<string> {
  await enterToken(world.context, OWNER, entered);
  world.answerWith(() => ({ status: 200 }));
  const connection = await connectionFor(world.context, 'alice', 'Tracker');
  await signedFetch(world.context, { kind: 'user', connection }, { method: 'GET', url: `${TRACKER}/x` });
  return world.sent.at(-1)!.headers.authorization!;
}

describe('a token that is entered by hand', () => {
  it('signs with its secret and the consumer’s', async () => {
    await world.addProvider({ signatureMethod: 'PLAINTEXT', handEntry: 'token' });
    const sent = await enter({ kind: 'token', token: ' their-token ', secret: 'their%secret\n' });
    assert.match(sent, /oauth_consumer_key="cli"/);
    assert.match(sent, /oauth_token="their-token"/);
    assert.match(sent, /oauth_signature="cli-shared-secret%26their%2525secret"/);
  });

  it('as an API key brings its consumer key, and a consumer without secret', async () => {
    await world.addProvider(MAAS);
    const sent = await enter({ kind: 'api-key', apiKey: ' ck:tk:ts\n' });
    assert.match(sent, /oauth_consumer_key="ck"/);
    assert.match(sent, /oauth_token="tk"/);
    assert.match(sent, /oauth_signature="%26ts"/);
  });

  it('is refused in part, in another form, and where the provider takes none', async () => {
    await world.addProvider(MAAS);
    for (const apiKey of [
      '',
      'a:b',
      'a:b:',
      ':b:c',
      'a:b:c:d',
      'a b:c:d',
      'a:b:ü',
      `a:b:${'c'.repeat(1025)}`,
    ]) {
      await assert.rejects(enter({ kind: 'api-key', apiKey }), { code: 'malformed-token' }, apiKey);
    }
    const token: EnteredToken = { kind: 'token', token: 't', secret: 's' };
    await assert.rejects(enter(token), { code: 'not-by-hand' });
    await world.addProvider();
    await assert.rejects(enter(token), { code: 'not-by-hand' });
    await assert.rejects(enterToken(world.context, { ...OWNER, providerName: 'x' }, token), {
      code: 'unknown-provider',
    });
  });
});
