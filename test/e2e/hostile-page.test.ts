import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { OAuthConsumer } from '../support/oauth-consumer.ts';
import { heading, newVisitor, startBrowser } from './browser.ts';
import { type CallbackListener, startCallbackListener } from './callback-listener.ts';
import { logIn, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';
const SECRET = 'Kd94hf93k423kf44pfkkd9xq';

/**
 * The hostile page is on another port of the same host: to the browser another origin but the same site, so the
 * session cookie travels with what it starts, and SameSite alone would protect nobody.
 */
describe('a page of somebody else, open in the browser of a person who is logged in', () => {
  let installation: Installation;
  let callback: CallbackListener;
  let browser: Browser;
  let wiki: OAuthConsumer;
  let hostile: Server;
  let markup = '';

  before(async () => {
    installation = await startInstallation(['--name', 'Tracker']);
    callback = await startCallbackListener();
    browser = await startBrowser();
    await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
    await installation.command(
      ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--secret-stdin'],
      SECRET,
    );
    wiki = new OAuthConsumer(installation.url, 'wiki', { secret: SECRET });
    hostile = createServer((request, response) => {
      const isOnward = request.url?.startsWith('/onward') ?? false;
      response.writeHead(isOnward ? 302 : 200, {
        'content-type': 'text/html',
        ...(isOnward ? { location: callback.url } : {}),
      });
      response.end(`<!doctype html>${markup}`);
    });
    await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await browser?.close();
    await callback?.close();
    await installation?.stop();
    hostile?.closeAllConnections();
    hostile?.close();
  });

  it('cannot frame the consent page', async () => {
    const { page, consentUrl } = await aliceBeforeRequest();
    markup = `<iframe src="${consentUrl}"></iframe>`;
    await page.goto(hostileUrl());
    const frame = page.frames().find((one) => one !== page.mainFrame());
    assert.equal((await frame?.locator('button').count()) ?? 0, 0);
  });

  it('cannot approve by a form of its own', async () => {
    const { page, consentUrl } = await aliceBeforeRequest();
    const token = new URL(consentUrl).searchParams.get('oauth_token');
    markup = `<form method="post" action="${installation.url}/oauth/authorize">
      <input name="oauth_token" value="${token}"><input name="decision" value="approve"></form>
      <script>document.forms[0].submit()</script>`;
    await page.goto(hostileUrl(), { waitUntil: 'commit' });
    await page.waitForURL(`${installation.url}/**`);
    assert.equal(await heading(page), 'This form came from somewhere else');
    await page.goto(consentUrl);
    assert.match(await heading(page), /^Wiki wants to act for alice/);
  });

  it('cannot log her in as somebody else', async () => {
    const page = await newVisitor(browser);
    markup = `<form method="post" action="${installation.url}/oauth/login">
      <input name="username" value="alice"><input name="password" value="${PASSWORD}"></form>
      <script>document.forms[0].submit()</script>`;
    await page.goto(hostileUrl(), { waitUntil: 'commit' });
    await page.waitForURL(`${installation.url}/**`);
    assert.equal(await heading(page), 'This form came from somewhere else');
    assert.deepEqual(await page.context().cookies(installation.url), []);
  });

  it('does not keep a callback from leading on to yet another host', async () => {
    const { page, consentUrl } = await aliceBeforeRequest(`${hostileUrl()}onward`);
    await page.goto(consentUrl);
    await press(page, 'Approve');
    await page.waitForURL(callback.url);
    assert.equal(await heading(page), 'Back at the wiki');
  });

  function hostileUrl(): string {
    return `http://127.0.0.1:${(hostile.address() as AddressInfo).port}/`;
  }

  async function aliceBeforeRequest(back = callback.url): Promise<{ page: Page; consentUrl: string }> {
    const page = await newVisitor(browser);
    await page.goto(`${installation.url}/oauth/login`);
    await logIn(page, 'alice', PASSWORD);
    return { page, consentUrl: wiki.authorizeUrl(await wiki.requestToken(back)) };
  }
});
