import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiWorld, createApiWorld } from '../../test/support/api-world.ts';
import { SHEETS } from '../administration/index.ts';
import { StorageUnavailable } from '../model/index.ts';

const NAMES = {
  consumers: 'consumers',
  'service-providers': 'serviceProviders',
  tokens: 'tokens',
  users: 'users',
  usage: 'usage',
  audit: 'audit',
} as const;

describe('a list as CSV, through the REST API', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  it('has the columns of the console’s download, and is a file', async () => {
    for (const [file, sheet] of Object.entries(NAMES)) {
      const { status, headers, body } = await world.call('GET', `/${file}.csv`);
      assert.equal(status, 200, file);
      // The mark in front, which tells spreadsheets that it is UTF-8, is no part of the text that fetch gives.
      assert.equal(body.split('\r\n')[0].replace('\ufeff', ''), Object.keys(SHEETS[sheet]).join(','));
      assert.equal(headers.get('content-disposition'), `attachment; filename="${file}.csv"`);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });

  it('holds all that its search finds, in its order, and takes no page', async () => {
    const names = async (query: string) => {
      const { body } = await world.call('GET', `/users.csv?${query}`);
      return body
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line: string) => line.split(',')[0]);
    };
    assert.deepEqual(await names('order=descending'), ['root', 'bob', 'alice']);
    assert.deepEqual(await names('search=berg'), ['bob']);
    assert.equal((await world.call('GET', '/users.csv?limit=1')).status, 400);
    assert.equal((await world.call('GET', '/audit.csv?action=user.add')).body.split('\r\n').length, 5);
  });

  it('answers HEAD with the header alone', async () => {
    const { status, headers, body } = await world.call('HEAD', '/users.csv');
    assert.deepEqual([status, body], [200, undefined]);
    assert.match(headers.get('content-type') ?? '', /^text\/csv/);
  });

  it('is a problem when storage does not answer, and breaks off when it stops answering', async () => {
    const { list } = world.storage.users;
    world.storage.users.list = () => Promise.reject(new StorageUnavailable('gone'));
    assert.equal((await world.call('GET', '/users.csv')).status, 503);
    const [row] = (await list({ search: '', sort: 'name', descending: false, offset: 0, limit: 1 })).rows;
    world.storage.users.list = async ({ offset }) => {
      if (offset > 0) throw new StorageUnavailable('gone');
      return { rows: Array.from({ length: 250 }, () => row!), total: 300 };
    };
    await assert.rejects(world.call('GET', '/users.csv'), TypeError);
    world.storage.users.list = list;
    assert.ok(world.troubles.at(-1) instanceof StorageUnavailable);
  });
});
