import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type SignatureMethod, signRequest } from '../../src/oauth/index.ts';
import type { Installation } from '../support/countersign.ts';
import { assertAccessible, heading } from './browser.ts';
import { follow, press } from './gestures.ts';
import { openStage, type Stage } from './stage.ts';

const SECRET = 'a shared secret that nobody shows';

/** Requests are counted, written down when the server stops, and shown. */
describe('the usage', () => {
  let stage: Stage;
  let installation: Installation;
  let page: Page;

  before(async () => {
    stage = await openStage();
    ({ installation } = stage);
    for (const key of ['wiki', 'nightly']) {
      const named = ['consumer', 'add', '--key', key, '--name', key.toUpperCase(), '--two-legged'];
      await installation.command([...named, '--legacy-1.0', '--allow-plaintext', '--secret-stdin'], SECRET);
    }
    page = await stage.signedIn('root');
  });
  after(() => stage?.close());

  const open = (path: string) => page.goto(installation.url + path);
  const words = () => page.innerText('main');

  async function send(consumerKey: string, signatureMethod: SignatureMethod, path = '/oauth/whoami') {
    const signed = signRequest({
      method: 'POST',
      url: installation.url + path,
      consumerKey,
      signatureMethod,
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomUUID(),
    });
    return fetch(installation.url + path, {
      method: 'POST',
      headers: { authorization: signed.authorization ?? '' },
    });
  }

  it('begins with what to expect', async () => {
    await open('/oauth/admin/usage');
    assert.match(await words(), /No request was accepted yet/);
    await assertAccessible(page);
  });

  it('survives a restart, and is told by the command', async () => {
    const methods = ['HMAC-SHA1', 'HMAC-SHA1', 'HMAC-SHA256', 'PLAINTEXT'] as const;
    for (const method of methods) assert.equal((await send('wiki', method)).status, 200, method);
    assert.equal((await send('nightly', 'HMAC-SHA256', '/oauth/request-token')).status, 200);
    assert.equal((await send('unknown', 'HMAC-SHA1')).status, 401);
    await installation.restart();
    const { stdout } = await installation.command(['consumer', 'usage', '--json']);
    const { requests, wouldBreak } = JSON.parse(stdout) as {
      requests: number;
      wouldBreak: Record<string, { consumerKey: string; requests: number }[]>;
    };
    assert.equal(requests, 5);
    const dependants = Object.entries(wouldBreak).map(
      ([way, users]) => `${way}: ${users.map((user) => `${user.consumerKey} ${user.requests}`)}`,
    );
    assert.deepEqual(dependants, ['sha1: wiki 2', 'legacy10: nightly 1', 'plaintext: wiki 1']);
    const text = (await installation.command(['consumer', 'usage', 'nightly', '--days', '1'])).stdout;
    assert.match(text, /nightly +HMAC-SHA256 +1\.0 +1 /);
    assert.match(text, /SHA-1 in signatures: nobody/);
  });

  it('is a picture, a table of the same numbers, and a report of what would break', async () => {
    await open('/oauth/admin/usage');
    await page.getByRole('img', { name: /Accepted requests for each day/ }).waitFor();
    await assertAccessible(page);
    await page.getByText('The same numbers as a table').click();
    assert.match(await words(), /PLAINTEXT\s+HMAC-SHA1\s+HMAC-SHA256\s+All/);
    assert.match(await words(), /What would break/);
    await assertAccessible(page);
  });

  it('leads from a consumer to its own, and back', async () => {
    await open('/oauth/admin/consumers/view?key=nightly');
    await follow(page, 'Its usage');
    assert.equal(await heading(page), 'Usage');
    assert.match(await words(), /Nobody used PLAINTEXT/);
    await page.getByLabel('Time', { exact: true }).selectOption('90');
    await press(page, 'Show');
    assert.match(page.url(), /days=90/);
    assert.match(await words(), /OAuth 1\.0 of 2007/);
    await follow(page, 'NIGHTLY');
    assert.equal(await heading(page), 'NIGHTLY');
  });

  it('is read on a telephone and in the dark', async () => {
    await page.setViewportSize({ width: 340, height: 700 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await open('/oauth/admin/usage?lang=ja');
    assert.equal(await heading(page), '利用状況');
    await assertAccessible(page);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    assert.equal(overflow, 0);
  });
});
