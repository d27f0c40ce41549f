import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Installation, runCommand } from '../support/countersign.ts';
import { startTrackerAndWiki } from '../support/tracker-and-wiki.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, logIn, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';

/** Tracker has the data, Wiki wants it; each is linked from the other. The tests go on where the ones before ended. */
describe('two installations', () => {
  let tracker: Installation;
  let wiki: Installation;
  let browser: Browser;
  let alice: Page;

  before(async () => {
    [tracker, wiki] = await startTrackerAndWiki();
    for (const installation of [tracker, wiki]) {
      await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
      await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
    }
    browser = await startBrowser();
    alice = await newVisitor(browser);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([tracker?.stop(), wiki?.stop()]);
  });

  const words = (page: Page) => page.innerText('main');
  const hostOf = ({ url }: Installation) => new URL(url).host;

  async function administrator(installation: Installation, locale = 'en-GB'): Promise<Page> {
    const page = await newVisitor(browser, locale);
    await page.goto(`${installation.url}/oauth/login?lang=en`);
    await logIn(page, 'root', PASSWORD);
    return page;
  }

  it('are linked by the command line, which says what each may do and what is left to the other side', async () => {
    const { stdout } = await tracker.command(['link', wiki.url, '--allow-host', hostOf(wiki)]);
    assert.match(stdout, /Wiki may read Tracker’s data on behalf of users who approve\./);
    assert.match(stdout, /Tracker may read Wiki’s data on behalf of users who approve there\./);
    assert.match(stdout, /The administrators of Wiki do the same on theirs/);
    const again = await tracker.command(['link', wiki.url, '--allow-host', hostOf(wiki), '--json']);
    assert.equal(JSON.parse(again.stdout).provider.name, 'Wiki');
  });

  it('do not reach a private address that nobody allowed', async () => {
    const refused = await runCommand(['link', 'http://127.0.0.1:9', '--data', tracker.dataDirectory]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /--allow-host/);
  });

  it('cannot be used while only one side has agreed', async () => {
    const test = ['provider', 'test', 'Wiki', '--allow-host', hostOf(wiki), '--data', tracker.dataDirectory];
    const { status, stdout, stderr } = await runCommand(test);
    assert.equal(status, 1);
    assert.match(stdout, /✘ request token: .*consumer key/);
    assert.doesNotMatch(stdout, /oauth_signature="(?!\[redacted)/);
    assert.match(stderr, /the test of Wiki failed/);
  });

  it('are linked in the console, after what the other says about itself was shown', async () => {
    const root = await administrator(wiki);
    await follow(root, 'Link an installation');
    await assertAccessible(root);
    await root.getByLabel('Base URL').fill(`${tracker.url}/`);
    await press(root, 'Show what it says about itself');
    assert.equal(await heading(root), 'Link Tracker?');
    assert.match(await words(root), /SHA-256 fingerprint/i);
    await assertAccessible(root);
    await press(root, 'Link');
    assert.equal(await heading(root), 'Tracker');
    assert.match(await words(root), /Tracker may read Wiki’s data[\s\S]*Wiki may read Tracker’s data/);
    await assertAccessible(root);

    await press(root, 'Test this provider');
    assert.match(await words(root), /Everything that can be tried without a person works/);
    await root.locator('details summary').first().click();
    assert.match(await words(root), /POST http[^\n]*\/plugins\/servlet\/oauth\/request-token/);
    assert.match(await words(root), /oauth_signature="\[redacted/);
    await assertAccessible(root);
    await root.goto(`${wiki.url}/oauth/admin/service-providers/add?preset=jira`);
    assert.match(await words(root), /not contacted from here/);
    await assertAccessible(root);
    await root.context().close();
  });

  it('let the test go on in the browser, for the administrator’s own account', async () => {
    const root = await administrator(wiki);
    await root.goto(`${wiki.url}/oauth/admin/service-providers/view?name=Tracker`);
    await press(root, 'Go on in the browser');
    await logIn(root, 'root', PASSWORD);
    await press(root, 'Approve');
    assert.equal(await heading(root), 'Tracker');
    assert.match(await words(root), /You are connected to Tracker\.[\s\S]*One user is connected/);
    await root.context().close();
  });

  it('connect a user: alice on Wiki logs in at Tracker, approves, and is back', async () => {
    await alice.goto(`${wiki.url}/oauth/connections`);
    await logIn(alice, 'alice', PASSWORD);
    assert.equal(await heading(alice), 'Connections');
    await assertAccessible(alice);
    await press(alice, 'Connect to Tracker');
    assert.equal(new URL(alice.url()).host, hostOf(tracker));
    await logIn(alice, 'alice', PASSWORD);
    assert.match(await words(alice), /Wiki/);
    await press(alice, 'Approve');
    assert.equal(alice.url(), `${wiki.url}/oauth/connections`);
    assert.match(await words(alice), /You are connected to Tracker\.[\s\S]*connected/);
    await assertAccessible(alice);
    const tokens = await tracker.command(['token', 'list', '--user', 'alice', '--json']);
    assert.equal(JSON.parse(tokens.stdout).length, 1);
  });

  it('renew the connection without asking', async () => {
    await press(alice, 'Renew the connection to Tracker');
    assert.match(await words(alice), /The connection to Tracker was renewed/);
  });

  it('explain a callback that nobody here began', async () => {
    await alice.goto(`${wiki.url}/oauth/callback?oauth_token=abc&oauth_verifier=def`);
    assert.match(await heading(alice), /does not belong to anything you began here/);
    await assertAccessible(alice);
    await follow(alice, 'Go to Connections');
  });

  it('ask for "Login & approve" after the approval was revoked at Tracker', async () => {
    await tracker.command(['token', 'revoke', '--user', 'alice']);
    await press(alice, 'Renew the connection to Tracker');
    assert.equal(await heading(alice), 'Tracker asks you to approve again');
    await assertAccessible(alice);
    await alice.goto(`${wiki.url}/oauth/connections`);
    assert.match(await words(alice), /approval needed/);
    await assertAccessible(alice);
    await press(alice, 'Login & approve at Tracker');
    await press(alice, 'Approve');
    assert.match(await words(alice), /You are connected to Tracker/);
  });

  it('disconnect after saying what ends here and what may remain there', async () => {
    await follow(alice, 'Disconnect from Tracker');
    assert.match(await words(alice), /deletes its access token[\s\S]*may stay on record there/);
    await assertAccessible(alice);
    await press(alice, 'Disconnect');
    assert.match(await words(alice), /You are disconnected from Tracker/);
  });

  it('take a no for an answer', async () => {
    await press(alice, 'Connect to Tracker');
    await press(alice, 'Deny');
    assert.equal(await heading(alice), 'You did not give access');
    await assertAccessible(alice);
    await follow(alice, 'Back to Connections');
    assert.match(await words(alice), /You can connect to/);
  });

  it('speak Japanese on all of these pages', async () => {
    await press(alice, 'Connect to Tracker');
    await press(alice, 'Approve');
    const path = await alice.getByRole('link', { name: 'Disconnect from Tracker' }).getAttribute('href');
    const pages = ['/oauth/connections?lang=ja', `${path}&lang=ja`, '/oauth/callback?oauth_token=x&lang=ja'];
    for (const page of pages) {
      await alice.goto(wiki.url + page);
      assert.match(await heading(alice), /[ぁ-んァ-ヶ一-龠]/, page);
      assert.doesNotMatch(await words(alice), /Connect|approve|Disconnect/, page);
      await assertAccessible(alice);
    }
    const root = await administrator(wiki);
    for (const page of [
      'service-providers',
      'service-providers/view?name=Tracker',
      'service-providers/add?preset=netsuite',
      'links/add',
    ]) {
      await root.goto(`${wiki.url}/oauth/admin/${page}${page.includes('?') ? '&' : '?'}lang=ja`);
      assert.match(await heading(root), /[ぁ-んァ-ヶ一-龠]|Tracker/, page);
      assert.doesNotMatch(await words(root), /\b(?:Edit|Remove|Save|Test|Link|Last|may read)\b/, page);
      await assertAccessible(root);
    }
    await root.context().close();
  });

  it('part after saying for how many users access ends', async () => {
    const root = await administrator(wiki);
    await root.goto(`${wiki.url}/oauth/admin/service-providers/view?name=Tracker`);
    await follow(root, 'Unlink');
    assert.match(await words(root), /“Tracker” is removed: 2 users are disconnected/);
    await assertAccessible(root);
    await press(root, 'Unlink');
    assert.match(await words(root), /The link with Tracker was ended/);
    await root.context().close();

    const dryRun = await tracker.command(['unlink', wiki.url, '--dry-run']);
    assert.match(dryRun.stdout, /would end[\s\S]*data of 2 users/);
    const { stdout } = await tracker.command(['unlink', wiki.url, '--json']);
    assert.equal(JSON.parse(stdout).usersLosingAccess, 2);
    const over = await runCommand(['unlink', wiki.url, '--data', tracker.dataDirectory]);
    assert.equal(over.status, 1);
  });
});
