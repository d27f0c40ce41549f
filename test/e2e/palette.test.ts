import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, heading } from './browser.ts';
import { follow, press } from './gestures.ts';
import { openStage, type Stage } from './stage.ts';

describe('finding one’s way by keyboard', () => {
  let stage: Stage;
  let page: Page;

  before(async () => {
    stage = await openStage(['alice']);
    for (const name of ['Wiki', 'Calendar'])
      await stage.installation.command([
        'consumer',
        'add',
        '--key',
        `key-of-${name}`,
        '--name',
        name,
        '--generate-secret',
      ]);
    page = await stage.signedIn('root');
  });
  after(() => stage?.close());

  const dialog = () => page.getByRole('dialog');
  const chosen = () => dialog().getByRole('option', { selected: true });

  it('opens the search from anywhere, goes through it with arrows, and gives the focus back', async () => {
    await page.keyboard.press('Control+k');
    const field = dialog().getByRole('combobox');
    await field.waitFor();
    assert.equal(await field.evaluate((element) => element === element.ownerDocument.activeElement), true);
    await assertAccessible(page);
    await page.keyboard.type('key-of-cal');
    await dialog()
      .getByRole('option', { name: /^Calendar/ })
      .waitFor();
    await assertAccessible(page);
    assert.match(await chosen().innerText(), /Calendar/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    assert.match(await chosen().innerText(), /Calendar/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/consumers\/view\?key=key-of-Calendar/);

    const opener = page.getByRole('link', { name: /^Search/ });
    await opener.focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await opener.evaluate((element) => element === element.ownerDocument.activeElement), true);
  });

  it('asks the server once for what was typed without a pause', async () => {
    const visitor = await stage.signedIn('root');
    const asked: (string | null)[] = [];
    visitor.on('request', (request) => {
      const { searchParams } = new URL(request.url());
      if (searchParams.has('q')) asked.push(searchParams.get('q'));
    });
    await visitor.keyboard.press('Control+k');
    const found = visitor.getByRole('dialog');
    await found.getByRole('combobox').waitFor();
    await visitor.clock.install();
    await visitor.clock.pauseAt(Date.now() + 60_000);
    await visitor.keyboard.type('key-of-cal');
    await visitor.clock.runFor(1000);
    await found.getByRole('option', { name: /^Calendar/ }).waitFor();
    assert.deepEqual(asked, ['key-of-cal']);
  });

  it('finds what one sets out to do by other words for it, and says when there is nothing', async () => {
    await page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').fill('register hmac');
    await chosen()
      .filter({ hasText: /by hand/i })
      .waitFor();
    await dialog().getByRole('combobox').fill('xyzzy');
    await dialog().locator('p', { hasText: 'Nothing is called “xyzzy”' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('jumps, focuses the search field and shows its keys; typing is left alone', async () => {
    // In quick succession, however slow the machine.
    await Promise.all([page.keyboard.press('g'), page.keyboard.press('u')]);
    await page.waitForURL(/\/oauth\/admin\/users$/);
    await page.keyboard.press('/');
    assert.equal(await page.evaluate('document.activeElement.id'), 'q');
    await page.keyboard.type('g c/?');
    assert.equal(await page.locator('#q').inputValue(), 'g c/?');
    assert.equal(await dialog().count(), 0);
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await dialog().getByText('Go to the search field of the page').waitFor();
    await assertAccessible(page);
    await dialog().getByLabel('Single keys work').uncheck();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('/');
    assert.notEqual(await page.evaluate('document.activeElement.id'), 'q');
    await page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
  });

  it('is a page where no script runs, and users find what is theirs', async () => {
    const plain = await stage.signedIn('root', 'en-GB', false);
    await follow(plain, 'Search');
    assert.equal(await heading(plain), 'Search everything');
    await plain.getByLabel('Page, action or name').fill('wiki');
    await press(plain, 'Search');
    await follow(plain, 'Wiki');
    assert.equal(await heading(plain), 'Wiki');

    page = await stage.signedIn('alice');
    await page.keyboard.press('Control+k');
    await dialog().getByRole('option', { name: 'Account' }).waitFor();
    assert.equal(await dialog().getByRole('option', { name: 'Consumers' }).count(), 0);
    await page.setViewportSize({ width: 320, height: 480 });
    await assertAccessible(page);
  });
});
