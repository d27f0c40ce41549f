import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './browser.ts';
import { follow, logIn, press } from './gestures.ts';
import { openStage, PASSWORD, type Stage } from './stage.ts';

const CONSUMERS = '/oauth/admin/consumers';
const BACK = /What you typed is here again/;

/** Nobody loses what they typed because their session ended before they sent it. */
describe('a form that is sent after the session has ended', () => {
  let stage: Stage;
  let page: Page;
  const open = (path: string) => page.goto(stage.installation.url + path);
  const words = () => page.innerText('main');
  const shown = () => page.evaluate('location.hash + sessionStorage.length');

  before(async () => {
    stage = await openStage(['alice']);
    const other = ['user', 'add', 'other', '--display-name', 'root', '--admin', '--password-stdin'];
    await stage.installation.command(other, PASSWORD);
    const consumer = ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--generate-secret'];
    await stage.installation.command(consumer);
    page = await stage.signedIn('root');
  });
  after(() => stage?.close());

  /** Sends it without a session. */
  async function sendLate(button: string): Promise<void> {
    await page.context().clearCookies();
    await press(page, button);
    assert.match(await words(), /Your session has ended, so nothing was done/);
  }

  it('is there again after logging in, as it was typed', async () => {
    await open(`${CONSUMERS}/add-by-hand`);
    await page.getByLabel('Consumer Key').fill('late');
    await page.getByLabel('Name', { exact: true }).fill('A <b>late</b> one');
    await page.getByLabel('Description').fill('Two lines\nof it.');
    await page.getByLabel('Shared secret, generated here').check();
    await page.getByLabel('Read only').check();
    await sendLate('Add consumer');
    await assertAccessible(page);
    await logIn(page, 'root', PASSWORD);
    await page.getByText(BACK).waitFor();
    assert.equal(await page.getByLabel('Consumer Key').inputValue(), 'late');
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'A <b>late</b> one');
    assert.equal(await page.getByLabel('Description').inputValue(), 'Two lines\nof it.');
    assert.ok(await page.getByLabel('Shared secret, generated here').isChecked());
    assert.ok(await page.getByLabel('Read only').isChecked());
    assert.equal(await shown(), '0');
    await assertAccessible(page);
    await press(page, 'Add consumer');
    await open(`${CONSUMERS}/view?key=late`);
    assert.match(await words(), /A <b>late<\/b> one/);
    await open(`${CONSUMERS}/add-by-hand`);
    assert.equal(await page.getByLabel('Consumer Key').inputValue(), '');
    assert.doesNotMatch(await words(), BACK);
  });

  it('of one object is about that one afterwards', async () => {
    await open(`${CONSUMERS}/edit?key=wiki`);
    await page.getByLabel('Name', { exact: true }).fill('Team wiki');
    await sendLate('Save');
    await logIn(page, 'root', PASSWORD);
    await page.getByText(BACK).waitFor();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Team wiki');
    await press(page, 'Save');
    assert.match(await words(), /Team wiki/);
  });

  it('is there again, too, where another session has begun meanwhile', async () => {
    await open(`${CONSUMERS}/edit?key=wiki`);
    await page.getByLabel('Name', { exact: true }).fill('Wiki of all');
    const other = await page.context().newPage();
    await other.context().clearCookies();
    await other.goto(`${stage.installation.url}/oauth/login`);
    await logIn(other, 'root', PASSWORD);
    await other.close();
    await press(page, 'Save');
    assert.match(await words(), /This form was too old/);
    await follow(page, 'Open the page again');
    await page.getByText(BACK).waitFor();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Wiki of all');
    await press(page, 'Save');
    assert.match(await words(), /Wiki of all/);
  });

  it('is told from what somebody else has changed meanwhile, which is not undone', async () => {
    await open(`${CONSUMERS}/edit?key=wiki`);
    await page.getByLabel('Description').fill('Where the team writes.');
    await stage.installation.command(['consumer', 'edit', 'wiki', '--read-only']);
    await sendLate('Save');
    await logIn(page, 'root', PASSWORD);
    await page.getByText(BACK).waitFor();
    await press(page, 'Save');
    assert.match(await words(), /Somebody changed this while you edited it/);
    const record = await stage.installation.command(['consumer', 'show', 'wiki', '--json']);
    assert.match(record.stdout, /"readOnly": ?true/);
  });

  it('is forgotten with the next page where it was done', async () => {
    await open(`${CONSUMERS}/edit?key=wiki`);
    await page.getByLabel('Description').fill('Nothing of this stays.');
    await press(page, 'Save');
    await page.waitForFunction('sessionStorage.length === 0');
  });

  it('waits without the code of a second factor', async () => {
    await open('/oauth/account/second-factor');
    await page.getByLabel(/^Code/).fill('314159');
    await page.locator('main input[type=password]').fill('secret of root');
    await sendLate('Turn on');
    const kept = String(await page.evaluate('JSON.stringify(Object.values(sessionStorage))'));
    assert.match(kept, /second-factor/);
    assert.doesNotMatch(kept, /314159|secret of root/);
    await logIn(page, 'root', PASSWORD);
  });

  it('waits without a pasted request, which may hold anything', async () => {
    await open('/oauth/admin/diagnosis/paste');
    await page.locator('main textarea[name=request]').fill('curl -H "Cookie: session=of-somebody"');
    await page.locator('main textarea[name=base]').fill('GET&what is signed');
    await page.context().clearCookies();
    await page.locator('main form[method=post] button').first().click();
    await page.waitForURL('**/oauth/login?**');
    const kept = String(await page.evaluate('JSON.stringify(Object.values(sessionStorage))'));
    assert.match(kept, /what is signed/);
    assert.doesNotMatch(kept, /of-somebody/);
    await logIn(page, 'root', PASSWORD);
    await page.getByText(BACK).waitFor();
  });

  it('waits with no password, secret or private key in it', async () => {
    await open(`${CONSUMERS}/add-by-hand`);
    await page.getByLabel('Consumer Key').fill('keyed');
    await page.getByLabel('Name', { exact: true }).fill('-----BEGIN PRIVATE KEY----- AAAA');
    await page.getByLabel('Description').fill('{"kty":"RSA","n":"BBBB","e":"AQAB","d" :"CCCC"}');
    await page.getByLabel('Public Key').fill('MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDDDD');
    await page.getByLabel('Shared secret that exists already').check();
    await page.getByRole('button', { name: 'Show' }).click();
    await page.evaluate(`document.querySelector('main input[data-reveal]').value = 'secret of nobody'`);
    await sendLate('Add consumer');
    const kept = String(await page.evaluate('JSON.stringify(Object.values(sessionStorage))'));
    assert.match(kept, /keyed/);
    assert.doesNotMatch(kept, /AAAA|BBBB|CCCC|DDDD|secret of nobody/);
  });

  it('is not for whoever else logs in then', async () => {
    await logIn(page, 'other', PASSWORD);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.getByLabel('Consumer Key').inputValue(), '');
    assert.doesNotMatch(await words(), BACK);
    assert.equal(await shown(), '0');
  });
});
