import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPages, plainLogin } from '../../../test/support/pages-world.ts';
import { StorageUnavailable } from '../../model/index.ts';
import type { PageRoute } from './page-route.ts';

/** How often something was done. */
let deeds = 0;

const routes: readonly PageRoute[] = [
  { method: 'GET', path: '/open', access: 'anyone', handle: (c) => c.page({ title: 'Open', body: '' }) },
  { method: 'GET', path: '/own', access: 'user', handle: (c) => c.page({ title: 'Own', body: '' }) },
  {
    method: 'POST',
    path: '/act',
    access: 'user',
    handle(c) {
      deeds += 1;
      return c.redirect('/open');
    },
  },
];

const navigation = [
  { section: 'own', path: '/own', label: { en: 'Own', ja: '自分' }, access: 'user' },
] as const;

function openThings() {
  deeds = 0;
  return openPages((accounts) => [{ routes: [...routes, ...plainLogin(accounts)], navigation }]);
}

describe('a page about what went wrong', () => {
  it('keeps the navigation of whoever is signed in, and leads on', async () => {
    const { browser } = await openThings();
    const root = browser();
    await root.logIn('root');
    for (const answer of [await root.get('/nowhere'), await root.post('/open', {})]) {
      const page = await answer.text();
      assert.match(page, /href="\/own"/);
      assert.match(page, /<main[\s\S]*href="\/"[\s\S]*request-1/);
    }
    assert.doesNotMatch(await (await browser().get('/nowhere')).text(), /href="\/own"/);
  });

  it('leads nowhere else from a path that names another host', async () => {
    const page = await (await (await openThings()).browser().get('//evil.example/x?lang=ja')).text();
    assert.doesNotMatch(page, /href="\/\/evil/);
  });

  it('says of a form that is too large that it is that', async () => {
    const browser = (await openThings()).browser();
    await browser.logIn('alice');
    const answer = await browser.post('/act', { text: 'x'.repeat(270_000) });
    assert.equal(answer.status, 413);
    assert.match(await answer.text(), /larger than 262144 bytes/);
    assert.equal(deeds, 0);
  });

  it('has the name of the installation, and the way to try again, where storage is gone', async () => {
    const { accounts, browser } = await openThings();
    const alice = browser();
    await alice.logIn('alice');
    accounts.storage.sessions.find = () => Promise.reject(new StorageUnavailable('down'));
    const page = await (await alice.get('/own?a=b')).text();
    assert.match(page, /<title>[^<]*Tracker<\/title>/);
    assert.match(page, /href="\/own\?a=b">Try again/);
    const sent = await alice.post('/act', {});
    assert.equal(sent.status, 503);
    assert.doesNotMatch(await sent.text(), /Try again</);
  });

  it('leads on from a form that nobody takes', async () => {
    const { browser } = await openThings();
    const alice = browser();
    await alice.logIn('alice');
    const elsewhere = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
    const own = { origin: 'https://tracker.example', 'sec-fetch-site': 'same-origin' };
    const json = { headers: { ...own, 'content-type': 'application/json' } };
    for (const [changes, status] of [
      [elsewhere, 403],
      [json, 415],
    ] as const) {
      const answer = await alice.post('/act', {}, changes);
      assert.equal(answer.status, status);
      assert.match(await answer.text(), /<main[\s\S]*href="\/">/);
    }
    assert.equal(deeds, 0);
  });
});
