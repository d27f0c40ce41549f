import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../test/support/administration-pages.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { aConsumer, anEvent, aRefusal } from '../../../test/support/records.ts';
import { differingPlaceholders } from '../../web/index.ts';
import { searchMessages } from './messages.ts';
import type { Found } from './places.ts';

describe('the search over everything', () => {
  let world: AdministrationPagesWorld;
  let alice: PageBrowser;
  before(async () => {
    world = await openAdministration();
    alice = world.browser();
    await alice.logIn('alice');
    const { storage } = world.context;
    await storage.consumers.add(aConsumer({ key: 'wiki-7', name: 'Wiki <b>' }), anEvent());
    await storage.refusals.add([aRefusal('request-of-yesterday')], {
      perConsumer: 9,
      inAll: 9,
    });
  });

  const page = async (browser: PageBrowser, query: string) =>
    (await browser.get(`/oauth/search?q=${encodeURIComponent(query)}`)).text();
  const records = async (query: string): Promise<Found[]> =>
    (await world.root.get(`/oauth/admin/search?q=${encodeURIComponent(query)}`)).json() as Promise<Found[]>;

  it('finds pages and actions by their names, and by other words for them', async () => {
    assert.match(await page(world.root, 'register jira'), /href="\/oauth\/admin\/consumers\/add"/);
    assert.match(await page(world.root, 'revoke'), /href="\/oauth\/admin\/tokens"/);
    assert.match(await page(alice, 'password'), /href="\/oauth\/account"/);
  });

  it('gives users the pages that are theirs, and no record', async () => {
    const found = await page(alice, 'wiki-7');
    assert.match(found, /Nothing is called “wiki-7”/);
    assert.doesNotMatch(await page(alice, ''), /\/oauth\/admin/);
    const { places, jumps } = (await (await alice.get('/oauth/search/places')).json()) as {
      places: Found[];
      jumps: unknown[];
    };
    assert.ok(places.length > 0 && places.every(({ href }) => !href.includes('/admin')));
    assert.deepEqual(jumps, []);
    assert.equal((await alice.get('/oauth/admin/search?q=wiki')).status, 403);
  });

  it('finds consumers, users and what they granted, and a refused request by its id', async () => {
    const hrefs = async (query: string) => (await records(query)).map(({ href }) => href);
    assert.deepEqual(await hrefs('wiki-7'), ['/oauth/admin/consumers/view?key=wiki-7']);
    assert.deepEqual(await hrefs('alice'), [
      '/oauth/admin/users/edit?name=alice',
      '/oauth/admin/tokens?user=alice',
    ]);
    assert.deepEqual(await hrefs('of-yesterday'), ['/oauth/admin/diagnosis/show?id=request-of-yesterday']);
    assert.deepEqual(await hrefs('w'), []);
    assert.match(await page(world.root, 'wiki-7'), /Wiki &lt;b&gt;/);
  });

  it('sends strangers to log in', async () => {
    for (const path of ['/oauth/search', '/oauth/search/places', '/oauth/admin/search']) {
      assert.equal((await world.browser().get(path)).status, 303, path);
    }
  });

  it('may be asked for by the script of every page but those that fetch nothing', async () => {
    const policy = async (path: string) =>
      (await world.root.get(path)).headers.get('content-security-policy');
    assert.match((await policy('/oauth/account'))!, /connect-src 'self'/);
    const signature = await world.root.get('/oauth/tools/signature');
    assert.match(signature.headers.get('content-security-policy')!, /connect-src 'none'/);
    assert.doesNotMatch(await signature.text(), /data-palette/);
    const stranger = await world.browser().get('/');
    assert.match(stranger.headers.get('content-security-policy')!, /connect-src 'none'/);
  });

  it('has the same placeholders in both languages', () => {
    assert.deepEqual(differingPlaceholders(searchMessages.en, searchMessages.ja), []);
  });
});
