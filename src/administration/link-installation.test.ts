import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  createAdministrationWorld,
  KEY_PAIR,
  OTHER_KEY_PAIR,
} from '../../test/support/administration-world.ts';
import { becomeInstallation } from '../../test/support/own-identity.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import { nowSeconds } from '../base/index.ts';
import {
  endOfLink,
  findLink,
  type LinkInput,
  lastProviderTest,
  linkInstallation,
  recordProviderTest,
  unlinkInstallation,
  worstOf,
} from './index.ts';

const BASE = 'https://tracker.example';
const INFORMATION = {
  key: 'tracker:1',
  name: 'Tracker',
  description: 'Issues',
  publicKey: KEY_PAIR.publicKey,
  callback: null,
};

let world: AdministrationWorld;
beforeEach(async () => {
  world = await createAdministrationWorld();
  await becomeInstallation(world.context, 'Wiki');
});

const link = (changes: Partial<LinkInput> = {}) =>
  linkInstallation(
    world.context,
    { baseUrl: `${BASE}/`, information: INFORMATION, direction: 'both', ...changes },
    'root',
  );

describe('linking an installation', () => {
  it('registers the consumer, and a provider that is signed for with our own key', async () => {
    const { consumer, provider } = await link();
    const us = (await world.context.storage.installation.read())!;
    assert.equal(consumer?.key, 'tracker:1');
    assert.equal(provider?.secret, null);
    assert.equal(provider?.consumerKey, us.consumerKey);
    assert.equal(provider?.authorizeUrl, `${BASE}/plugins/servlet/oauth/authorize`);
    assert.deepEqual(await findLink(world.context, BASE), { consumer, provider });
  });

  it('opens only the direction that was chosen, and completes the other later', async () => {
    assert.equal((await link({ direction: 'outgoing' })).consumer, null);
    assert.equal((await link({ direction: 'incoming' })).consumer?.key, 'tracker:1');
    const again = await link();
    assert.ok(again.consumer !== null && again.provider !== null);
  });

  it('refuses a key that changed until somebody says that the change is known', async () => {
    await link();
    const information = { ...INFORMATION, publicKey: OTHER_KEY_PAIR.publicKey };
    assert.deepEqual(await mistakesOf(link({ information })), ['publicKey key-changed']);
    const { consumer } = await link({ information, acceptsNewKey: true });
    assert.ok(consumer?.retiring !== null);
  });

  it('refuses a name that stands for another provider, and stores nothing', async () => {
    await link({ direction: 'outgoing' });
    const other = { baseUrl: 'https://other.example', information: { ...INFORMATION, key: 'other:1' } };
    assert.deepEqual(await mistakesOf(link(other)), ['name taken']);
    assert.equal(await world.context.storage.consumers.find('other:1'), null);
    assert.equal((await link({ ...other, providerName: 'Other' })).provider?.name, 'Other');
  });

  it('refuses this installation itself', async () => {
    const { consumerKey } = (await world.context.storage.installation.read())!;
    const information = { ...INFORMATION, key: consumerKey };
    assert.deepEqual(await mistakesOf(link({ information })), ['baseUrl own-installation']);
  });

  it('ends with both records, and says beforehand for how many users', async () => {
    const found = await link();
    await world.addUser('alice');
    await world.grantAccess('tracker:1', 'alice');
    const now = nowSeconds(world.clock);
    assert.deepEqual(await endOfLink(world.context, found, now), {
      usersLosingAccess: 1,
      usersDisconnected: 0,
    });
    await unlinkInstallation(world.context, `${BASE}/`, 'root');
    assert.deepEqual(await findLink(world.context, BASE), { consumer: null, provider: null });
    assert.deepEqual(await mistakesOf(unlinkInstallation(world.context, BASE, 'root')), [
      'baseUrl not-found',
    ]);
  });
});

describe('tests of a provider', () => {
  it('are remembered by how they ended', async () => {
    assert.equal(await lastProviderTest(world.context, 'Tracker'), null);
    const result = { verdict: worstOf(['success', 'warning']), finding: 'callback-not-asked' };
    await recordProviderTest(world.context, 'Tracker', result, 'root');
    assert.equal((await lastProviderTest(world.context, 'Tracker'))?.verdict, 'warning');
  });
});
