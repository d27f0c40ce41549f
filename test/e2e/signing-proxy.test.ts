import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Installation } from '../support/countersign.ts';
import { type RecordingUpstream, startRecordingUpstream } from '../support/recording-upstream.ts';
import { startTrackerAndWiki } from '../support/tracker-and-wiki.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, logIn, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';
const ISSUES = '/oauth/out/Tracker/rest/issues?assignee=alice';

/** Alice is connected from Wiki to Tracker; programs and pages of hers reach Tracker through Wiki's signing proxy. */
describe('the signing proxy, from a shell and from pages', () => {
  let application: RecordingUpstream;
  let pages: Server;
  let tracker: Installation;
  let wiki: Installation;
  let browser: Browser;
  let alice: Page;
  let key: string;
  /** What every page of Wiki's own application, or of somebody else, shows. */
  let markup = '';

  before(async () => {
    application = await startRecordingUpstream();
    pages = createServer((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><title>x</title>${markup}`);
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    [tracker, wiki] = await startTrackerAndWiki({
      tracker: ['--upstream', application.url],
      wiki: ['--upstream', originOf(pages), '--public-path', '/app/**'],
    });
    for (const [one, other] of [
      [tracker, wiki],
      [wiki, tracker],
    ] as const) {
      await one.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
      await one.command(['link', other.url, '--allow-host', new URL(other.url).host]);
    }
    browser = await startBrowser();
    alice = await newVisitor(browser);
    await alice.goto(`${wiki.url}/oauth/connections`);
    await logIn(alice, 'alice', PASSWORD);
    await press(alice, 'Connect to Tracker');
    await logIn(alice, 'alice', PASSWORD);
    await press(alice, 'Approve');
  });
  after(async () => {
    await browser?.close();
    await Promise.all([tracker?.stop(), wiki?.stop(), application?.close()]);
    pages?.closeAllConnections();
    pages?.close();
  });

  const words = (page: Page) => page.innerText('main');

  it('is opened to a program by a key that alice makes and copies once', async () => {
    await alice.goto(`${wiki.url}/oauth/account`);
    await follow(alice, 'API keys');
    assert.match(await words(alice), /No API key yet/);
    await assertAccessible(alice);
    await alice.getByLabel('Label').fill(' ');
    await press(alice, 'Make key');
    assert.match(await words(alice), /Enter a label/);
    await assertAccessible(alice);
    await alice.getByLabel('Label').fill('Nightly report');
    await alice.getByRole('radio', { name: 'Only these' }).check();
    await alice.getByRole('checkbox', { name: 'Tracker' }).check();
    await press(alice, 'Make key');
    assert.equal(await heading(alice), 'The key “Nightly report”');
    await assertAccessible(alice);
    key = /countersign_[A-Za-z0-9]{40}/.exec(await words(alice))?.[0] ?? '';
    await follow(alice, 'I have copied it');
    assert.match(await words(alice), /Nightly report[\s\S]*Tracker/);
    const overhang = await alice.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok((overhang as number) <= 0, 'the page is no wider than its window');
    await assertAccessible(alice);
  });

  it('lets curl with the key read her issues, signed for her', async () => {
    const { status, body } = await curl('-H', `Authorization: Bearer ${key}`, wiki.url + ISSUES);
    assert.equal(status, 200, body);
    assert.equal(JSON.parse(body).target, '/rest/issues?assignee=alice');
    const seen = application.seen.at(-1)!;
    assert.equal(seen.user, 'alice');
    assert.ok(!JSON.stringify(seen).includes(key));
  });

  it('lets curl send what it will, and tells it what went wrong in words', async () => {
    const header = `X-Api-Key: ${key}`;
    const posted = await curl('-H', header, '--data', 'title=a+b&title=%C3%BC', wiki.url + ISSUES);
    const fields = new URLSearchParams(JSON.parse(posted.body).body).getAll('title');
    assert.deepEqual(fields, ['a b', 'ü']);
    const nobody = await curl(wiki.url + ISSUES);
    assert.deepEqual([nobody.status, JSON.parse(nobody.body).error], [401, 'credentials-missing']);
    const other = await curl('-H', header, `${wiki.url}/oauth/out/Other/x`);
    assert.equal(JSON.parse(other.body).error, 'provider-not-in-key');
    const outside = await curl('--path-as-is', '-H', header, `${wiki.url}/oauth/out/Tracker/../../admin`);
    assert.notEqual(outside.status, 200);
  });

  it('answers scripts of Wiki’s own pages by her session alone', async () => {
    await alice.goto(`${wiki.url}/app/dashboard`);
    const told = await alice.evaluate(`fetch('${ISSUES}').then((answer) => answer.json())`);
    assert.equal((told as { user: string }).user, 'alice');
    const deleted = await alice.evaluate(`fetch('${ISSUES}', { method: 'DELETE' }).then((a) => a.status)`);
    assert.equal(deleted, 200);
  });

  it('answers nothing that another page, a link or an element asks for', async () => {
    const before = application.seen.length;
    markup = `<script src="${wiki.url}${ISSUES}"></script><img src="${wiki.url}${ISSUES}">
      <iframe src="${wiki.url}${ISSUES}"></iframe><a href="${wiki.url}${ISSUES}">look</a>
      <form method="post" action="${wiki.url}${ISSUES}"><button>send</button></form>`;
    await alice.goto(originOf(pages));
    const fetched = alice.evaluate(`fetch('${wiki.url}${ISSUES}', { credentials: 'include' })`);
    await assert.rejects(fetched, /Failed to fetch/);
    const blind = `fetch('${wiki.url}${ISSUES}', { mode: 'no-cors', credentials: 'include' }).then(() => 0)`;
    await alice.evaluate(blind).catch(() => undefined);
    await alice.getByRole('link', { name: 'look' }).click();
    await alice.waitForURL(`${wiki.url}/**`);
    assert.match(await alice.innerText('body'), /cross-site/);
    await alice.goto(originOf(pages));
    await alice.getByRole('button', { name: 'send' }).click();
    await alice.waitForURL(`${wiki.url}/**`);
    assert.match(await alice.innerText('body'), /cross-site/);
    await alice.goto(`${wiki.url}/app/dashboard`);
    await follow(alice, 'look');
    assert.match(await alice.innerText('body'), /cross-site/);
    assert.equal(application.seen.length, before);
  });

  it('says where to approve again once she has revoked at Tracker', async () => {
    await tracker.command(['token', 'revoke', '--user', 'alice']);
    const { status, body } = await curl('-H', `Authorization: Bearer ${key}`, wiki.url + ISSUES);
    const { error, connectUrl } = JSON.parse(body);
    assert.deepEqual([status, error, connectUrl], [409, 'approval-needed', `${wiki.url}/oauth/connections`]);
  });

  it('is closed to a key that she has taken back', async () => {
    await alice.goto(`${wiki.url}/oauth/account/keys`);
    await follow(alice, 'Revoke Nightly report');
    await assertAccessible(alice);
    await press(alice, 'Revoke key');
    assert.match(await words(alice), /The key was revoked/);
    const { status } = await curl('-H', `Authorization: Bearer ${key}`, wiki.url + ISSUES);
    assert.equal(status, 401);
  });

  it('takes an API key of a provider that has no dance', async () => {
    const base = 'base=https://maas.example:5443';
    await wiki.command(['provider', 'add', '--preset', 'maas', '--name', 'Machines', '--fill', base]);
    await alice.goto(`${wiki.url}/oauth/connections`);
    await follow(alice, 'Enter an API key of Machines');
    await assertAccessible(alice);
    await alice.locator('input[name=apiKey]').fill('half:a-key');
    await press(alice, 'Keep it');
    assert.match(await words(alice), /CONSUMER:TOKEN:SECRET/);
    await assertAccessible(alice);
    await alice.locator('input[name=apiKey]').fill('ck:tk:ts');
    await press(alice, 'Keep it');
    assert.match(await words(alice), /You are connected to Machines/);
    await assertAccessible(alice);
  });
});

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs curl; gives what came back. */
function curl(...args: string[]): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    execFile('curl', ['-sS', '--max-time', '20', '-w', '\n%{http_code}', ...args], (error, stdout) => {
      if (error !== null) return reject(error);
      const at = stdout.lastIndexOf('\n');
      resolve({ status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) });
    });
  });
}
