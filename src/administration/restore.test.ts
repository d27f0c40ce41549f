import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  createAdministrationWorld,
  KEY_PAIR,
  OTHER_KEY_PAIR,
} from '../../test/support/administration-world.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import { Secret } from '../base/index.ts';
import {
  addServiceProvider,
  type ConsumerChanges,
  consumerHistory,
  editConsumer,
  editServiceProvider,
  findConsumer,
  findServiceProvider,
  registerConsumer,
  removeConsumer,
  restoreConsumer,
  restoreServiceProvider,
  revokeTokens,
  type ServiceProviderInput,
  serviceProviderHistory,
} from './index.ts';

describe('the history of a consumer', () => {
  let world: AdministrationWorld;
  const register = () =>
    registerConsumer(
      world.context,
      { key: 'wiki', name: 'Wiki', credential: { kind: 'public-key', text: KEY_PAIR.publicKey } },
      'alice',
    );
  const edit = (changes: ConsumerChanges & { reason?: string; publicKey?: string }) =>
    editConsumer(world.context, 'wiki', changes, null, 'alice');
  const history = async () => consumerHistory(world.context, await findConsumer(world.context, 'wiki'));
  const restore = (entry: number, more = {}) =>
    restoreConsumer(world.context, 'wiki', { entry, expectedUpdatedAt: null, ...more }, 'alice');
  beforeEach(async () => {
    world = await createAdministrationWorld();
    await register();
  });

  it('tells each change with its reason, and how the settings differed after it', async () => {
    await edit({ name: 'Team wiki', readOnly: true, reason: ' asked for by their team ' });
    await edit({ description: 'Pages of the team' });
    const [last, middle, first] = await history();
    assert.equal(middle?.note, 'asked for by their team');
    assert.deepEqual(last?.differences, []);
    assert.deepEqual(middle?.differences, [{ field: 'description', now: 'Pages of the team', earlier: '' }]);
    assert.deepEqual(
      first?.differences.map(({ field, earlier }) => [field, earlier]),
      [
        ['name', 'Wiki'],
        ['description', ''],
        ['readOnly', false],
      ],
    );
  });

  it('gives earlier settings back by a change of its own, and leaves key and tokens alone', async () => {
    await world.grantAccess('wiki', 'bob');
    await edit({ name: 'Team wiki', paths: ['/rest/**'], twoLegged: true, executeAs: 'bob' });
    await edit({ publicKey: OTHER_KEY_PAIR.publicKey });
    const replaced = (await findConsumer(world.context, 'wiki')).credential;
    const restored = await restore((await history()).at(-1)!.id, { reason: 'it was better' });
    assert.deepEqual([restored.name, restored.limits.paths, restored.twoLegged.allowed], ['Wiki', [], false]);
    assert.deepEqual(restored.credential, replaced);
    assert.equal(
      await world.context.storage.consumers.countActiveUsers('wiki', world.clock.milliseconds() / 1000),
      1,
    );
    const event = await world.lastEvent();
    assert.deepEqual([event?.action, event?.note], ['consumer.edit', 'restored; it was better']);
    assert.deepEqual((await history())[0]?.differences, []);
  });

  it('refuses what is not valid any more, in the words of an edit', async () => {
    await world.addUser('carol');
    await edit({ owner: 'carol' });
    await edit({ owner: '' });
    const owned = (await history())[1]!.id;
    await world.context.storage.users.remove('carol', { ...(await world.lastEvent())! });
    assert.deepEqual(await mistakesOf(restore(owned)), ['owner unknown-user']);
  });

  it('refuses an entry of another object, the present settings, and a record that changed meanwhile', async () => {
    await edit({ name: 'Team wiki' });
    const [last, first] = await history();
    assert.deepEqual(await mistakesOf(restore(last!.id)), ['entry in-force-already']);
    assert.deepEqual(await mistakesOf(restore(999)), ['entry not-found']);
    assert.deepEqual(await mistakesOf(restore(first!.id, { expectedUpdatedAt: 1 })), [
      'record changed-meanwhile',
    ]);
  });

  it('begins when the consumer was added, whatever had its key before, or its name', async () => {
    await edit({ name: 'Old life' });
    await removeConsumer(world.context, 'wiki', 'alice');
    await register();
    await world.addUser('wiki');
    await world.grantAccess('wiki', 'wiki');
    await revokeTokens(world.context, { userName: 'wiki' }, 'alice');
    await world.grantAccess('wiki', 'bob');
    await revokeTokens(world.context, { consumerKey: 'wiki' }, 'alice');
    const actions = (await history()).map(({ action }) => action);
    assert.deepEqual(actions, ['token.revoke', 'consumer.add']);
  });

  it('never holds a private key that was typed for a reason', async () => {
    const [mistake] = await mistakesOf(edit({ reason: KEY_PAIR.privateKey }));
    assert.equal(mistake, 'reason private-key');
    assert.ok(!(await world.auditText()).includes('PRIVATE'));
    assert.deepEqual(await mistakesOf(edit({ reason: 'x'.repeat(501) })), ['reason too-long']);
  });
});

describe('the history of a service provider', () => {
  let world: AdministrationWorld;
  const edit = (name: string, input: ServiceProviderInput) =>
    editServiceProvider(world.context, name, input, null, 'alice');
  const history = async (name: string) =>
    serviceProviderHistory(world.context, await findServiceProvider(world.context, name));
  beforeEach(async () => {
    world = await createAdministrationWorld();
    const secret = new Secret('given-by-the-forum');
    await addServiceProvider(world.context, { name: 'Forum', consumerKey: 'us', secret }, 'alice');
  });

  it('goes on under the names that it had before, and not under those of others', async () => {
    await edit('Forum', { description: 'first' });
    await edit('Forum', { name: 'Board' });
    await addServiceProvider(world.context, { name: 'Forum', consumerKey: 'us', ownKey: true }, 'alice');
    await edit('Board', { providerTwoLegged: 'empty-token', reason: 'for the nightly job' });
    const entries = await history('Board');
    assert.deepEqual(
      entries.map(({ action, object }) => [action, object]),
      [
        ['service-provider.edit', 'Board'],
        ['service-provider.edit', 'Board'],
        ['service-provider.edit', 'Forum'],
        ['service-provider.add', 'Forum'],
      ],
    );
    assert.deepEqual(entries[1]?.differences, [
      { field: 'providerTwoLegged', now: 'empty-token', earlier: 'off' },
    ]);
    assert.equal((await history('Forum')).length, 1);
  });

  it('gives earlier settings back, and never an earlier credential', async () => {
    await edit('Forum', { description: 'by secret', signatureMethod: 'HMAC-SHA256' });
    await edit('Forum', { ownKey: true, description: 'by key' });
    const entry = (await history('Forum'))[1]!;
    const restoration = { entry: entry.id, expectedUpdatedAt: null };
    const restored = await restoreServiceProvider(world.context, 'Forum', restoration, 'alice');
    assert.deepEqual(
      [restored.description, restored.secret, restored.signatureMethod],
      ['by secret', null, 'RSA-SHA1'],
    );
    assert.equal((await world.lastEvent())?.note, 'restored');
    assert.ok(!(await world.auditText()).includes('given-by-the-forum'));
  });
});
