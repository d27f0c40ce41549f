import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Installation } from '../support/countersign.ts';
import { OAuthConsumer } from '../support/oauth-consumer.ts';
import { startTrackerAndWiki } from '../support/tracker-and-wiki.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, leave, logIn, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';

/** Wiki changes its key, and Tracker, where Wiki is a consumer, takes the new one over; both by their pages. */
describe('the rotation of keys', () => {
  let tracker: Installation;
  let wiki: Installation;
  let browser: Browser;
  let atTracker: Page;
  let atWiki: Page;

  before(async () => {
    [tracker, wiki] = await startTrackerAndWiki();
    for (const one of [tracker, wiki])
      await one.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
    await tracker.command(['link', wiki.url, '--allow-host', new URL(wiki.url).host]);
    await wiki.command(['link', tracker.url, '--allow-host', new URL(tracker.url).host]);
    browser = await startBrowser();
    [atTracker, atWiki] = await Promise.all([administrator(tracker), administrator(wiki)]);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([tracker?.stop(), wiki?.stop()]);
  });

  const words = (page: Page) => page.innerText('main');

  async function administrator({ url }: Installation): Promise<Page> {
    const page = await newVisitor(browser);
    await page.goto(`${url}/oauth/login`);
    await logIn(page, 'root', PASSWORD);
    return page;
  }

  /** Whether Tracker gives Wiki a request token, which Wiki signs for with the key it has now. */
  async function isAccepted(): Promise<boolean> {
    await atWiki.goto(`${wiki.url}/oauth/admin/service-providers/view?name=Tracker`);
    await press(atWiki, 'Test this provider');
    return /Everything that can be tried/.test(await words(atWiki));
  }

  it('of this installation says what others have to do, and publishes the next key', async () => {
    await atWiki.goto(`${wiki.url}/oauth/admin/consumer-info`);
    await follow(atWiki, 'Rotate key');
    assert.equal(await heading(atWiki), 'Rotate the key of this installation?');
    await assertAccessible(atWiki);
    await atWiki.locator('input[name=overlap]').fill('5000');
    await press(atWiki, 'Rotate key');
    assert.match(await words(atWiki), /needs your attention/);
    await assertAccessible(atWiki);
    await atWiki.locator('input[name=overlap]').fill('7');
    await press(atWiki, 'Rotate key');
    assert.match(await words(atWiki), /The next key is published/);
    await assertAccessible(atWiki);
    assert.equal(await isAccepted(), true);
  });

  it('of a consumer fetches what it publishes, shows its fingerprint, and keeps the old one for a while', async () => {
    await atTracker.goto(`${tracker.url}/oauth/admin/consumers`);
    await follow(atTracker, 'Wiki');
    await press(atTracker, 'Fetch its new key');
    assert.match(await words(atTracker), /publishes this key now, SHA-256/);
    await assertAccessible(atTracker);
    await press(atTracker, 'Rotate');
    assert.match(await words(atTracker), /has a new key\. The old one stays valid until/);
    await assertAccessible(atTracker);
    assert.equal(await isAccepted(), true);
  });

  it('of this installation is ended early, and the new key is accepted already', async () => {
    await atWiki.goto(`${wiki.url}/oauth/admin/consumer-info`);
    await follow(atWiki, 'Let the next key take over now');
    await assertAccessible(atWiki);
    await leave(atWiki, atWiki.locator('main form button').first());
    await assertAccessible(atWiki);
    assert.equal(await isAccepted(), true);
  });

  it('of a secret shows the new one once, while the old one works on', async () => {
    const [old, add] = ['Kd94hf93k423kf44pfkkd9xq', ['--name', 'Notes', '--secret-stdin']];
    await tracker.command(['consumer', 'add', '--key', 'notes', ...add], old);
    await atTracker.goto(`${tracker.url}/oauth/admin/consumers/rotate?key=notes`);
    await assertAccessible(atTracker);
    await press(atTracker, 'Rotate');
    assert.equal(await heading(atTracker), 'The secret of Notes');
    await assertAccessible(atTracker);
    const fresh = await atTracker.locator('main code').nth(1).innerText();
    for (const secret of [old, fresh]) {
      const notes = new OAuthConsumer(tracker.url, 'notes', { secret });
      assert.ok((await notes.requestToken('oob')).token.length >= 32);
    }
    await atTracker.goto(`${tracker.url}/oauth/admin/consumers/rotate?key=notes`);
    assert.match(await words(atTracker), /until/);
    await assertAccessible(atTracker);
  });
});
