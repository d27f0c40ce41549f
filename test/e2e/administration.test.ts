import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { OAuthConsumer, type TokenPair } from '../support/oauth-consumer.ts';
import { Person } from '../support/person.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, leave, press } from './gestures.ts';

const ADMINISTRATOR = { username: 'root', password: 'correct horse battery staple' };

/** Where the administration's pages begin. */
const TABS = ['consumers', 'consumer-info', 'service-providers', 'tokens', 'users', 'audit'];

/** Each test goes on where the one before it ended, as an administrator's first day does. */
describe('an administrator', () => {
  let installation: Installation;
  let browser: Browser;
  let page: Page;

  before(async () => {
    installation = await startInstallation(['--name', 'Tracker']);
    browser = await startBrowser();
    page = await newVisitor(browser);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  const open = (path: string) => page.goto(installation.url + path);
  const words = () => page.innerText('main');

  it('is made by the link that serve prints, which works once', async () => {
    assert.ok(installation.setupUrl !== null);
    await page.goto(installation.setupUrl);
    await assertAccessible(page);
    await page.getByLabel('User name').fill(ADMINISTRATOR.username);
    await page.locator('input[name=password]').fill('short');
    await press(page, 'Create administrator');
    assert.match(await words(), /needs your attention/);
    await assertAccessible(page);
    await page.locator('input[name=password]').fill(ADMINISTRATOR.password);
    await press(page, 'Create administrator');
    assert.equal(await heading(page), 'Consumers');
    assert.match(await words(), /You are the first administrator[\s\S]*No consumer yet/);

    const stranger = await newVisitor(browser);
    await stranger.goto(installation.setupUrl);
    assert.match(await heading(stranger), /does not work/);
    await assertAccessible(stranger);
  });

  it('registers a consumer by hand, and is shown its secret once', async () => {
    await follow(page, 'Add OAuth Consumer');
    await assertAccessible(page);
    await follow(page, 'Enter the details by hand');
    await assertAccessible(page);
    await page.getByLabel('Consumer Key').fill('wiki');
    await page.getByLabel('Name', { exact: true }).fill(' ');
    await page.getByLabel('Shared secret, generated here').check();
    await press(page, 'Add consumer');
    assert.match(await words(), /needs your attention/);
    assert.equal(await page.getByLabel('Consumer Key').inputValue(), 'wiki');
    await assertAccessible(page);

    await page.getByLabel('Name', { exact: true }).fill('Wiki');
    await press(page, 'Add consumer');
    assert.equal(await heading(page), 'The secret of Wiki');
    await assertAccessible(page);
    const secret = await page.locator('main code').nth(1).innerText();
    const wiki = new OAuthConsumer(installation.url, 'wiki', { secret });
    assert.ok((await wiki.requestToken('oob')).token.length >= 32);
    await follow(page, 'I have copied it');
    assert.ok(!(await page.content()).includes(secret));
    await assertAccessible(page);
  });

  it('registers a consumer with the RSA key of a certificate, and reads what is weak about it', async () => {
    const certificate = readFileSync(new URL('../fixtures/igoogle.pem', import.meta.url), 'utf8');
    await addByKey('www.google.com', 'iGoogle', certificate.replaceAll('\n', '\r\n'));
    assert.equal(await heading(page), 'iGoogle');
    assert.match(await words(), /weak key[\s\S]*1024 bit/);
    await assertAccessible(page);
    await open('/oauth/admin/audit');
    assert.match(await words(), /www\.google\.com/);
    await assertAccessible(page);
  });

  it('is told that a pasted key is a private one, and sees it nowhere again', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await addByKey('calendar', 'Calendar', privateKey);
    assert.match(await words(), /private key/i);
    assert.ok(!(await page.content()).includes(privateKey.split('\n')[3] ?? ''));
    await assertAccessible(page);

    await page.getByLabel('Public Key', { exact: true }).fill(publicKey);
    await press(page, 'Add consumer');
    assert.equal(await heading(page), 'Calendar');
    const calendar = new OAuthConsumer(installation.url, 'calendar', { privateKey });
    const access = await approve(calendar);
    assert.equal((await calendar.get('/oauth/whoami', access)).status, 200);

    await open('/oauth/admin/consumers');
    await follow(page, 'Remove Calendar');
    assert.match(await words(), /One user loses access/);
    await assertAccessible(page);
    await page.getByLabel('Type the name to confirm').fill('calendar');
    await press(page, 'Remove consumer');
    assert.match(await words(), /not the name of the consumer/);
    await page.getByLabel('Type the name to confirm').fill('Calendar');
    await press(page, 'Remove consumer');
    assert.match(await words(), /“Calendar” was removed; one user lost access/);
    assert.equal((await calendar.get('/oauth/whoami', access)).status, 401);
  });

  it('enters a service provider, whose secret is never shown again', async () => {
    await open('/oauth/admin/service-providers');
    await follow(page, 'Add service provider');
    await page.getByLabel('Service Provider Name').fill('Calendar');
    await page.getByLabel('Consumer Key').fill('tracker-at-calendar');
    await page.getByLabel('Shared Secret', { exact: true }).fill('Zk4hd93kf02ksl4');
    await leave(page, page.locator('main form button').last());
    assert.match(await words(), /“Calendar” was added/);
    await follow(page, 'Edit');
    assert.ok(!(await page.content()).includes('Zk4hd93kf02ksl4'));
    assert.equal(await page.getByLabel('Consumer Key').inputValue(), 'tracker-at-calendar');
  });

  it('edits what this installation tells others, except its key', async () => {
    await open('/oauth/admin/consumer-info');
    await follow(page, 'Edit');
    await page.getByLabel('Name', { exact: true }).fill('Northern tracker');
    await press(page, 'Save');
    assert.equal(await page.locator('main input[name=key]').count(), 0);
    const published = await fetch(`${installation.url}/plugins/servlet/oauth/consumer-info`);
    assert.match(await published.text(), /<key>[^<]+:\d{10}<\/key><name>Northern tracker<\/name>/);
  });

  it('ends somebody’s access from the list of tokens', async () => {
    await installation.command(
      ['consumer', 'add', '--key', 'notes', '--name', 'Notes', '--secret-stdin'],
      'Kd94hf93k423kf44',
    );
    const notes = new OAuthConsumer(installation.url, 'notes', { secret: 'Kd94hf93k423kf44' });
    const access = await approve(notes);
    assert.equal((await notes.get('/oauth/whoami', access)).status, 200);
    await open('/oauth/admin/tokens');
    await follow(page, /^Revoke the access of Notes/);
    await assertAccessible(page);
    await press(page, 'Revoke');
    assert.match(await words(), /One token was revoked/);
    assert.equal((await notes.get('/oauth/whoami', access)).status, 401);
  });

  it('reads every tab in Japanese', async () => {
    const context = await browser.newContext({
      locale: 'ja-JP',
      storageState: await page.context().storageState(),
    });
    const japanese = await context.newPage();
    for (const tab of TABS) {
      await japanese.goto(`${installation.url}/oauth/admin/${tab}`);
      assert.equal(await japanese.locator('html').getAttribute('lang'), 'ja');
      assert.match(await heading(japanese), /[\u3040-\u30ff\u4e00-\u9fff]/);
      assert.doesNotMatch(await japanese.innerText('body'), /\b(?:the|and|is|are|was|of)\b|\{\w+\}/);
      await assertAccessible(japanese);
    }
    await context.close();
  });

  it('finds nothing serious for anybody on any page there is', async () => {
    const visited = await walk(['/', '/oauth/admin/consumers', '/oauth/account/keys', '/oauth/api']);
    for (const tab of TABS) assert.ok(visited.has(`/oauth/admin/${tab}`), [...visited].join(' '));
    assert.ok(visited.size > 15, [...visited].join(' '));
  });

  it('is the only one who may open these pages', async () => {
    await installation.command(['user', 'add', 'alice', '--password-stdin'], 'alice has a long one');
    const person = new Person(installation.url);
    await person.logIn(await person.open('/oauth/login'), {
      username: 'alice',
      password: 'alice has a long one',
    });
    const refused = await person.open('/oauth/admin/consumers');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /for administrators/);
  });

  /** Looks at every page that can be reached from these by links, in two tabs; gives the addresses, one of a make. */
  async function walk(starts: readonly string[]): Promise<ReadonlySet<string>> {
    const visited = new Set<string>();
    const tabs = [page, await page.context().newPage()];
    for (let round = starts; round.length > 0; ) {
      const fresh = round.filter((path) => isNew(path, visited));
      const shares = tabs.map((tab, at) =>
        look(
          tab,
          fresh.filter((_, index) => index % tabs.length === at),
        ),
      );
      round = (await Promise.all(shares)).flat();
    }
    await tabs[1]?.close();
    return visited;
  }

  /** Holds pages to what axe demands, one after another; gives where their links lead on this installation. */
  async function look(tab: Page, paths: readonly string[]): Promise<readonly string[]> {
    const links: string[] = [];
    for (const path of paths) {
      const response = await tab.goto(installation.url + path);
      if (!response?.headers()['content-type']?.startsWith('text/html')) continue;
      await assertAccessible(tab);
      links.push(
        ...(await tab.locator('a[href]').evaluateAll((all) => all.map((link) => link.href as string))),
      );
    }
    return links
      .filter((href) => href.startsWith(`${installation.url}/`))
      .map((href) => href.slice(installation.url.length));
  }

  /** Has the administrator approve a consumer, by another browser. */
  async function approve(consumer: OAuthConsumer): Promise<TokenPair> {
    const asked = await consumer.requestToken('http://127.0.0.1:9/back');
    const person = new Person(installation.url);
    const { leftFor } = await person.decide(consumer.authorizeUrl(asked), ADMINISTRATOR, 'Approve');
    return consumer.accessToken(asked, new URL(leftFor ?? '').searchParams.get('oauth_verifier') ?? '');
  }

  async function addByKey(key: string, name: string, publicKey: string): Promise<void> {
    await open('/oauth/admin/consumers/add-by-hand');
    await page.getByLabel('Consumer Key').fill(key);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Public Key', { exact: true }).fill(publicKey);
    await press(page, 'Add consumer');
  }
});

/** Problems and mistakes have a hundred pages of one make: one of each kind stands for all. */
function makeOf(path: string): string {
  return (path.split('?')[0] ?? '').replace(/^(\/oauth\/(?:problems|mistakes))\/.+/, '$1/*');
}

/** Whether no page of that make was visited; it counts as visited from now on. */
function isNew(path: string, visited: Set<string>): boolean {
  const make = makeOf(path);
  if (visited.has(make) || make.endsWith('.csv')) return false;
  visited.add(make);
  return true;
}
