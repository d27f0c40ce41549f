import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiWorld, createApiWorld } from '../../test/support/api-world.ts';
import { aGadget, aGadgetFeed, anEvent } from '../../test/support/records.ts';

describe('through the REST API, a program', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  it('sees the directory of gadgets and its feeds, and takes out of them', async () => {
    await world.storage.gadgetFeeds.add(aGadgetFeed('tracker'), anEvent());
    await world.storage.gadgets.add(aGadget('clock'), anEvent());
    await world.storage.gadgets.add(aGadget('issues', { feedId: 'tracker' }), anEvent());
    const { body } = await world.call('GET', '/gadgets?search=clo');
    assert.deepEqual(
      body.items.map(({ title }: { title: string }) => title),
      ['clock'],
    );
    assert.equal((await world.call('DELETE', `/gadgets/${body.items[0].id}`)).status, 204);
    assert.equal((await world.call('DELETE', `/gadgets/${body.items[0].id}`)).status, 404);
    const feeds = await world.call('GET', '/gadget-feeds');
    assert.equal(feeds.body.items[0].name, 'tracker');
    assert.equal((await world.call('DELETE', '/gadget-feeds/tracker')).status, 204);
    const { body: left } = await world.call('GET', '/gadgets');
    assert.deepEqual(
      left.items.map(({ ownName }: { ownName: string }) => ownName),
      ['links'],
    );
  });

  it('keeps the allow-list, and asks it', async () => {
    const pattern = 'https://*.example.org';
    const made = await world.call('POST', '/allow-list', { body: { pattern, note: 'news' } });
    assert.deepEqual([made.status, made.body.pattern, made.body.addedBy], [201, pattern, 'root']);
    assert.equal((await world.call('POST', '/allow-list', { body: { pattern } })).status, 409);
    const wrong = await world.call('POST', '/allow-list', { body: { pattern: 'https://a@b.example' } });
    assert.equal(wrong.status, 422);
    assert.deepEqual(
      wrong.body.mistakes.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
      [['/pattern', 'rule-credentials']],
    );
    const ask = async (url: string) =>
      (await world.call('GET', `/allow-list/verdict?${new URLSearchParams({ url })}`)).body;
    assert.deepEqual((await ask('https://a.example.org/x')).pattern, pattern);
    assert.deepEqual((await ask('https://a.example.org@evil.example/')).why, 'credentials');
    const named = `/allow-list?${new URLSearchParams({ pattern })}`;
    assert.equal((await world.call('DELETE', named)).status, 204);
    assert.equal((await world.call('DELETE', named)).status, 404);
    assert.deepEqual((await world.call('GET', '/allow-list')).body.items, []);
  });

  it('changes none of it with a key that may only read', async () => {
    const key = await world.makeKey('root', 'read');
    const body = { pattern: 'https://a.example' };
    assert.equal((await world.call('POST', '/allow-list', { body, key })).status, 403);
    assert.equal((await world.call('GET', '/allow-list', { key })).status, 200);
  });
});
