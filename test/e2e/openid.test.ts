import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type OpenIdInstallation, startOpenIdInstallation } from '../support/openid-installation.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, logIn, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';

describe('a person who logs in with an OpenID provider', () => {
  let world: OpenIdInstallation;
  let browser: Browser;

  before(async () => {
    world = await startOpenIdInstallation([]);
    await world.installation.command(['user', 'add', 'alice', '--admin', '--password-stdin'], PASSWORD);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  /** From the login page, which one comes to by opening one's account, to the provider's. */
  async function goToProvider(page: Page): Promise<void> {
    await page.goto(`${world.installation.url}/oauth/account`);
    assert.ok(page.url().includes('/oauth/login?next='));
    await page.getByRole('main').getByRole('link').last().click();
    await page.waitForURL(`${world.issuer}/**`);
  }

  it('comes back to where they wanted to go, as themselves', async () => {
    const page = await newVisitor(browser);
    await page.goto(`${world.installation.url}/oauth/login`);
    assert.ok(await page.getByRole('link', { name: 'Log in with Example ID' }).isVisible());
    await assertAccessible(page);
    await goToProvider(page);
    await press(page, 'Carol Example');
    assert.equal(page.url(), `${world.installation.url}/oauth/account`);
    assert.match(await page.innerText('main'), /Carol Example[\s\S]*You have no password here/);
    await assertAccessible(page);
    const cookies = (await page.context().cookies(world.installation.url)).map(({ name }) => name);
    assert.ok(!cookies.some((name) => name.startsWith('countersign-login')), String(cookies));
  });

  it('does it without script', async () => {
    const page = await newVisitor(browser, 'en-GB', false);
    await goToProvider(page);
    await press(page, 'Carol Example');
    assert.equal(page.url(), `${world.installation.url}/oauth/account`);
  });

  it('reads it in Japanese', async () => {
    const page = await newVisitor(browser, 'ja-JP');
    await page.goto(`${world.installation.url}/oauth/login`);
    assert.match(await page.innerText('main'), /Example ID でログイン/);
    await page.goto(`${world.installation.url}/oauth/login/callback`);
    assert.match(await heading(page), /ログインできませんでした/);
    await assertAccessible(page);
  });

  it('is told what happened when they cancel, or are not known to be the user of their name', async () => {
    const page = await newVisitor(browser);
    await goToProvider(page);
    await press(page, 'Cancel');
    assert.equal(await heading(page), 'You are not logged in');
    assert.match(await page.innerText('main'), /cancelled there/);
    await assertAccessible(page);
    await goToProvider(page);
    await press(page, 'Alice Elsewhere');
    assert.match(await page.innerText('main'), /not known to be you/);
    await follow(page, 'Back to login');
    await logIn(page, 'alice', PASSWORD);
    assert.equal(page.url(), `${world.installation.url}/oauth/account`);
  });
});
