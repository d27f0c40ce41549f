import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPages, PUBLIC_URL, plainLogin } from '../../../test/support/pages-world.ts';
import type { AccountsContext } from '../../accounts/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import { html } from './html.ts';
import type { PageContext, PageRoute, PageSet } from './page-route.ts';

/** What the handlers of these pages did. */
let deeds: string[] = [];

const show = (c: PageContext) =>
  c.page({ title: c.path, section: 'things', body: html`<p>${c.query.get('say') ?? ''}</p>` });
const act = (c: PageContext) => {
  deeds.push(c.path);
  return c.redirect('/open', 'It <is> done.');
};

const routes: readonly PageRoute[] = [
  { method: 'GET', path: '/open', access: 'anyone', handle: show },
  {
    method: 'GET',
    path: '/own/:name',
    access: 'user',
    handle: (c) => c.page({ title: c.param('name'), body: '' }),
  },
  { method: 'POST', path: '/own/act', access: 'user', handle: act },
  { method: 'GET', path: '/rule', access: 'administrator', handle: show },
  { method: 'POST', path: '/rule', access: 'administrator', handle: act },
  { method: 'GET', path: '/popup', access: 'anyone', inPopup: true, handle: show },
  { method: 'GET', path: '/opener', access: 'anyone', opensPopups: true, handle: show },
  {
    method: 'GET',
    path: '/trouble',
    access: 'anyone',
    handle: () => Promise.reject(new StorageUnavailable('disk full at /var/secret')),
  },
  {
    method: 'GET',
    path: '/broken',
    access: 'anyone',
    handle: () => {
      throw new Error('stack and secret');
    },
  },
  {
    method: 'GET',
    path: '/framing',
    access: 'anyone',
    handle: (c) =>
      c.page({
        title: 'Framing',
        body: '',
        frames: ['https://gadgets.example/clock; script-src *?q=1'],
        fetches: true,
      }),
  },
  { method: 'GET', path: '/astray', access: 'anyone', handle: (c) => c.redirect('//evil.example') },
];

const navigation = [
  { section: 'things', path: '/rule', label: { en: 'Things', ja: '物' }, access: 'administrator' },
] as const;

function sets(accounts: AccountsContext): readonly PageSet[] {
  return [{ routes: [...routes, ...plainLogin(accounts)], navigation }];
}

async function open(options: Parameters<typeof openPages>[1] = {}) {
  deeds = [];
  return openPages(sets, options);
}

describe('access to a route', () => {
  it('sends whoever is not signed in to log in, and back', async () => {
    const browser = (await open()).browser();
    const answer = await browser.get('/own/x%2Fy?a=b&c=%2F');
    assert.equal(answer.status, 303);
    const next = new URL(answer.headers.get('location')!, PUBLIC_URL).searchParams.get('next');
    assert.equal(next, '/own/x%2Fy?a=b&c=%2F');
  });

  it('refuses administration to others, on every method', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    assert.equal((await browser.get('/rule')).status, 403);
    assert.equal((await browser.post('/rule', {})).status, 403);
    assert.deepEqual(deeds, []);
  });

  it('lets administrators in, and shows them what they may use', async () => {
    const browser = (await open()).browser();
    await browser.logIn('root');
    const answer = await browser.get('/rule');
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /<a href="\/rule" aria-current="page">Things<\/a>/);
  });

  it('does nothing for a POST of whoever is not signed in', async () => {
    const answer = await (await open()).browser().post('/own/act', {});
    assert.equal(answer.status, 303);
    assert.deepEqual(deeds, []);
  });

  it('ends when the user is disabled', async () => {
    const { accounts, browser } = await open();
    const alice = browser();
    await alice.logIn('alice');
    const user = (await accounts.storage.users.find('alice'))!;
    const event = {
      at: 1,
      actor: 'root',
      action: 'user.disable',
      object: 'alice',
      before: null,
      after: null,
      note: null,
    };
    await accounts.storage.users.update(user.name, { isDisabled: true }, event as never);
    assert.equal((await alice.get('/own/x')).status, 303);
  });
});

