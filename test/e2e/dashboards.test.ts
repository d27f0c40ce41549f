import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { assertAccessible, heading, newVisitor, showsFocus, startBrowser, tabTo } from './browser.ts';
import { follow, leave, logIn, press } from './gestures.ts';

const ROOT = { username: 'root', password: 'correct horse battery staple' };
const ALICE = { username: 'alice', password: 'the same old battery staple' };

describe('dashboards', () => {
  let installation: Installation;
  let browser: Browser;

  before(async () => {
    installation = await startInstallation(['--name', 'Tracker']);
    await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], ROOT.password);
    await installation.command(['user', 'add', 'alice', '--password-stdin'], ALICE.password);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  /** Somebody who is logged in, in a profile of their own. */
  async function visitor({ username, password } = ALICE, javaScriptEnabled = true): Promise<Page> {
    const page = await newVisitor(browser, 'en-GB', javaScriptEnabled);
    await page.goto(`${installation.url}/oauth/login?next=%2Fdashboards%2Fnew`);
    await logIn(page, username, password);
    await page.waitForURL('**/dashboards/new');
    return page;
  }

  /** Makes a dashboard with these gadgets; each comes to stand above the one before. */
  async function makeBoard(page: Page, name: string, gadgets: readonly string[]): Promise<void> {
    await page.goto(`${installation.url}/dashboards/new`);
    await page.getByLabel('Name').fill(name);
    await press(page, 'Create dashboard');
    await page.waitForURL(/\/dashboards\/\w{16}$/);
    await follow(page, 'Add gadget');
    for (const gadget of gadgets) {
      await press(page, `Add it Now: ${gadget}`);
      await page.getByText(`${gadget} is on the dashboard now.`).waitFor();
    }
    await follow(page, 'Back to the dashboard');
  }

  /** Waits until gadgets have told how high they are: what is dragged stays in its place from then on. */
  const settle = (page: Page) =>
    page.locator('iframe:not([style*="height"])').first().waitFor({ state: 'detached' });

  /** The titles in each column, from the top. */
  const layout = (page: Page) =>
    page
      .locator('.column')
      .evaluateAll((columns) =>
        columns.map((column) => [...column.querySelectorAll('h2')].map(({ textContent }) => textContent)),
      );

  const announced = (page: Page) => page.locator('[data-live]').innerText();

  const gadget = (page: Page, title: string): Locator => page.locator('article.gadget', { hasText: title });

  it('show the default one at first, and an empty list that says the next step', async () => {
    const page = await visitor();
    await page.goto(`${installation.url}/dashboards`);
    assert.equal(await heading(page), 'Default dashboard');
    assert.equal(await page.getByRole('link', { name: 'Add gadget' }).count(), 0);
    await assertAccessible(page);
    await follow(page, 'Dashboards');
    await page.goto(`${installation.url}/dashboards?show=own`);
    await assertAccessible(page);
    await follow(page, 'Copy the default dashboard');
    await assertAccessible(page);
    await page.context().close();
  });

  it('are made, filled, moved, coloured, set and emptied with the keyboard alone', async () => {
    const page = await visitor();
    const enter = (name: RegExp) => tabTo(page, name).then(() => page.keyboard.press('Enter'));
    await tabTo(page, /^Name/);
    await page.keyboard.type('By keyboard');
    await enter(/^Create dashboard$/);
    await page.waitForURL(/\/dashboards\/\w{16}$/);
    await enter(/^Add gadget$/);
    await page.waitForURL('**/add');
    for (const title of ['Clock', 'Quick links']) {
      await enter(new RegExp(`^Add it Now: ${title}`));
      await page.getByText(`${title} is on the dashboard now.`).waitFor();
    }
    await enter(/^Back to the dashboard$/);
    await page.waitForURL(/\/dashboards\/\w{16}$/);
    assert.deepEqual(await layout(page), [['Quick links', 'Clock'], []]);

    await tabTo(page, /^Move Quick links$/);
    assert.equal(await showsFocus(page), true);
    await page.keyboard.press('Space');
    assert.match(await announced(page), /Quick links is lifted\. Column 1, position 1 of 2/);
    await page.keyboard.press('ArrowDown');
    assert.match(await announced(page), /Column 1, position 2 of 2/);
    await page.keyboard.press('Escape');
    assert.match(await announced(page), /stays where it was/);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    const moved = page.waitForResponse('**/move');
    await page.keyboard.press('Space');
    assert.match(await announced(page), /dropped in column 2, position 1 of 1/);
    assert.equal((await moved).status(), 200);
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Move Quick links');
    await page.reload();
    assert.deepEqual(await layout(page), [['Clock'], ['Quick links']]);

    await enter(/^Menu of Clock$/);
    await tabTo(page, /^Move Quick links$/);
    assert.equal(await page.locator('[data-menu][open]').count(), 0);
    await enter(/^Menu of Clock$/);
    await assertAccessible(page);
    const folded = page.waitForResponse('**/gadgets/*');
    await enter(/^Minimise$/);
    await folded;
    assert.match(await announced(page), /Clock is minimised/);
    assert.equal(await gadget(page, 'Clock').locator('iframe').isVisible(), false);
    await page.keyboard.press('Enter');
    const painted = page.waitForResponse('**/gadgets/*');
    await enter(/^Red$/);
    await painted;
    await page.reload();
    assert.match((await gadget(page, 'Clock').getAttribute('class')) ?? '', /is-red/);
    assert.equal(await gadget(page, 'Clock').locator('iframe').isVisible(), false);

    await enter(/^Menu of Clock$/);
    await enter(/^Preferences$/);
    await page.waitForURL('**/edit');
    await assertAccessible(page);
    await tabTo(page, /^Title/);
    await page.keyboard.type('My clock');
    await enter(/^Save$/);
    await page.waitForURL(/#gadget-/);
    assert.deepEqual(await layout(page), [['My clock'], ['Quick links']]);

    await enter(/^Menu of My clock$/);
    await enter(/^Remove …$/);
    await page.waitForURL('**/remove');
    await assertAccessible(page);
    await enter(/^Remove$/);
    await page.getByText('My clock is removed.').waitFor();
    assert.deepEqual(await layout(page), [[], ['Quick links']]);
    await page.context().close();
  });

  it('let a gadget be dragged by the mouse, and give it back when somebody changed them meanwhile', async () => {
    const page = await visitor();
    await makeBoard(page, 'By mouse', ['Clock', 'Quick links']);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await Promise.all([settle(page), settle(other)]);
    const saved = page.waitForResponse('**/move');
    await drag(page, 'Quick links', page.locator('.column').nth(1));
    assert.equal((await saved).status(), 200);
    assert.deepEqual(await layout(page), [['Clock'], ['Quick links']]);

    const refused = other.waitForResponse('**/move');
    await drag(other, 'Clock', other.locator('.column').nth(1));
    assert.equal((await refused).status(), 409);
    await other.getByText('was changed elsewhere').waitFor();
    assert.deepEqual(await layout(other), [['Quick links', 'Clock'], []]);
    await assertAccessible(other);
    await follow(other, 'Reload');
    assert.deepEqual(await layout(other), [['Clock'], ['Quick links']]);
    await page.context().close();
  });

  it('work with a finger on a telephone, in one column', async () => {
    const page = await visitor();
    await makeBoard(page, 'By finger', ['Clock', 'Quick links']);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await settle(page);
    const [from, to] = await Promise.all([
      gadget(page, 'Quick links').locator('[data-grip]').boundingBox(),
      gadget(page, 'Clock').boundingBox(),
    ]);
    assert.ok(from !== null && to !== null);
    assert.ok(to.width > 300, 'a gadget is as wide as the screen');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
    const saved = page.waitForResponse('**/move');
    await touch('touchStart', x, y);
    for (const step of [1, 2, 3, 4]) await touch('touchMove', x, y + ((to.y + to.height - 4 - y) * step) / 4);
    await touch('touchEnd');
    assert.equal((await saved).status(), 200);
    assert.deepEqual((await layout(page))[0], ['Clock', 'Quick links']);
    await assertAccessible(page);
    await page.context().close();
  });

  it('do all of it without scripts as well', async () => {
    const page = await visitor(ALICE, false);
    await makeBoard(page, 'Plain', ['Clock', 'Quick links']);
    const open = async (title: string) => gadget(page, title).locator('summary').click();
    await open('Quick links');
    await gadget(page, 'Quick links').getByRole('link', { name: 'Move …', exact: true }).click();
    await page.getByLabel('Place').selectOption({ label: 'Column 2: at the end' });
    await press(page, 'Move');
    await page.getByText('Quick links is moved.').waitFor();
    assert.deepEqual(await layout(page), [['Clock'], ['Quick links']]);
    await open('Clock');
    await gadget(page, 'Clock').getByRole('button', { name: 'Minimise' }).click();
    await page.getByText('Clock is minimised.').waitFor();
    await leave(page, page.getByRole('button', { name: 'Three equal columns' }));
    assert.equal((await layout(page)).length, 3);
    await page.context().close();
  });

  it('hold twenty gadgets, paint every frame without waiting for any, and say that it is enough', async () => {
    const page = await visitor(ROOT);
    await makeBoard(page, 'Full', ['Clock']);
    await page.evaluate(ADD_NINETEEN);
    await page.reload();
    assert.equal(await page.locator('article.gadget iframe').count(), 20);
    await assertAccessible(page);
    await follow(page, 'Add gadget');
    await page.getByText('A dashboard holds 20 gadgets at most').waitFor();
    assert.equal(await page.getByRole('button', { name: /Add it Now/ }).count(), 0);
    await assertAccessible(page);
    await page.context().close();
  });

  it('and their administration say everything in Japanese, too', async () => {
    const page = await visitor(ROOT);
    for (const path of [
      '/dashboards?show=own',
      '/dashboards/default',
      '/dashboards/default/add',
      ...ADMINISTRATION,
    ]) {
      await page.goto(`${installation.url}${path}${path.includes('?') ? '&' : '?'}lang=ja`);
      assert.match(await heading(page), /[ぁ-んァ-ヶ一-龠]/, path);
      await assertAccessible(page);
    }
    await page.context().close();
  });

  /** Drags a gadget by its handle to the middle of something. */
  async function drag(page: Page, title: string, to: Locator): Promise<void> {
    await page.bringToFront();
    const grip = gadget(page, title).locator('[data-grip]');
    await grip.scrollIntoViewIfNeeded();
    const [from, target] = [await grip.boundingBox(), await to.boundingBox()];
    assert.ok(from !== null && target !== null);
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 });
    await page.locator('.landing').waitFor();
    await page.mouse.up();
  }
});

const ADMINISTRATION = ['', '/add', '/feeds', '/feeds/add', '/hosts'].map(
  (path) => `/oauth/admin/gadgets${path}`,
);

/** Sends the directory's form for the clock nineteen times, from the page of a dashboard. */
const ADD_NINETEEN = `(async () => {
  const { csrf } = document.querySelector('[data-board]').dataset;
  const specUrl = location.origin + '/rest/gadgets/1.0/g/countersign/clock.xml';
  for (let count = 0; count < 19; count += 1) {
    const body = new URLSearchParams({ csrf, specUrl, answer: 'json' });
    await fetch(location.pathname + '/add', { method: 'POST', body });
  }
})()`;
