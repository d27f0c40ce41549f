/** The page that signs in the browser: right, and silent. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Installation, runCommand, startInstallation } from '../support/countersign.ts';
import { assertAccessible, newVisitor, startBrowser } from './browser.ts';

const PATH = '/oauth/tools/signature';
const SECRET = 'CANARY-consumer-secret & more';
const URL_TO_SIGN = 'https://tracker.example.com/rest/issues?label=a%20b&x=%7E+1';

describe('signing in the browser', () => {
  let installation: Installation;
  let elsewhere: Server;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];

  before(async () => {
    installation = await startInstallation();
    elsewhere = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    browser = await startBrowser();
    page = await newVisitor(browser);
    await page.goto(installation.url + PATH);
    await page.waitForLoadState('networkidle');
    page.on('request', (request) => {
      if (!request.url().endsWith('.svg')) requests.push(request.url());
    });
  });
  after(async () => {
    await browser?.close();
    elsewhere?.close();
    await installation?.stop();
  });

  const step = (name: string) => page.locator(`[data-step=${name}]`).textContent();

  it('gives what the command gives, and sends nothing', async () => {
    const form = ['summary=Schnee & Eis', 'summary=雪'];
    await page.getByLabel('HTTP method').fill('POST');
    await page.getByLabel('URL', { exact: true }).fill(URL_TO_SIGN);
    await page.getByLabel(/^Form fields/).fill(form.join('\n'));
    await page.getByLabel('Consumer Key').fill('wiki');
    await page.getByLabel('Consumer secret').fill(SECRET);
    await page.getByLabel('Signature method').selectOption('HMAC-SHA256');
    await page.getByText('Time, nonce and further parameters').click();
    await page.getByLabel('Timestamp').fill('1700000000');
    await page.getByLabel('Nonce').fill('n-1');
    await page.getByLabel('HTTP method').press('Enter');
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('Every text on the way').waitFor();
    const flags = [
      '--timestamp',
      '1700000000',
      '--nonce',
      'n-1',
      '--method',
      'HMAC-SHA256',
      '--secret-stdin',
    ];
    const fields = form.flatMap((field) => ['--form', field]);
    const named = ['sign', 'POST', URL_TO_SIGN, '--consumer-key', 'wiki', '--json'];
    const { stdout } = await runCommand([...named, ...flags, ...fields], SECRET);
    const told = JSON.parse(stdout) as Record<string, string>;
    for (const [name, same] of [
      ['address', 'address'],
      ['normalised', 'normalizedParameters'],
      ['baseString', 'baseString'],
      ['signature', 'signature'],
      ['authorization', 'authorization'],
    ] as const)
      assert.equal(await step(name), told[same], name);
    assert.match((await step('key')) ?? '', /CANARY-consumer-secret%20%26%20more&$/);
    assert.deepEqual(requests, []);
    assert.equal(new URL(page.url()).search, '');
  });

  it('compares with a base string and with a header, and takes over a header’s values', async () => {
    const baseString = (await step('baseString')) ?? '';
    const pasted = page.getByLabel(/^Base string or Authorization header/);
    await pasted.fill(baseString.replace('https', 'http'));
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('They differ.').waitFor();
    assert.match((await page.locator('#first-difference').textContent()) ?? '', /^Address.*http:/);
    assert.match((await page.locator('#place').textContent()) ?? '', /character 10:/);
    await assertAccessible(page);
    const header = ((await step('authorization')) ?? '').replace('n-1', 'n-2');
    await pasted.fill(header);
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('button', { name: 'Take over' }).click();
    assert.equal(await page.getByLabel('Nonce').inputValue(), 'n-2');
    await page.locator('#first-difference', { hasText: /^oauth_signature/ }).waitFor();
    assert.deepEqual(requests, []);
  });

  it('says what is wrong with what was typed', async () => {
    await page.getByLabel('URL', { exact: true }).fill('tracker');
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('The URL must be absolute').waitFor();
    await page.getByLabel('Signature method').selectOption('RSA-SHA256');
    assert.equal(await page.getByLabel('RSA private key').isVisible(), true);
    assert.equal(await page.getByLabel('Consumer secret').isVisible(), false);
  });

  it('could not send anything if its script wanted to', async () => {
    const { port } = elsewhere.address() as AddressInfo;
    let arrived = 0;
    elsewhere.on('request', () => (arrived += 1));
    const tried = await page.evaluate(`(async () => {
      const outcomes = [];
      for (const url of ['/oauth/whoami', 'http://127.0.0.1:${port}/']) {
        outcomes.push(await fetch(url, { mode: 'no-cors' }).then(() => 'sent', () => 'refused'));
        outcomes.push(await new Promise((done) => {
          const image = new Image();
          image.onload = () => done('sent'); image.onerror = () => done('refused');
          image.src = url;
        }));
      }
      navigator.sendBeacon('http://127.0.0.1:${port}/', 'secret');
      return outcomes;
    })()`);
    assert.equal((tried as string[])[0], 'refused');
    assert.deepEqual((tried as string[]).slice(2), ['refused', 'refused']);
    assert.equal(arrived, 0);
    assert.equal(await page.locator('main form').count(), 0);
  });

  it('speaks Japanese, on a telephone, and without script says what it needs', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${installation.url}${PATH}?lang=ja`);
    await page.getByText('ブラウザの中だけで計算します').waitFor();
    await page.getByRole('button', { name: '署名する' }).click();
    await page.getByText('URL は https:// または http:// で始まる').waitFor();
    await assertAccessible(page);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    const scriptless = await newVisitor(browser, 'en-GB', false);
    await scriptless.goto(installation.url + PATH);
    assert.match(await scriptless.innerText('main'), /needs JavaScript/);
    assert.equal(await scriptless.getByLabel('Consumer secret').isVisible(), false);
  });
});