describe('a POST', () => {
  it('with the token of the session, from our own page, is carried out', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    assert.equal((await browser.post('/own/act', {})).status, 303);
    assert.deepEqual(deeds, ['/own/act']);
  });

  it('without the token, or with another one, changes nothing', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    assert.equal((await browser.post('/own/act', {}, { withoutToken: true })).status, 403);
    assert.equal((await browser.post('/own/act', { csrf: 'x'.repeat(32) })).status, 403);
    assert.deepEqual(deeds, []);
  });

  it('with the token of somebody else’s session changes nothing', async () => {
    const { browser } = await open();
    const [alice, bob] = [browser(), browser()];
    await alice.logIn('alice');
    await bob.logIn('bob');
    const page = await (await bob.get('/oauth/logout')).text();
    const csrf = /name="csrf" value="(\w+)"/.exec(page)![1]!;
    assert.equal((await alice.post('/own/act', { csrf })).status, 403);
    assert.deepEqual(deeds, []);
  });

  it('from another site changes nothing, even with the token', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: PUBLIC_URL },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://tracker.example' },
    ];
    for (const headers of foreign)
      assert.equal((await browser.post('/own/act', {}, { headers })).status, 403);
    assert.deepEqual(deeds, []);
  });

  it('of a program that sends neither header needs the token only', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    assert.equal((await browser.post('/own/act', {}, { headers: {} })).status, 303);
    assert.equal((await browser.post('/own/act', {}, { headers: {}, withoutToken: true })).status, 403);
  });

  it('that would log somebody in from another site is refused', async () => {
    const browser = (await open()).browser();
    const headers = { origin: 'https://evil.example' };
    const answer = await browser.post(
      '/oauth/login',
      { username: 'alice', password: 'correct horse' },
      { headers },
    );
    assert.equal(answer.status, 403);
    assert.equal(browser.cookies.size, 0);
  });

  it('of anything but a form is refused', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    const headers = { 'content-type': 'text/plain' };
    assert.equal((await browser.post('/own/act', {}, { headers })).status, 415);
  });
});

describe('every page', () => {
  it('forbids scripts and styles of others, framing, and keeping', async () => {
    const { headers } = await (await open()).browser().get('/open');
    const policy = headers.get('content-security-policy')!.split('; ');
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "connect-src 'none'",
      "frame-src 'none'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.match(headers.get('strict-transport-security')!, /max-age=\d{8}/);
  });

  it('frames and fetches only what it says, and an address in its policy cannot end the rule', async () => {
    const { headers } = await (await open()).browser().get('/framing');
    const policy = headers.get('content-security-policy')!.split('; ');
    assert.ok(policy.includes('frame-src https://gadgets.example/clock%3B%20script-src%20*'));
    assert.ok(policy.includes("connect-src 'self'"));
    assert.ok(policy.includes("script-src 'self'"));
  });

  it('has a referrer policy under which browsers still send Origin with our forms', async () => {
    const { headers } = await (await open()).browser().get('/open');
    assert.equal(headers.get('referrer-policy'), 'same-origin');
  });

  it('promises https only where there is https', async () => {
    const { headers } = await (await open({ publicUrl: 'http://127.0.0.1:8080' })).browser().get('/open');
    assert.equal(headers.get('strict-transport-security'), null);
  });

  it('stays connected to its opener only where it may be a pop-up', async () => {
    const { headers } = await (await open()).browser().get('/popup');
    assert.equal(headers.get('cross-origin-opener-policy'), null);
  });

  it('stays connected to the windows that it opens, where a route says that it opens some', async () => {
    const { headers } = await (await open()).browser().get('/opener');
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups');
  });

  it('escapes what it is given, and holds no inline script or style', async () => {
    const page = await (await (await open()).browser().get('/open?say=<script>alert(1)</script>')).text();
    assert.ok(page.includes('&lt;script&gt;alert(1)'));
    assert.ok(!/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/.test(page));
  });

  it('is in the language that is asked for, and remembers it', async () => {
    const browser = (await open()).browser();
    assert.match(await (await browser.get('/open?lang=ja')).text(), /<html lang="ja">/);
    assert.match(await (await browser.get('/open')).text(), /<html lang="ja">/);
    assert.match(await (await browser.get('/open?lang=en')).text(), /<html lang="en">/);
    assert.match(await (await browser.get('/open?lang=xx')).text(), /<html lang="en">/);
  });

  it('shows a notice of the page before once, escaped', async () => {
    const browser = (await open()).browser();
    await browser.logIn('alice');
    await browser.post('/own/act', {});
    assert.match(await (await browser.get('/open')).text(), /It &lt;is&gt; done\./);
    assert.doesNotMatch(await (await browser.get('/open')).text(), /It &lt;is&gt; done\./);
  });
});

