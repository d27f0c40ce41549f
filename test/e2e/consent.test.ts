import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { OAuthConsumer } from '../support/oauth-consumer.ts';
import { type RecordingUpstream, startRecordingUpstream } from '../support/recording-upstream.ts';
import { assertAccessible, heading, newVisitor, showsFocus, startBrowser, tabTo } from './browser.ts';
import { type CallbackListener, startCallbackListener } from './callback-listener.ts';
import { follow, leave, logIn, passwordField, press } from './gestures.ts';

const PASSWORD = 'correct horse battery staple';
const SECRET = 'Kd94hf93k423kf44pfkkd9xq';

describe('a person who is asked for consent', () => {
  let upstream: RecordingUpstream;
  let installation: Installation;
  let callback: CallbackListener;
  let browser: Browser;
  let wiki: OAuthConsumer;

  before(async () => {
    upstream = await startRecordingUpstream();
    installation = await startInstallation(['--upstream', upstream.url, '--name', 'Tracker']);
    callback = await startCallbackListener();
    browser = await startBrowser();
    const alice = ['user', 'add', 'alice', '--display-name', 'Alice Example', '--password-stdin'];
    await installation.command(alice, PASSWORD);
    const description = ['--description', 'Shows issues beside pages.'];
    const add = ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', ...description, '--secret-stdin'];
    await installation.command(add, SECRET);
    const words = ['--description', 'Shows issues beside pages, and says so again. '.repeat(12).trim()];
    const addMany = ['consumer', 'add', '--key', 'many-words', '--name', 'Many', ...words, '--secret-stdin'];
    await installation.command(addMany, SECRET);
    wiki = new OAuthConsumer(installation.url, 'wiki', { secret: SECRET });
  });
  after(async () => {
    await browser?.close();
    await callback?.close();
    await installation?.stop();
    await upstream?.close();
  });

  it('logs in at the second try, reads who asks for what, approves, and the data flows until it is revoked', async () => {
    const page = await newVisitor(browser);
    const asked = await wiki.requestToken(callback.url);
    await page.goto(wiki.authorizeUrl(asked));
    await assertAccessible(page);

    await logIn(page, 'alice', 'a wrong guess');
    assert.match(await page.innerText('main'), /do not belong together/);
    assert.equal(await page.getByLabel('User name').inputValue(), 'alice');
    assert.equal(await passwordField(page).inputValue(), '');
    await assertAccessible(page);

    await logIn(page, 'alice', PASSWORD);
    assert.equal(await heading(page), 'Wiki wants to act for Alice Example in Tracker');
    assert.match(await page.innerText('main'), /Shows issues beside pages\./);
    await assertAccessible(page);

    await press(page, 'Approve');
    assert.ok(page.url().startsWith(callback.url));
    const access = await wiki.accessToken(asked, callback.latest().get('oauth_verifier') ?? '');
    const answer = await wiki.get('/issues', access);
    assert.equal(JSON.parse(answer.body).user, 'alice');

    await page.goto(`${installation.url}/oauth/users/access-tokens`);
    await assertAccessible(page);
    await follow(page, 'Revoke access of Wiki');
    await assertAccessible(page);
    await press(page, 'Revoke OAuth Access Token');
    assert.match(await page.innerText('main'), /Access revoked\./);
    await assertAccessible(page);
    const refused = await wiki.get('/issues', access);
    assert.equal(refused.status, 401);
    assert.match(refused.challenge, /oauth_problem="token_(?:revoked|rejected)"/);
  });

  it('denies, and the consumer is told and gets nothing', async () => {
    const page = await visitorWhoIsLoggedIn();
    const asked = await wiki.requestToken(callback.url);
    await page.goto(wiki.authorizeUrl(asked));
    await press(page, 'Deny');
    assert.ok(page.url().startsWith(callback.url));
    assert.equal(callback.latest().get('oauth_verifier'), 'denied');
    await assert.rejects(wiki.accessToken(asked, 'denied'), /401 .*oauth_problem=permission_denied/);
  });

  it('gets a code to type where the consumer has no address to return to', async () => {
    const page = await visitorWhoIsLoggedIn();
    const asked = await wiki.requestToken('oob');
    await page.goto(wiki.authorizeUrl(asked));
    await press(page, 'Approve');
    assert.equal(await heading(page), 'You approved Wiki');
    await assertAccessible(page);
    const code = (await page.getByLabel('Code', { exact: true }).innerText()).replaceAll(/\s/g, '');
    const access = await wiki.accessToken(asked, code);
    assert.equal((await wiki.get('/issues', access)).status, 200);
  });

  it('has both buttons in sight on a telephone, and reads everything above them', async () => {
    const page = await visitorWhoIsLoggedIn();
    await page.setViewportSize({ width: 390, height: 700 });
    const many = new OAuthConsumer(installation.url, 'many-words', { secret: SECRET });
    await page.goto(many.authorizeUrl(await many.requestToken(callback.url)));
    const bottom = async (part: Locator) => {
      const box = await part.boundingBox();
      return (box?.y ?? Number.NaN) + (box?.height ?? Number.NaN);
    };
    const decision = page.locator('.decision');
    const top = async () => (await decision.boundingBox())?.y ?? Number.NaN;
    assert.ok((await page.evaluate<number>('document.body.scrollHeight')) > 1000, 'the page is not long');
    for (const name of ['Deny', 'Approve'])
      assert.ok((await bottom(page.getByRole('button', { name, exact: true }))) <= 700, name);
    assert.ok((await bottom(page.locator('.abilities'))) <= (await top()), 'what will be possible');
    await tabTo(page, /^Applications with access$/);
    assert.ok((await bottom(page.locator(':focus'))) <= (await top()), 'the focused link is covered');
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    assert.ok((await bottom(page.locator('.consent .facts'))) <= (await top()), 'the last line is covered');
    await assertAccessible(page);
    await page.setViewportSize({ width: 844, height: 390 });
    await page.evaluate('scrollTo(0, 0)');
    assert.ok((await top()) > 390, 'the buttons cover a low window');
  });

  it('is told so when the request was decided before, is unknown, or is missing', async () => {
    const page = await visitorWhoIsLoggedIn();
    const asked = await wiki.requestToken('oob');
    await page.goto(wiki.authorizeUrl(asked));
    await press(page, 'Deny');
    await assertAccessible(page);
    const addresses = [wiki.authorizeUrl(asked), `${installation.url}/oauth/authorize?oauth_token=nobody`];
    const titles = [/decided already/, /not known/, /No request to decide about/];
    for (const [at, url] of [...addresses, `${installation.url}/oauth/authorize`].entries()) {
      await page.goto(url);
      assert.match(await heading(page), titles[at] ?? /^$/);
      await assertAccessible(page);
    }
  });

  it('does it all by keyboard', async () => {
    const page = await newVisitor(browser);
    const asked = await wiki.requestToken(callback.url);
    await page.goto(wiki.authorizeUrl(asked));
    await tabTo(page, /^User name/);
    await page.keyboard.type('alice');
    await tabTo(page, /^Password/);
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await tabTo(page, /^Approve$/);
    assert.ok(await showsFocus(page), 'the focused button does not show that it is focused');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${callback.url}**`);
    assert.ok(await wiki.accessToken(asked, callback.latest().get('oauth_verifier') ?? ''));
  });

  it('does it all without script', async () => {
    const page = await newVisitor(browser, 'en-GB', false);
    const asked = await wiki.requestToken(callback.url);
    await page.goto(wiki.authorizeUrl(asked));
    await logIn(page, 'alice', PASSWORD);
    await press(page, 'Approve');
    assert.ok(await wiki.accessToken(asked, callback.latest().get('oauth_verifier') ?? ''));
  });

  it('reads it in Japanese', async () => {
    const page = await newVisitor(browser, 'ja-JP');
    const asked = await wiki.requestToken(callback.url);
    await page.goto(wiki.authorizeUrl(asked));
    assert.equal(await page.locator('html').getAttribute('lang'), 'ja');
    await page.locator('input[name=username]').fill('alice');
    await page.locator('input[name=password]').fill(PASSWORD);
    await leave(page, page.locator('main form button').last());
    const words = await page.innerText('main');
    assert.match(words, /[\u3040-\u30ff]/);
    assert.doesNotMatch(words, /\b(?:wants|Approve|Deny|will be able)\b/);
    await assertAccessible(page);
    await leave(page, page.locator('button[value=approve]'));
    assert.ok(page.url().startsWith(callback.url));
  });

  async function visitorWhoIsLoggedIn(): Promise<Page> {
    const page = await newVisitor(browser);
    await page.goto(`${installation.url}/oauth/login`);
    await logIn(page, 'alice', PASSWORD);
    return page;
  }
});

describe('a person who comes too late', () => {
  let installation: Installation;
  let browser: Browser;

  before(async () => {
    installation = await startInstallation(['--request-token-ttl', '1s']);
    browser = await startBrowser();
    await installation.command(['user', 'add', 'alice', '--password-stdin'], PASSWORD);
    await installation.command(
      ['consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--secret-stdin'],
      SECRET,
    );
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  it('reads that the request is too old, and can approve nothing', async () => {
    const page = await newVisitor(browser);
    await page.goto(`${installation.url}/oauth/login`);
    await logIn(page, 'alice', PASSWORD);
    const wiki = new OAuthConsumer(installation.url, 'wiki', { secret: SECRET });
    const url = wiki.authorizeUrl(await wiki.requestToken('oob'));
    await page.goto(url);
    while ((await page.getByRole('button', { name: 'Approve' }).count()) > 0) await page.reload();
    assert.match(await heading(page), /too old/);
    await assertAccessible(page);
  });
});
