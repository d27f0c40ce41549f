import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPages } from '../../test/support/pages-world.ts';
import { StorageUnavailable } from '../model/index.ts';
import { type PageRoute, WireRefused } from '../web/index.ts';
import { API_PROBLEMS, problemOf } from './api-problem.ts';

describe('a problem of the API', () => {
  it('has the words of the page about the same', async () => {
    const trouble: PageRoute = {
      method: 'GET',
      path: '/trouble',
      access: 'anyone',
      handle: () => Promise.reject(new StorageUnavailable('disk full')),
    };
    const broken: PageRoute = {
      method: 'GET',
      path: '/broken',
      access: 'anyone',
      handle: () => Promise.reject(new Error('a mistake of ours')),
    };
    const { browser } = await openPages(() => [{ routes: [trouble, broken], navigation: [] }]);
    for (const [answer, code] of [
      [await browser().get('/trouble'), 'storage-unavailable'],
      [await browser().get('/broken'), 'internal-error'],
      [await browser().post('/trouble', {}), 'method-not-allowed'],
    ] as const) {
      const { status, title } = API_PROBLEMS[code];
      assert.equal(answer.status, status);
      assert.ok((await answer.text()).includes(`<h1>${title.replace(/\.$/, '')}</h1>`), title);
    }
  });

  it('tells what may be sent again from what is malformed', () => {
    const codes = [400, 413, 503].map((status) => problemOf(new WireRefused(status, 'The reason.'))?.code);
    assert.deepEqual(codes, ['malformed-request', 'too-large', 'too-many-requests']);
  });
});
