import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { peopledAccounts } from '../../test/support/accounts-world.ts';
import { createApiKey, disableUser, findApiKeyHolder, type NewApiKey, revokeApiKey } from './index.ts';

let world: Awaited<ReturnType<typeof peopledAccounts>>;
beforeEach(async () => {
  world = await peopledAccounts();
});

const DRAFT: NewApiKey = { userName: 'alice', label: ' Nightly report ', lastDay: '', providers: null };

async function mistakesOf(changes: Partial<NewApiKey>): Promise<string[]> {
  try {
    await createApiKey(world, { ...DRAFT, ...changes });
    return [];
  } catch (error) {
    return (error as { mistakes: { code: string }[] }).mistakes.map(({ code }) => code);
  }
}

describe('an API key', () => {
  it('acts as its user', async () => {
    const { key, record } = await createApiKey(world, DRAFT);
    assert.match(key.reveal(), /^countersign_[A-Za-z0-9]{40}$/);
    assert.equal(record.label, 'Nightly report');
    const holder = await findApiKeyHolder(world, key.reveal());
    assert.equal(holder?.user.name, 'alice');
    assert.equal(holder?.record.id, record.id);
  });

  it('is kept as a digest only, and stands in no audit entry', async () => {
    const { key } = await createApiKey(world, DRAFT);
    const kept = await world.storage.apiKeys.listOfUser('alice');
    const told = await world.storage.audit.list({}, { search: '', offset: 0, limit: 100 });
    for (const text of [JSON.stringify(kept), JSON.stringify(told)]) {
      assert.ok(!text.includes(key.reveal()));
      assert.ok(!text.includes(key.reveal().slice(-40)));
    }
    assert.ok(!JSON.stringify(told).includes(kept[0]!.hash));
  });

  it('opens nothing when it is mistyped, or is the digest of one', async () => {
    const { key, record } = await createApiKey(world, DRAFT);
    for (const text of ['', 'countersign_', key.reveal().slice(0, -1), `${key.reveal()}x`, record.hash]) {
      assert.equal(await findApiKeyHolder(world, text), null, text);
    }
  });

  it('works to the end of its last day, and no second longer', async () => {
    world.clock.advance(-(world.clock.milliseconds() / 1000) % 86_400);
    const today = new Date(world.clock.milliseconds()).toISOString().slice(0, 10);
    const { key } = await createApiKey(world, { ...DRAFT, lastDay: today });
    world.clock.advance(86_399);
    assert.notEqual(await findApiKeyHolder(world, key.reveal()), null);
    world.clock.advance(1);
    assert.equal(await findApiKeyHolder(world, key.reveal()), null);
  });

  it('ends with its revocation, by its own user only', async () => {
    const { key, record } = await createApiKey(world, DRAFT);
    assert.equal(await revokeApiKey(world, 'bob', record.id), false);
    assert.notEqual(await findApiKeyHolder(world, key.reveal()), null);
    assert.equal(await revokeApiKey(world, 'alice', record.id), true);
    assert.equal(await findApiKeyHolder(world, key.reveal()), null);
  });

  it('does nothing for a user who is disabled or gone', async () => {
    const { key } = await createApiKey(world, DRAFT);
    await disableUser(world, 'alice', 'root');
    assert.equal(await findApiKeyHolder(world, key.reveal()), null);
    assert.deepEqual(await mistakesOf({ userName: 'nobody' }), ['username-unknown']);
  });

  it('tells when it was used last, to the minute', async () => {
    const { key } = await createApiKey(world, DRAFT);
    const lastUse = async () => (await world.storage.apiKeys.listOfUser('alice'))[0]!.lastUsedAt;
    assert.equal(await lastUse(), null);
    await findApiKeyHolder(world, key.reveal());
    const first = await lastUse();
    assert.equal(first, world.clock.milliseconds() / 1000);
    world.clock.advance(59);
    await findApiKeyHolder(world, key.reveal());
    assert.equal(await lastUse(), first);
    world.clock.advance(1);
    await findApiKeyHolder(world, key.reveal());
    assert.equal(await lastUse(), first + 60);
  });

  it('is not made from what makes no sense, and says everything at once', async () => {
    assert.deepEqual(await mistakesOf({ label: ' ', lastDay: 'soon', providers: [] }), [
      'label-missing',
      'day-malformed',
      'providers-missing',
    ]);
    assert.deepEqual(await mistakesOf({ label: 'a\u202eb' }), ['label-malformed']);
    assert.deepEqual(await mistakesOf({ lastDay: '2026-02-31' }), ['day-malformed']);
    assert.deepEqual(await mistakesOf({ lastDay: '2020-01-01' }), ['day-past']);
    assert.deepEqual(await mistakesOf({ providers: ['Nobody'] }), ['provider-unknown']);
  });

  it('is made once from a form that is sent twice', async () => {
    await createApiKey(world, DRAFT);
    assert.deepEqual(await mistakesOf({}), ['label-taken']);
    assert.deepEqual(await mistakesOf({ userName: 'bob' }), []);
  });

  it('is one of at most fifty', async () => {
    for (let i = 0; i < 50; i += 1) await createApiKey(world, { ...DRAFT, label: String(i) });
    assert.deepEqual(await mistakesOf({}), ['too-many-keys']);
    assert.deepEqual(await mistakesOf({ userName: 'bob' }), []);
  });
});
