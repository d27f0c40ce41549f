import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { makeSite } from '../../tools/site/make-site.ts';
import { assertAccessible, heading, newVisitor, startBrowser, waitUntil } from './browser.ts';

/** What a careful host of static pages would send: nothing inline runs, and nothing is fetched from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'";
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', png: 'image/png' };

describe('the site of the documents in a browser', () => {
  let server: Server;
  let browser: Browser;
  let base: string;
  let page: Page;

  before(async () => {
    const site = makeSite();
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://site').pathname.slice(1);
      const content = site.get(path);
      const type = Object.entries(TYPES).find(([ending]) => path.endsWith(`.${ending}`))?.[1];
      response.writeHead(content === undefined && path !== 'favicon.ico' ? 404 : 200, {
        'Content-Type': type ?? 'text/plain',
        'Content-Security-Policy': POLICY,
      });
      response.end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startBrowser();
    page = await newVisitor(browser);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  const results = (visitor: Page) => visitor.locator('#results a');

  it('finds a section by its words, by keyboard alone, from any page', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${base}/docs/guide/backup.html`);
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('Power CUT embedded');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\.html\?q=Power\+CUT\+embedded$/);
    await results(page).first().waitFor();
    assert.match(await page.getByRole('status').innerText(), /^\d+ sections?$/);
    assert.equal(await page.locator('#everything').isVisible(), false);
    assert.match(
      (await page.locator('#results mark').first().innerText()).toLowerCase(),
      /power|cut|embedded/,
    );
    await assertAccessible(page);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash !== '');
    assert.deepEqual(complaints, []);
  });

  it('leads to the guide first, when its subject is looked for', async () => {
    for (const [words, title] of [
      ['audit list', /audit/],
      ['nginx', /Behind a proxy|More than one server/],
      ['restore', /Restore/],
      ['時計', /^既知の誤り › clock-skew$/],
    ] as const) {
      await page.goto(`${base}/search.html?q=${encodeURIComponent(words)}`);
      assert.match(await results(page).first().innerText(), title, words);
    }
  });

  it('finds while one types, says so when nothing has the words, and takes marks for what they are', async () => {
    await page.goto(`${base}/search.html`);
    assert.equal(await page.locator('#everything').isVisible(), true);
    await page.keyboard.type('<img src=x> (zzz');
    await waitUntil(page, `document.querySelector('#found').textContent.startsWith('Nothing')`);
    assert.equal(await results(page).count(), 0);
    await page.getByRole('searchbox').fill('doctor');
    await results(page).first().waitFor();
    await page.setViewportSize({ width: 390, height: 800 });
    await assertAccessible(page);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(overflow) <= 0, `${overflow} px too wide`);
  });

  it('lists every document where no script runs', async () => {
    const visitor = await newVisitor(browser, 'en-GB', false);
    await visitor.goto(`${base}/docs/index.html`);
    assert.equal(await heading(visitor), 'I want to …');
    await visitor.getByRole('searchbox').fill('backup');
    await visitor.getByRole('button', { name: 'Search' }).click();
    await visitor.waitForURL(/\/search\.html\?q=backup$/);
    const guide = visitor.locator('#everything').getByRole('link', { name: /^Backups/ });
    await guide.click();
    await visitor.waitForURL(/\/docs\/guide\/backup\.html$/);
    assert.match(await heading(visitor), /^Backups/);
  });
});
