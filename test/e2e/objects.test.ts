import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Installation } from '../support/countersign.ts';
import { assertAccessible, heading } from './browser.ts';
import { follow, leave, press } from './gestures.ts';
import { openStage, type Stage } from './stage.ts';

const CONSUMERS = '/oauth/admin/consumers';

/** Each test goes on where the one before it ended. */
describe('an administrator of many objects', () => {
  let stage: Stage;
  let installation: Installation;
  let page: Page;

  const open = (path: string, on = page) => on.goto(installation.url + path);
  const words = (on = page) => on.innerText('main');
  before(async () => {
    stage = await openStage(['alice', 'bob']);
    ({ installation } = stage);
    for (const key of ['forum', 'script', 'wiki']) {
      await installation.command(['consumer', 'add', '--key', key, '--name', key, '--generate-secret']);
    }
    page = await stage.signedIn('root');
  });
  after(() => stage?.close());

  it('gives a reason for a change, and goes back to what was before', async () => {
    await open(`${CONSUMERS}/edit?key=wiki`);
    await page.getByLabel('Name', { exact: true }).fill('Team wiki');
    await page.getByLabel('Reason').fill('asked for by the team');
    await press(page, 'Save');
    await follow(page, 'History, and earlier settings');
    assert.match(await words(), /asked for by the team[\s\S]*wiki → Team wiki/);
    await assertAccessible(page);
    await follow(page, /^Restore the settings of/);
    assert.match(await words(), /Team wiki\s+wiki/);
    await assertAccessible(page);
    await press(page, 'Restore these settings');
    assert.equal(await heading(page), 'wiki');
    assert.match(await words(), /in force again[\s\S]*restored/);
  });

  it('does the same in a shell', async () => {
    const { stdout } = await installation.command(['consumer', 'history', 'wiki', '--json']);
    const [last, edit] = JSON.parse(stdout) as { id: number; note: string | null }[];
    assert.deepEqual([last?.note, edit?.note], ['restored', 'asked for by the team']);
    await installation.command(['consumer', 'restore', 'wiki', String(edit?.id), '--reason', 'after all']);
    await open(`${CONSUMERS}/history?key=wiki`);
    assert.match(await words(), /after all[\s\S]*wiki → Team wiki/);
  });

  it('clones a consumer', async () => {
    await open(`${CONSUMERS}/view?key=wiki`);
    await follow(page, 'Clone');
    assert.match(await words(), /Filled in with the settings of Team wiki/);
    await assertAccessible(page);
    await page.getByLabel('Consumer Key').fill('wiki-2');
    await page.getByLabel('Name', { exact: true }).fill('Second wiki');
    await press(page, 'Add consumer');
    assert.equal(await heading(page), 'The secret of Second wiki');
  });

  it('chooses rows one by one or all of the page, and is asked before anything is done', async () => {
    await open(CONSUMERS);
    const remove = page.getByRole('main').getByRole('button', { name: 'Remove', exact: true });
    assert.equal(await remove.isDisabled(), true);
    await page.getByLabel('Select all on this page').check();
    assert.match(await words(), /With the selected \(4\)/);
    await page.getByLabel('Select Team wiki').uncheck();
    await assertAccessible(page);
    await press(page, 'Remove');
    assert.match(await words(), /Remove 3 consumers\?[\s\S]*forum[\s\S]*script[\s\S]*Second wiki/i);
    await assertAccessible(page);
    await press(page, 'Remove consumers');
    assert.match(await words(), /3 consumers were removed/);
    assert.doesNotMatch(await words(), /forum/);
  });

  it('prints what is read, with nothing to press, and moments with their dates', async () => {
    const printed = async (path: string) => {
      await open(path);
      await page.emulateMedia({ media: 'print' });
      const pressable = page.locator('button, .button, input, nav');
      const left = await pressable.evaluateAll((all) =>
        all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML),
      );
      assert.deepEqual(left, [], path);
    };
    try {
      await printed(CONSUMERS);
      assert.match(await words(), /wiki/);
      await printed('/oauth/admin/audit');
      assert.match((await page.locator('td time').first().getAttribute('title')) ?? '', /\d{4}/);
      const added = await page.evaluate(
        `getComputedStyle(document.querySelector('td time'), '::after').content`,
      );
      assert.notEqual(added, 'none');
    } finally {
      await page.emulateMedia({ media: null });
    }
  });

  it('does so without any script, on a telephone', async () => {
    const plain = await stage.signedIn('root', 'ja', false);
    await plain.setViewportSize({ width: 390, height: 800 });
    await open('/oauth/admin/users', plain);
    for (const name of ['alice', 'bob']) await plain.locator(`input[value=${name}]`).check();
    await leave(plain, plain.locator('button[value=disableUsers]'));
    assert.match(await words(plain), /ユーザー 2 人を無効にしますか/);
    await press(plain, 'ユーザーを無効にする');
    assert.match(await words(plain), /ユーザー 2 人を無効にしました/);
    const tooWide = await plain.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(tooWide) <= 0);
  });
});