describe('under a public URL with a path', () => {
  it('links, forms, files and redirects carry the path', async () => {
    const browser = (await open({ publicUrl: 'https://host.example/jira' })).browser();
    assert.equal((await browser.get('/own/x')).headers.get('location'), '/jira/oauth/login?next=%2Fown%2Fx');
    await browser.logIn('root');
    const page = await (await browser.get('/rule')).text();
    const links = [...page.matchAll(/(?:href|action|src)="([^"#]+)"/g)].map((match) => match[1]!);
    assert.ok(links.length > 6);
    for (const link of links) assert.match(link, /^\/jira\//);
  });
});

describe('what goes wrong', () => {
  it('tells an unknown address from a wrong method', async () => {
    const browser = (await open()).browser();
    assert.equal((await browser.get('/nowhere')).status, 404);
    const answer = await browser.get('/own/act/');
    assert.equal(answer.status, 404);
    const method = await browser.post('/open', {});
    assert.deepEqual([method.status, method.headers.get('allow')], [405, 'GET']);
  });

  it('answers 503 for trouble of storage, telling nothing of it', async () => {
    const answer = await (await open()).browser().get('/trouble');
    assert.equal(answer.status, 503);
    assert.doesNotMatch(await answer.text(), /secret|disk/);
  });

  it('answers 503 when the session cannot be looked up, never as if nobody were signed in', async () => {
    const { accounts, browser } = await open();
    const alice = browser();
    await alice.logIn('alice');
    accounts.storage.sessions.find = () => Promise.reject(new StorageUnavailable('down'));
    assert.equal((await alice.get('/own/x')).status, 503);
  });

  it('answers 500 for a mistake of ours, tells the log, and the page only the request id', async () => {
    const { errors, browser } = await open();
    const answer = await browser().get('/broken');
    const page = await answer.text();
    assert.equal(answer.status, 500);
    assert.ok(page.includes('request-1') && !page.includes('secret'));
    assert.equal(errors.length, 1);
  });

  it('never redirects to another host', async () => {
    const { errors, browser } = await open();
    assert.equal((await browser().get('/astray')).status, 500);
    assert.match(String(errors[0]), /not a local path/);
  });
});

describe('static files', () => {
  it('are few, small, and kept for ever under a name with their hash', async () => {
    const { pages, browser } = await open();
    const page = await (await browser().get('/open')).text();
    const files = [...page.matchAll(/(?:href|src)="(\/oauth\/assets\/[^"]+)"/g)].map((match) => match[1]!);
    assert.equal(files.length, 3);
    let bytes = 0;
    for (const file of files) {
      assert.equal(pages.has(file), true);
      const answer = await browser().get(file);
      assert.match(answer.headers.get('cache-control')!, /immutable/);
      bytes += (await answer.arrayBuffer()).byteLength;
    }
    assert.ok(bytes < 50_000, `${bytes} bytes`);
  });

  it('are not there under another hash, by which something else would be kept for ever', async () => {
    const { browser } = await open();
    const page = await (await browser().get('/open')).text();
    const [file = ''] = /\/oauth\/assets\/[^"]+/.exec(page) ?? [];
    const other = file.replace(/\.[0-9a-f]{10}\./, '.0123456789.');
    assert.notEqual(other, file);
    assert.equal((await browser().get(other)).status, 404);
    assert.equal((await browser().get(file.replace(/\.[0-9a-f]{10}\./, '.'))).status, 404);
  });
});
