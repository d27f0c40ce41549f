import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../test/support/administration-pages.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { administrationRoutes } from './index.ts';

/** Generated from the routes themselves, so that a new one cannot be forgotten. */
describe('access to the administration pages', () => {
  let world: AdministrationPagesWorld;
  let alice: PageBrowser;
  let anonymous: PageBrowser;
  const routes = administrationRoutes({} as never);
  const call = (browser: PageBrowser, method: string, path: string) =>
    method === 'GET' ? browser.get(path) : browser.post(path, {});
  before(async () => {
    world = await openAdministration();
    alice = world.browser();
    await alice.logIn('alice');
    anonymous = world.browser();
  });

  for (const { method, path } of routes) {
    it(`${method} ${path} sends strangers to log in, refuses users and admits administrators`, async () => {
      const stranger = await call(anonymous, method, path);
      assert.equal(stranger.status, 303);
      assert.match(stranger.headers.get('location')!, /^\/oauth\/login\?next=/u);
      assert.equal((await call(alice, method, path)).status, 403);
      const admitted = await call(world.root, method, path);
      assert.ok(admitted.status !== 403 && admitted.status < 500, String(admitted.status));
      assert.notEqual(admitted.headers.get('location')?.startsWith('/oauth/login'), true);
      assert.deepEqual(world.errors, []);
    });

    if (method === 'POST') {
      it(`POST ${path} does nothing without the form's token, or from another site`, async () => {
        const log = () => world.context.storage.audit.list({}, { search: '', offset: 0, limit: 1 });
        const before = (await log()).total;
        const forged = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
        assert.equal((await world.root.post(path, {}, { withoutToken: true })).status >= 400, true);
        assert.equal((await world.root.post(path, {}, forged)).status, 403);
        assert.equal((await log()).total, before);
      });
    }
  }
});
