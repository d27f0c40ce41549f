import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { createAdministrationWorld } from '../../test/support/administration-world.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import { editInstallation, ensureInstallation } from './index.ts';

const SETTINGS = { name: 'Tracker', modulusBits: 2048 };

describe('the identity of this installation', () => {
  it('is made at first start and then stays', async () => {
    const { context } = await createAdministrationWorld();
    const made = await ensureInstallation(context, SETTINGS);
    assert.match(made.consumerKey, /^Tracker:\d{10}$/u);
    const key = createPrivateKey(made.privateKey.reveal());
    assert.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
    assert.equal(made.publicKeySpki, spki);
    assert.equal(createPrivateKey(made.assertionKey.reveal()).asymmetricKeyType, 'ed25519');
    assert.deepEqual(await ensureInstallation(context, { ...SETTINGS, name: 'Other' }), made);
  });

  it('is the same for nodes that start together', async () => {
    const { context } = await createAdministrationWorld();
    const [one, other] = await Promise.all([
      ensureInstallation(context, SETTINGS),
      ensureInstallation(context, SETTINGS),
    ]);
    assert.equal(one.consumerKey, other.consumerKey);
    assert.equal(one.publicKeySpki, other.publicKeySpki);
  });

  it('can be renamed and described, with its key and key pair unchanged', async () => {
    const world = await createAdministrationWorld();
    const made = await ensureInstallation(world.context, SETTINGS);
    const edited = await editInstallation(world.context, { name: 'Issues', callback: '' }, 'alice');
    assert.deepEqual(edited, { ...made, name: 'Issues' });
    const event = await world.lastEvent();
    assert.deepEqual(
      [event?.action, event?.before, event?.after],
      ['installation.edit', { name: 'Tracker' }, { name: 'Issues' }],
    );
  });

  it('refuses an empty name and a callback that browsers must not follow', async () => {
    const { context } = await createAdministrationWorld();
    await ensureInstallation(context, SETTINGS);
    const attempt = editInstallation(context, { name: ' ', callback: 'javascript:1' }, 'alice');
    assert.deepEqual(await mistakesOf(attempt), ['name required', 'callback address-not-absolute-http']);
  });
});
