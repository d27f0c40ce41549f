import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, newVisitor } from './browser.ts';
import { follow, press } from './gestures.ts';
import { openStage, PASSWORD, type Stage } from './stage.ts';

const PROXY = ['--trust-proxy', '127.0.0.1', '--user-header', 'Remote-User'];
const LEAVE_PROXY = ['--user-header-logout', 'https://sso.example.com/logout'];

/** The browser itself sends what a proxy in front would set. */
describe('a person whom a proxy names', () => {
  let stage: Stage;
  let url: string;
  before(async () => {
    stage = await openStage(['alice'], [...PROXY, ...LEAVE_PROXY]);
    ({ url } = stage.installation);
  });
  after(() => stage?.close());

  async function visitor(name: string, locale = 'en-GB'): Promise<Page> {
    const page = await newVisitor(stage.browser, locale);
    await page.context().setExtraHTTPHeaders({ 'Remote-User': name });
    return page;
  }

  it('logs out, is told who the proxy says they are, and goes in again by its word', async () => {
    const page = await visitor('alice');
    await page.goto(`${url}/oauth/account`);
    assert.match(await page.innerText('main'), /User name\s+alice/);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('**/oauth/login?by=password');
    assert.match(
      await page.innerText('main'),
      /You are logged out\.\s+The proxy in front says that you are alice/,
    );
    assert.ok(await page.locator('main a[href="https://sso.example.com/logout"]').isVisible());
    await assertAccessible(page);
    await follow(page, 'Log in as alice');
    await page.waitForURL(/access-tokens|account/);
  });

  it('reads it on a telephone, in Japanese', async () => {
    const page = await visitor('alice', 'ja-JP');
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${url}/oauth/login?by=password`);
    await page.getByRole('link', { name: /alice/ }).waitFor();
    await assertAccessible(page);
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(tooWide) <= 0);
  });

  it('is told why an administrator does not come in by it, and comes in with a password', async () => {
    const page = await visitor('root');
    await page.goto(`${url}/oauth/login`);
    const told = page.getByRole('alert');
    await told.waitFor();
    await assertAccessible(page);
    await page.locator('input[name=username]').fill('root');
    await page.locator('main input[name=password]').fill(PASSWORD);
    await press(page, 'Log in');
    await page.waitForURL('**/oauth/admin/**');
  });
});
