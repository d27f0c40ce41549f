import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { OAuthConsumer } from '../support/oauth-consumer.ts';
import { Person } from '../support/person.ts';
import { assertAccessible, heading, newVisitor, startBrowser } from './browser.ts';
import { follow, press } from './gestures.ts';

const ADMINISTRATOR = { username: 'root', password: 'correct horse battery staple' };

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
    const asked = await calendar.requestToken('http://127.0.0.1:9/back');
    const approved = await new Person(installation.url).decide(
      calendar.authorizeUrl(asked),
      ADMINISTRATOR,
      'Approve',
    );
    const verifier = new URL(approved.leftFor ?? '').searchParams.get('oauth_verifier') ?? '';
    const access = await calendar.accessToken(asked, verifier);
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

  it('finds nothing serious for anybody on any page there is', async () => {
    await installation.command(
      ['provider', 'add', '--name', 'Calendar', '--consumer-key', 'us', '--secret-stdin'],
      'Zk4hd93kf02ksl4',
    );
    const visited = new Set<string>();
    const waiting = ['/', '/oauth/admin/consumers'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const [template = ''] = path.split('?');
      if (visited.has(template) || template.endsWith('.csv')) continue;
      visited.add(template);
      const response = await open(path);
      if (!response?.headers()['content-type']?.startsWith('text/html')) continue;
      await assertAccessible(page);
      const links = await page
        .locator('a[href]')
        .evaluateAll((all) => all.map((link) => link.href as string));
      waiting.push(
        ...links
          .filter((href) => href.startsWith(`${installation.url}/`))
          .map((href) => href.slice(installation.url.length)),
      );
    }
    const expected = ['consumers', 'consumer-info', 'service-providers', 'tokens', 'users', 'audit'];
    for (const name of expected) assert.ok(visited.has(`/oauth/admin/${name}`), [...visited].join(' '));
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

  async function addByKey(key: string, name: string, publicKey: string): Promise<void> {
    await open('/oauth/admin/consumers/add-by-hand');
    await page.getByLabel('Consumer Key').fill(key);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Public Key', { exact: true }).fill(publicKey);
    await press(page, 'Add consumer');
  }
});
