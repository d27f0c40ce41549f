import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiWorld, createApiWorld, PUBLIC_URL } from '../../test/support/api-world.ts';
import { disableUser, updateUser } from '../accounts/index.ts';
import { sha256Hex } from '../base/index.ts';
import { StorageUnavailable } from '../model/index.ts';
import { OPERATIONS } from './operations/index.ts';

/** A path of an operation, with something in the place of each parameter. */
const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, 'x');

describe('the REST API', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  it('describes every operation, and nothing else', () => {
    const described = Object.entries(world.description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(described.sort(), OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort());
    const ids = OPERATIONS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const { method, path, scope } of OPERATIONS) {
    describe(`${method} ${path}`, () => {
      it('is for holders of a key alone', async () => {
        const answer = await world.call(method, pathOf(path), { key: null });
        assert.equal(answer.status, 401);
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer /);
      });

      it('takes no key of another purpose, and none whose holder is no administrator', async () => {
        const weaker = scope === 'write' ? 'read' : 'providers';
        for (const key of [await world.makeKey('root', weaker), await world.makeKey('alice', 'providers')])
          assert.equal((await world.call(method, pathOf(path), { key })).status, 403);
      });

      it('takes no cookie in place of a key', async () => {
        const cookie = { cookie: 'countersign=anything; __Host-countersign=anything' };
        assert.equal((await world.call(method, pathOf(path), { key: null, headers: cookie })).status, 401);
      });
    });
  }

  it('lets a key that may write read, too', async () => {
    assert.equal((await world.call('GET', '/consumers')).status, 200);
    const key = await world.makeKey('root', 'read');
    assert.equal((await world.call('GET', '/consumers', { key })).status, 200);
  });

  it('refuses two keys, and one that is none', async () => {
    const key = await world.makeKey('root', 'read');
    for (const call of [{ key, headers: { 'x-api-key': key } }, { key: 'countersign_x' }])
      assert.equal((await world.call('GET', '/consumers', call)).status, 401);
  });

  it('ends a key’s rights with its holder’s, at once', async () => {
    const { context, key } = await administratorWithKey('temp');
    assert.equal((await world.call('GET', '/users', { key })).status, 200);
    await updateUser(context, 'temp', { displayName: 'T', email: '', isAdministrator: false }, 'cli');
    assert.equal((await world.call('GET', '/users', { key })).status, 403);
    await disableUser(context, 'temp', 'cli');
    assert.equal((await world.call('GET', '/users', { key })).status, 401);
  });

  it('says what cannot be read, before anything is done', async () => {
    const raw = '{"key":';
    const type = { 'content-type': 'application/json' };
    const path = '/consumers';
    assert.equal((await world.call('POST', path, { raw, headers: type })).status, 400);
    const latin = await world.call('POST', path, { raw: 'a=1', headers: { 'content-type': 'text/plain' } });
    assert.equal(latin.status, 415);
    const unknown = await world.call('GET', '/consumers?page=2');
    assert.equal(unknown.status, 400);
    assert.match(unknown.body.detail, /page/);
    assert.equal((await world.call('GET', '/consumers?limit=1&limit=2')).status, 400);
    assert.equal((await world.call('GET', '/nothing')).status, 404);
    const wrongMethod = await world.call('PUT', '/consumers');
    assert.equal(wrongMethod.status, 405);
    assert.equal(wrongMethod.headers.get('allow'), 'GET, POST');
    assert.equal((await world.call('GET', '/consumers/%ff')).status, 400);
    const large = await world.call('POST', path, { body: { key: 'x'.repeat(1_100_000) } });
    assert.equal(large.status, 413);
  });

  it('names the type of a problem by the page that explains it', async () => {
    const { body } = await world.call('GET', '/consumers/nobody');
    assert.equal(body.type, `${PUBLIC_URL}/oauth/api#not-found`);
    assert.equal(body.status, 404);
  });

  it('pages through a list by cursors, and takes none of another list', async () => {
    for (const name of ['one', 'two', 'three'])
      await world.call('POST', '/users', { body: { name, password: 'a long enough one' } });
    const first = await world.call('GET', '/users?limit=2&sort=name');
    assert.equal(first.body.items.length, 2);
    const second = await world.call('GET', `/users?limit=2&sort=name&cursor=${first.body.nextCursor}`);
    const names = [...first.body.items, ...second.body.items].map(({ name }: { name: string }) => name);
    assert.deepEqual(names, names.toSorted());
    assert.equal(new Set(names).size, 4);
    const other = await world.call('GET', `/users?limit=2&sort=created&cursor=${first.body.nextCursor}`);
    assert.equal(other.status, 400);
    const altered = await world.call('GET', `/users?limit=2&sort=name&cursor=x${first.body.nextCursor}`);
    assert.equal(altered.status, 400);
  });

  it('takes no cursor that somebody else made up: no place of its own, no text that is none', async () => {
    for (const place of ['[0,"x","y"]', '[0,1e999,"y"]', '[-1]', '[0,{"a":1},"y"]', '7', 'no JSON']) {
      const asked = { search: '', sort: 'created', order: 'ascending' };
      for (const seal of ['', sha256Hex(JSON.stringify([place, asked])).slice(0, 16), 'é'.repeat(16)]) {
        const cursor = encodeURIComponent(`${Buffer.from(place).toString('base64url')}.${seal}`);
        const made = await world.call('GET', `/users?sort=created&order=ascending&cursor=${cursor}`);
        assert.equal(made.status, 400, `${place} ${seal}`);
        assert.match(made.body.detail, /cursor belongs to another list/);
      }
    }
  });

  it('misses nothing of a list whose rows are removed as its pages give them', async () => {
    for (const name of ['t-1', 't-2', 't-3', 't-4', 't-5', 't-6'])
      await world.call('POST', '/users', { body: { name, password: 'a long enough one' } });
    const met: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { status, body } = await world.call('GET', `/users?limit=2&search=t-&sort=name${from}`);
      assert.equal(status, 200);
      assert.equal(body.items.length, 2);
      assert.equal(body.total, 6 - met.length);
      for (const { name } of body.items) {
        met.push(name);
        assert.equal((await world.call('DELETE', `/users/${name}`)).status, 204);
      }
      cursor = body.nextCursor;
    }
    assert.deepEqual(met, ['t-1', 't-2', 't-3', 't-4', 't-5', 't-6']);
  });

  it('answers trouble of storage with 503, and what nobody expected with a number', async () => {
    const { list } = world.storage.consumers;
    for (const [error, status] of [
      [new StorageUnavailable('secret path'), 503],
      [new Error('secret'), 500],
    ] as const) {
      world.storage.consumers.list = () => Promise.reject(error);
      const answer = await world.call('GET', '/consumers');
      assert.equal(answer.status, status);
      assert.doesNotMatch(JSON.stringify(answer.body), /secret/);
      assert.equal(world.troubles.at(-1), error);
    }
    world.storage.consumers.list = list;
  });

  async function administratorWithKey(name: string) {
    const body = { name, password: 'a long enough one', isAdministrator: true };
    assert.equal((await world.call('POST', '/users', { body })).status, 201);
    return { context: world, key: await world.makeKey(name, 'read') };
  }
});
