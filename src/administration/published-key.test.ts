import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  createAdministrationWorld,
  KEY_PAIR,
  OTHER_KEY_PAIR,
} from '../../test/support/administration-world.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import type { Consumer } from '../model/index.ts';
import {
  type CredentialInput,
  keyPublishedNow,
  type NewConsumer,
  publishedBaseUrl,
  registerConsumer,
} from './index.ts';

const INFORMATION = {
  key: 'wiki:1',
  name: 'Wiki',
  description: '',
  publicKey: OTHER_KEY_PAIR.publicKey,
  callback: null,
};
const REGISTERED_KEY: CredentialInput = { kind: 'public-key', text: KEY_PAIR.publicKey };

let world: AdministrationWorld;
beforeEach(async () => {
  world = await createAdministrationWorld();
});

async function registered(changes: Partial<NewConsumer> = {}): Promise<Consumer> {
  const input = { key: 'wiki:1', name: 'Wiki', credential: REGISTERED_KEY, baseUrl: 'https://wiki.example' };
  return (await registerConsumer(world.context, { ...input, ...changes }, 'alice')).consumer;
}

const published = async (consumer: Consumer, changes: Partial<typeof INFORMATION> = {}) =>
  keyPublishedNow(world.context, consumer, { ...INFORMATION, ...changes });

describe('the key that a consumer publishes now', () => {
  it('is told in PEM with its fingerprint when it is another than the registered one', async () => {
    const key = await published(await registered());
    assert.equal(key?.pem, OTHER_KEY_PAIR.publicKey);
    assert.match(key.fingerprint, /^[0-9a-f]{64}$/u);
  });

  it('is nothing new when it is the registered one, however it is written', async () => {
    const consumer = await registered();
    const bare = KEY_PAIR.publicKey.replace(/-----[^-]+-----|\s/gu, '');
    for (const publicKey of [KEY_PAIR.publicKey, bare])
      assert.equal(await published(consumer, { publicKey }), null);
  });

  it('is refused under another consumer key, and never taken for a shared secret', async () => {
    const consumer = await registered();
    assert.deepEqual(await mistakesOf(published(consumer, { key: 'evil:1' })), ['baseUrl other-consumer']);
    const secret = await registered({ key: 'script:1', credential: { kind: 'generated-secret' } });
    assert.deepEqual(await mistakesOf(published(secret, { key: 'script:1' })), ['publicKey credential-kind']);
  });

  it('is refused when it is private or no key at all', async () => {
    const consumer = await registered();
    const codeOf = (publicKey: string) => mistakesOf(published(consumer, { publicKey }));
    assert.deepEqual(await codeOf(KEY_PAIR.privateKey), ['publicKey key-private-key']);
    assert.deepEqual(await codeOf('nonsense'), ['publicKey key-not-a-key']);
  });

  it('is asked for only where the consumer was registered by its base URL', async () => {
    assert.equal(publishedBaseUrl(await registered()), 'https://wiki.example/');
    const byHand = await registered({ key: 'hand:1', baseUrl: undefined });
    assert.deepEqual(await mistakesOf((async () => publishedBaseUrl(byHand))()), [
      'baseUrl registered-by-hand',
    ]);
  });
});
