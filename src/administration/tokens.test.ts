import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  type AdministrationWorld,
  createAdministrationWorld,
  KEY_PAIR,
} from '../../test/support/administration-world.ts';
import { mistakesOf } from '../../test/support/refused-mistakes.ts';
import { StorageUnavailable } from '../model/index.ts';
import { listTokens, registerConsumer, revokeToken, revokeTokens } from './index.ts';

describe('revoking tokens', () => {
  let world: AdministrationWorld;
  const list = async () => {
    const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 10 } as const;
    return (await listTokens(world.context, {}, query)).rows.map(({ token }) => token.id).sort();
  };
  beforeEach(async () => {
    world = await createAdministrationWorld();
    for (const key of ['wiki', 'forum']) {
      const credential = { kind: 'public-key', text: KEY_PAIR.publicKey } as const;
      await registerConsumer(world.context, { key, name: key, credential }, 'alice');
      await world.grantAccess(key, 'bob');
    }
    await world.grantAccess('wiki', 'alice');
  });

  it('ends one by its public id, and says whose it was', async () => {
    await revokeToken(world.context, 'id-wiki-bob', 'alice');
    assert.deepEqual(await list(), ['id-forum-bob', 'id-wiki-alice']);
    const event = await world.lastEvent();
    assert.deepEqual([event?.object, event?.before], ['id-wiki-bob', { user: 'bob', consumer: 'wiki' }]);
    assert.deepEqual(await mistakesOf(revokeToken(world.context, 'id-wiki-bob', 'alice')), [
      'token not-found',
    ]);
    assert.deepEqual(await mistakesOf(revokeToken(world.context, 'unknown', 'alice')), ['token not-found']);
  });

  it('ends all of a user, of a consumer, or of both together', async () => {
    assert.equal(await revokeTokens(world.context, { userName: 'alice', consumerKey: 'wiki' }, 'alice'), 1);
    assert.equal(await revokeTokens(world.context, { userName: 'bob' }, 'alice'), 2);
    assert.deepEqual(await list(), []);
  });

  it('never ends the tokens of everybody for want of a name', async () => {
    assert.deepEqual(await mistakesOf(revokeTokens(world.context, {}, 'alice')), ['token nothing-chosen']);
    assert.equal((await list()).length, 3);
  });

  it('is never reported when storage could not make it last', async () => {
    const { storage } = world.context;
    const accessTokens = Object.assign(Object.create(storage.accessTokens), {
      revoke: () => Promise.reject(new StorageUnavailable('disk full')),
    });
    const context = { ...world.context, storage: { ...storage, accessTokens } };
    await assert.rejects(revokeToken(context, 'id-wiki-bob', 'alice'), StorageUnavailable);
  });
});
