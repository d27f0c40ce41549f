import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  BEGINNING,
  createAdministrationWorld,
} from '../../test/support/administration-world.ts';
import { becomeInstallation } from '../../test/support/own-identity.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import type { Secret } from '../base/index.ts';
import { type Installation, publishedKey, settledInstallation } from '../model/index.ts';
import { editInstallation, forgetOldKey, type KeyRotation, rotateInstallationKey } from './index.ts';

const DAY = 86_400;

let world: AdministrationWorld;
let first: Installation;
beforeEach(async () => {
  world = await createAdministrationWorld();
  first = await becomeInstallation(world.context, 'Tracker');
});

const rotate = (rotation: KeyRotation = {}) =>
  rotateInstallationKey(world.context, { modulusBits: 2048, ...rotation }, 'alice');
const stored = async () => (await world.context.storage.installation.read())!;

function publicHalf(privateKey: Secret): string {
  return createPublicKey(createPrivateKey(privateKey.reveal()))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
}

describe('rotation of our own key', () => {
  it('publishes the next key at once, and signs with the present one until the overlap ends', async () => {
    const rotating = await rotate({ overlapSeconds: 2 * DAY });
    assert.equal(rotating.next?.activatesAt, BEGINNING + 2 * DAY);
    assert.notEqual(publishedKey(rotating), first.publicKeySpki);
    const signing = (now: number) => publicHalf(settledInstallation(rotating, now).privateKey);
    assert.equal(signing(BEGINNING + 2 * DAY - 1), first.publicKeySpki);
    assert.equal(signing(BEGINNING + 2 * DAY), publishedKey(rotating));
  });

  it('takes seven days unless something else is asked for', async () => {
    assert.equal((await rotate()).next?.activatesAt, BEGINNING + 7 * DAY);
  });

  it('takes over at once with an overlap of 0, and keeps nothing of the old pair', async () => {
    const rotated = await rotate({ overlapSeconds: 0 });
    assert.equal(rotated.next, null);
    assert.notEqual(rotated.publicKeySpki, first.publicKeySpki);
    assert.equal(publicHalf((await stored()).privateKey), rotated.publicKeySpki);
  });

  it('is refused a second time while it is under way, but can be ended early', async () => {
    const published = publishedKey(await rotate());
    assert.deepEqual(await mistakesOf(rotate()), ['record rotation-under-way']);
    assert.equal(publishedKey(await stored()), published);
    const ended = await rotate({ overlapSeconds: 0 });
    assert.deepEqual([ended.publicKeySpki, ended.next], [published, null]);
  });

  it('can begin anew once the next key has taken over', async () => {
    const published = publishedKey(await rotate());
    world.clock.advance(7 * DAY);
    const again = await rotate();
    assert.equal(again.publicKeySpki, published);
    assert.notEqual(publishedKey(again), published);
  });

  it('happens once for one form, and refuses overlaps that are none', async () => {
    const expectedKey = first.publicKeySpki;
    await rotate({ expectedKey, overlapSeconds: 0 });
    assert.deepEqual(await mistakesOf(rotate({ expectedKey, overlapSeconds: 0 })), [
      'record changed-meanwhile',
    ]);
    for (const overlapSeconds of [-1, 90 * DAY + 1, Number.NaN])
      assert.deepEqual(await mistakesOf(rotate({ overlapSeconds })), ['overlap overlap-range']);
  });

  it('happens once when two ask for it together', async () => {
    const outcomes = await Promise.allSettled([rotate(), rotate()]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('is not undone by who edits the description meanwhile', async () => {
    const { installation } = world.context.storage;
    const seen = await stored();
    const published = publishedKey(await rotate());
    await editInstallation(
      {
        ...world.context,
        storage: { ...world.context.storage, installation: { ...installation, read: async () => seen } },
      },
      { description: 'Issues' },
      'bob',
    );
    assert.equal(publishedKey(await stored()), published);
    assert.equal((await stored()).description, 'Issues');
  });

  it('is in the audit log by fingerprint and time, never with a private key', async () => {
    await rotate();
    const event = await world.lastEvent();
    assert.deepEqual([event?.action, event?.actor], ['installation.rotate', 'alice']);
    assert.match(String(event?.after?.nextKey), /^RSA 2048 bit, SHA-256 [0-9a-f]{64}$/u);
    assert.equal(event?.after?.takesOverAt, BEGINNING + 7 * DAY);
    const log = await world.auditText();
    assert.ok(!log.includes(first.privateKey.reveal().split('\n')[2]!));
  });
});

describe('the old private key', () => {
  it('is kept as long as it signs, and deleted when the next one has taken over', async () => {
    const rotating = await rotate({ overlapSeconds: DAY });
    assert.equal(await forgetOldKey(world.context), false);
    world.clock.advance(DAY);
    assert.equal(await forgetOldKey(world.context), true);
    const { publicKeySpki, privateKey, next } = await stored();
    assert.deepEqual([publicKeySpki, next], [publishedKey(rotating), null]);
    assert.equal(publicHalf(privateKey), publicKeySpki);
    assert.equal((await world.lastEvent())?.actor, 'system');
    assert.equal(await forgetOldKey(world.context), false);
  });
});
