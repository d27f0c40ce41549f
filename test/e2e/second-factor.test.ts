import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { generateSync } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, logIn, passwordField, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';

/** An installation that holds its administrators to a second factor. */
describe('an administrator', () => {
  let installation: Installation;
  let browser: Browser;
  let page: Page;
  let secret = '';
  let recoveryCodes: string[] = [];

  before(async () => {
    installation = await startInstallation([
      '--name',
      'Tracker',
      '--require-second-factor',
      'administrators',
    ]);
    await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], PASSWORD);
    await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  const open = (path: string) => page.goto(installation.url + path);
  const words = () => page.innerText('main');

  /** What the authenticator shows so many steps from now: a code is good once, so each of them has its own step. */
  const code = (steps: number) => generateSync({ secret, epoch: Date.now() / 1000 + steps * 30 });

  async function comeBack(username = 'root'): Promise<void> {
    page = await newVisitor(browser);
    await open('/oauth/login');
    await logIn(page, username, PASSWORD);
  }

  it('sees no other page before a second factor is on', async () => {
    await comeBack();
    for (const path of ['/oauth/admin/consumers', '/oauth/account/keys', '/oauth/users/access-tokens']) {
      await open(path);
      assert.equal(await heading(page), 'Second factor', path);
    }
    assert.match(await page.innerText('body'), /Administrators of this installation need a second factor/);
    await assertAccessible(page);
  });

  it('turns it on with what the page shows', async () => {
    secret = (await page.locator('pre code').first().innerText()).trim();
    const picture = page.getByRole('img', { name: /Picture for your authenticator/ });
    assert.ok(await picture.isVisible());
    await page.getByLabel('Code').fill('12345');
    await passwordField(page).fill(PASSWORD);
    await press(page, 'Turn on');
    assert.match(await words(), /This is not the present code/);
    assert.equal((await page.locator('pre code').first().innerText()).trim(), secret);
    await page.getByLabel('Code').fill(code(0));
    await passwordField(page).fill(PASSWORD);
    await press(page, 'Turn on');
    assert.equal(await heading(page), 'The second factor is on');
    await assertAccessible(page);
    recoveryCodes = (await page.locator('pre code').first().innerText()).trim().split('\n');
    assert.equal(recoveryCodes.length, 10);
    await open('/oauth/admin/consumers');
    assert.equal(await heading(page), 'Consumers');
  });

  it('is asked for a code at the next login, in the language of the browser', async () => {
    await comeBack();
    assert.equal(await heading(page), 'Enter a code');
    await assertAccessible(page);
    await page.getByLabel('Code').fill('no code');
    await press(page, 'Log in');
    assert.match(await words(), /This code is wrong/);
    await page.getByLabel('Code').fill(code(1));
    await press(page, 'Log in');
    assert.equal(await heading(page), 'Consumers');
    page = await newVisitor(browser, 'ja-JP');
    await open('/oauth/login');
    await page.locator('input[name=username]').fill('root');
    await passwordField(page).fill(PASSWORD);
    await press(page, 'ログイン');
    assert.equal(await heading(page), 'コードの入力');
  });

  it('comes in by a recovery code when the device is lost, once', async () => {
    for (const isFirst of [true, false]) {
      await comeBack();
      await page.getByLabel('Code').fill(recoveryCodes[0]!);
      await press(page, 'Log in');
      assert.equal(await heading(page), isFirst ? 'Consumers' : 'Enter a code');
    }
  });

  it('takes away the second factor of somebody who lost everything', async () => {
    await comeBack('alice');
    await open('/oauth/account/second-factor');
    secret = (await page.locator('pre code').first().innerText()).trim();
    await page.getByLabel('Code').fill(code(0));
    await passwordField(page).fill(PASSWORD);
    await press(page, 'Turn on');
    assert.equal(await heading(page), 'The second factor is on');
    await comeBack();
    await page.getByLabel('Code').fill(recoveryCodes[1]!);
    await press(page, 'Log in');
    await open('/oauth/admin/users/edit?name=alice');
    await follow(page, 'Take it away');
    await assertAccessible(page);
    await press(page, 'Take it away');
    assert.match(await words(), /alice logs in without a second factor now/);
    const { stdout } = await installation.command(['user', 'show', 'alice']);
    assert.match(stdout, /Second factor: +off/);
  });

  it('turns their own off with their password, and has to begin again', async () => {
    await open('/oauth/admin/users/edit?name=root');
    await follow(page, 'Take it away');
    await passwordField(page).fill(PASSWORD);
    await press(page, 'Turn off');
    const { stdout } = await installation.command(['user', 'show', 'root']);
    assert.match(stdout, /Second factor: +off/);
    await open('/oauth/admin/consumers');
    assert.equal(await heading(page), 'Second factor');
  });

  it('holds nobody else to it', async () => {
    await comeBack('alice');
    assert.equal(await heading(page), 'Applications with access');
  });
});
