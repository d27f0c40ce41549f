import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { signRequest } from '../../src/oauth/index.ts';
import type { Installation } from '../support/countersign.ts';
import { assertAccessible, heading, newVisitor } from './browser.ts';
import { follow, press } from './gestures.ts';
import { openStage, type Stage } from './stage.ts';

const SECRET = 'a shared secret that nobody shows';

/** A request is refused, and its id leads to the mistake. */
describe('the diagnosis', () => {
  let stage: Stage;
  let installation: Installation;
  let page: Page;

  before(async () => {
    stage = await openStage();
    ({ installation } = stage);
    await installation.command(
      ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--two-legged', '--secret-stdin'],
      SECRET,
    );
    page = await stage.signedIn('root');
  });
  after(() => stage?.close());

  const open = (path: string) => page.goto(installation.url + path);
  const words = () => page.innerText('main');

  /** Signs one address and sends the request to another, as clients behind proxies do. */
  function signedFor(address: string): string {
    const signed = signRequest({
      method: 'GET',
      url: address,
      consumerKey: 'wiki',
      signatureMethod: 'HMAC-SHA1',
      key: { kind: 'shared-secret', consumerSecret: SECRET, tokenSecret: '' },
      timestamp: Math.floor(Date.now() / 1000),
      nonce: randomUUID(),
    });
    return signed.authorization ?? '';
  }

  async function send(address: string, path = '/oauth/whoami?project=7'): Promise<Response> {
    return fetch(installation.url + path, { headers: { authorization: signedFor(address + path) } });
  }

  /** Refusals are written in batches: what came just now may take a moment. */
  async function openRefusal(requestId: string): Promise<void> {
    for (;;) {
      const answer = await open(`/oauth/admin/diagnosis/show?id=${requestId}`);
      if (answer?.status() === 200) return;
    }
  }

  it('begins with what to expect', async () => {
    await open('/oauth/admin/diagnosis');
    assert.match(await words(), /No signed request was refused/);
    await assertAccessible(page);
  });

  it('names the mistake of a client that signed https for http', async () => {
    const answer = await send(installation.url.replace('http:', 'https:'));
    assert.equal(answer.status, 401);
    const requestId = answer.headers.get('x-request-id') ?? '';
    assert.equal(
      answer.headers.get('link'),
      `<${installation.url}/oauth/problems/signature_invalid>; rel="help"`,
    );
    await openRefusal(requestId);
    assert.match(await heading(page), /^Why GET \/oauth\/whoami was refused$/);
    assert.match(await words(), /What went wrong\s+Signed with https/);
    assert.match(await words(), /first difference/);
    assert.ok(!(await page.content()).includes(SECRET));
    await assertAccessible(page);
    await page.getByText('In your client').first().click();
    await assertAccessible(page);
    await follow(page, 'More about this');
    assert.match(await heading(page), /^Signed with https/);
    await assertAccessible(page);
  });

  it('finds refusals by consumer, by problem and by request id', async () => {
    const answer = await send(installation.url.replace('127.0.0.1', 'localhost'));
    const requestId = answer.headers.get('x-request-id') ?? '';
    await openRefusal(requestId);
    assert.match(await words(), /localhost and 127\.0\.0\.1 were mixed up/);
    await open('/oauth/admin/consumers/view?key=wiki');
    await follow(page, 'Its refused requests');
    assert.equal(await page.locator('tbody tr').count(), 2);
    await assertAccessible(page);
    await page.getByLabel('Problem', { exact: true }).selectOption('nonce_used');
    await press(page, 'Filter');
    assert.match(await words(), /No refused request matches/);
    await follow(page, 'Show all');
    await page.getByRole('searchbox').fill(requestId);
    await press(page, 'Search');
    assert.match(await heading(page), /^Why GET/);
  });

  it('keeps nothing of what was accepted', async () => {
    assert.equal((await send(installation.url, '/oauth/whoami?accepted=1')).status, 200);
    const refused = await send(installation.url.replace('http:', 'https:'), '/oauth/whoami?refused=1');
    // What came later is written down later.
    await openRefusal(refused.headers.get('x-request-id') ?? '');
    await open('/oauth/admin/diagnosis');
    assert.equal(await page.locator('tbody tr').count(), 3);
  });

  it('explains a pasted curl command at once', async () => {
    await open('/oauth/admin/diagnosis/paste');
    await assertAccessible(page);
    await press(page, 'Explain');
    assert.match(await words(), /Paste a request first/);
    await assertAccessible(page);
    const address = `${installation.url}/oauth/whoami?q=a%20b`;
    const authorization = signedFor(address.replace('%20', '+'));
    await page
      .getByLabel('Request', { exact: true })
      .fill(`curl -H 'Authorization: ${authorization}' '${address}/'`);
    await press(page, 'Explain');
    assert.match(await words(), /What went wrong/);
    await assertAccessible(page);
  });

  it('shows what the server sees of this very request', async () => {
    await open('/oauth/admin/diagnosis/server');
    assert.match(await words(), /Everything agrees/);
    assert.match(await words(), new RegExp(new URL(installation.url).host));
    await assertAccessible(page);
    await page.setExtraHTTPHeaders({ 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' });
    await open('/oauth/admin/diagnosis/server');
    assert.match(await words(), /Set --public-url[\s\S]*not a listed proxy/);
    assert.match(await words(), /ignored/);
    assert.match(
      await words(),
      /x-forwarded-for: 203\.0\.113\.9 [^\n]*ignored\s*Ignored: \S+ is not in trust-proxy\./,
    );
    await assertAccessible(page);
    await page.setExtraHTTPHeaders({});
  });

  it('has a page about every problem, for anybody', async () => {
    const stranger = await newVisitor(stage.browser, 'ja-JP');
    await stranger.goto(`${installation.url}/oauth/problems`);
    await assertAccessible(stranger);
    await stranger.goto(`${installation.url}/oauth/problems/signature_invalid`);
    assert.equal(await heading(stranger), '署名が一致しない');
    await assertAccessible(stranger);
  });

  it('keeps a long key on one line and the words of problems whole, on a telephone too', async () => {
    const key = `https://${'far-away-'.repeat(20)}example/key`;
    const path = '/oauth/whoami';
    const signed = signedFor(installation.url + path).replace('"wiki"', `"${encodeURIComponent(key)}"`);
    const answer = await fetch(installation.url + path, { headers: { authorization: signed } });
    await openRefusal(answer.headers.get('x-request-id') ?? '');
    const telephone = await stage.signedIn('root');
    await telephone.setViewportSize({ width: 390, height: 800 });
    for (const window of [page, telephone]) {
      await window.goto(`${installation.url}/oauth/admin/diagnosis`);
      const shown = window.locator('tbody code.is-short').first();
      assert.equal(await shown.innerText(), key);
      assert.ok((await shown.boundingBox())!.height < 30);
      assert.equal(await window.evaluate('document.documentElement.scrollWidth > innerWidth'), false);
      const word = window.locator('tbody code.unbroken').first();
      assert.equal(await word.innerText(), 'consumer_key_unknown');
      assert.ok((await word.boundingBox())!.height < 30);
      await assertAccessible(window);
    }
    await telephone.close();
  });
});
