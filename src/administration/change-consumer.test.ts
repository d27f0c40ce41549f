import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  BEGINNING,
  createAdministrationWorld,
  IGOOGLE_CERTIFICATE,
  KEY_PAIR,
  OTHER_KEY_PAIR,
} from '../../test/support/administration-world.ts';
import { anEvent } from '../../test/support/records.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import {
  type ConsumerEdit,
  editConsumer,
  findConsumer,
  type Rotation,
  registerConsumer,
  removeConsumer,
  rotateConsumer,
} from './index.ts';

const DAY = 86_400;
let world: AdministrationWorld;

beforeEach(async () => {
  world = await createAdministrationWorld();
  const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
  const twoLegged = { twoLegged: true, executeAs: 'bob', mayImpersonate: true };
  await registerConsumer(world.context, { key: 'wiki', name: 'Wiki', credential, ...twoLegged }, 'alice');
  const generated = { kind: 'generated-secret' } as const;
  await registerConsumer(world.context, { key: 'script', name: 'Script', credential: generated }, 'alice');
});

describe('editing a consumer', () => {
  const edit = (changes: ConsumerEdit, expected: number | null = null) =>
    editConsumer(world.context, 'wiki', changes, expected, 'alice');

  it('changes what was named, leaves the rest, and logs both states of what differs', async () => {
    await edit({ name: 'Wiki 2', callback: undefined });
    const consumer = await findConsumer(world.context, 'wiki');
    assert.equal(consumer.name, 'Wiki 2');
    assert.equal(consumer.twoLegged.executeAs, 'bob');
    const event = await world.lastEvent();
    assert.deepEqual([event?.before, event?.after], [{ name: 'Wiki' }, { name: 'Wiki 2' }]);
  });

  it('refuses what was edited on an older record, also within one second', async () => {
    const { updatedAt } = await findConsumer(world.context, 'wiki');
    await edit({ name: 'first' }, updatedAt);
    assert.deepEqual(await mistakesOf(edit({ name: 'second' }, updatedAt)), ['record changed-meanwhile']);
    assert.equal((await findConsumer(world.context, 'wiki')).name, 'first');
  });

  it('is not stopped by a user of 2-legged requests who was disabled or removed since, unless another is named', async () => {
    const { users } = world.context.storage;
    await users.update('bob', { isDisabled: true }, anEvent());
    await edit({ name: 'Wiki 2' });
    const { twoLegged } = await edit({ twoLegged: true, executeAs: ' bob ', description: 'a whole form' });
    assert.equal(twoLegged.executeAs, 'bob');
    await edit({ executeAs: '' });
    assert.deepEqual(await mistakesOf(edit({ executeAs: 'bob' })), ['executeAs disabled-user']);
    await users.update('bob', { isDisabled: false }, anEvent());
    await edit({ executeAs: 'bob' });
    await users.remove('bob', anEvent());
    await edit({ name: 'Wiki 3' });
    assert.deepEqual(await mistakesOf(edit({ executeAs: 'carol' })), ['executeAs unknown-user']);
  });

  it('forgets who 2-legged requests run as when they are no longer allowed', async () => {
    const { twoLegged } = await edit({ twoLegged: false });
    assert.deepEqual(twoLegged, { allowed: false, executeAs: null, mayImpersonate: false });
  });

  it('replaces a public key at once, ending one that was retiring', async () => {
    const credential = { kind: 'public-key', text: OTHER_KEY_PAIR.publicKey } as const;
    await rotateConsumer(world.context, 'wiki', { credential }, 'alice');
    const same = await edit({ publicKey: OTHER_KEY_PAIR.publicKey });
    assert.notEqual(same.retiring, null);
    const other = await edit({ publicKey: IGOOGLE_CERTIFICATE });
    assert.equal(other.retiring, null);
    assert.equal((await world.lastEvent())?.note, 'weak-key');
  });

  it('never changes the kind of credential', async () => {
    const attempt = editConsumer(world.context, 'script', { publicKey: KEY_PAIR.publicKey }, null, 'alice');
    assert.deepEqual(await mistakesOf(attempt), ['publicKey credential-kind']);
  });

  it('says when there is no such consumer', async () => {
    assert.deepEqual(await mistakesOf(editConsumer(world.context, 'x', {}, null, 'alice')), [
      'key not-found',
    ]);
  });
});

describe('rotating a credential', () => {
  const rotate = (key: string, rotation: Rotation) => rotateConsumer(world.context, key, rotation, 'alice');

  it('keeps the old one valid for seven days unless told otherwise', async () => {
    const before = await findConsumer(world.context, 'script');
    const { consumer, secret } = await rotate('script', { credential: { kind: 'generated-secret' } });
    assert.equal(consumer.retiring?.credential, before.credential);
    assert.equal(consumer.retiring?.validUntil, BEGINNING + 7 * DAY);
    assert.ok(!(await world.auditText()).includes(secret!.reveal()));
    assert.equal((await world.lastEvent())?.action, 'consumer.rotate');
  });

  it('ends the old one at once with an overlap of 0', async () => {
    const rotation: Rotation = { credential: { kind: 'generated-secret' }, overlapSeconds: 0 };
    assert.equal((await rotate('script', rotation)).consumer.retiring, null);
  });

  it('refuses an overlap that is negative, endless or no number', async () => {
    for (const overlapSeconds of [-1, 91 * DAY, Number.NaN]) {
      const attempt = rotate('script', { credential: { kind: 'generated-secret' }, overlapSeconds });
      assert.deepEqual(await mistakesOf(attempt), ['overlap overlap-range']);
    }
  });

  it('refuses another kind of credential, and the present one', async () => {
    const key = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
    assert.deepEqual(await mistakesOf(rotate('script', { credential: key })), ['publicKey credential-kind']);
    assert.deepEqual(await mistakesOf(rotate('wiki', { credential: key })), ['publicKey same-credential']);
    const secret = { kind: 'generated-secret' } as const;
    assert.deepEqual(await mistakesOf(rotate('wiki', { credential: secret })), ['secret credential-kind']);
  });

  it('happens once per form, so that a repeated one cannot end the credential just handed out', async () => {
    const { updatedAt } = await findConsumer(world.context, 'script');
    const rotation: Rotation = { credential: { kind: 'generated-secret' }, expectedUpdatedAt: updatedAt };
    await rotate('script', rotation);
    assert.deepEqual(await mistakesOf(rotate('script', rotation)), ['record changed-meanwhile']);
  });
});

describe('removing a consumer', () => {
  it('says how many users lost access, and ends it', async () => {
    const token = await world.grantAccess('wiki', 'alice');
    await world.grantAccess('wiki', 'bob');
    assert.deepEqual(await removeConsumer(world.context, 'wiki', 'alice'), { usersLosingAccess: 2 });
    assert.equal(await world.context.storage.accessTokens.find(token.hash), null);
    assert.deepEqual(await mistakesOf(removeConsumer(world.context, 'wiki', 'alice')), ['key not-found']);
    const event = await world.lastEvent();
    assert.equal(event?.action, 'consumer.remove');
    assert.equal(event?.before?.usersLosingAccess, 2);
    assert.equal(event?.after, null);
  });
});
