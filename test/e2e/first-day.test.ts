import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type GrantedInstallation, send, startGrantedInstallation } from '../support/granted-installation.ts';
import { heading, newVisitor, startBrowser } from './browser.ts';
import { logIn } from './gestures.ts';
import { type Effort, Newcomer } from './newcomer.ts';

const ROOT = { username: 'root', password: 'correct horse battery staple' };

/** What each task may cost at most, from the first page after login. docs/guide/console.md promises the clicks. */
const MOST: Readonly<Record<string, Effort>> = {
  'registers a Jira-like consumer by its RSA key': { clicks: 3, fields: 3, pages: 4 },
  'registers a consumer with a shared secret': { clicks: 5, fields: 2, pages: 5 },
  'finds why a request failed': { clicks: 2, fields: 0, pages: 3 },
  'rotates a key': { clicks: 3, fields: 1, pages: 4 },
  'revokes the access of a user': { clicks: 3, fields: 0, pages: 4 },
};

/** The five things that administrators come for, by what the labels say and nothing else. */
describe('a newcomer', () => {
  let granted: GrantedInstallation;
  let browser: Browser;
  let page: Page;
  const words = () => page.innerText('main');

  before(async () => {
    granted = await startGrantedInstallation(['--name', 'Tracker']);
    const { installation } = granted;
    await installation.command(['user', 'add', 'root', '--admin', '--password-stdin'], ROOT.password);
    browser = await startBrowser();
    page = await newVisitor(browser);
    await page.goto(`${installation.url}/oauth/login`);
    await logIn(page, ROOT.username, ROOT.password);
  });
  after(async () => {
    await browser?.close();
    await granted?.installation.stop();
  });

  /** One task, which begins where login ends. */
  function task(name: keyof typeof MOST, work: (newcomer: Newcomer) => Promise<void>): void {
    it(`${name} within ${MOST[name]?.clicks} clicks`, async () => {
      await page.goto(`${granted.installation.url}/oauth/admin`);
      const newcomer = new Newcomer(page);
      await work(newcomer);
      for (const [kind, most] of Object.entries(MOST[name]!))
        assert.ok(
          newcomer.effort[kind as keyof Effort] <= most,
          `${kind}: ${JSON.stringify(newcomer.effort)}`,
        );
    });
  }

  task('registers a Jira-like consumer by its RSA key', async (newcomer) => {
    await newcomer.follow('Add OAuth Consumer');
    await newcomer.follow('Enter the details by hand');
    await newcomer.type('Consumer Key', 'jira');
    await newcomer.type('Name', 'Jira');
    await newcomer.type('Public Key', publicKey());
    await newcomer.press('Add consumer');
    assert.equal(await heading(page), 'Jira');
  });

  task('registers a consumer with a shared secret', async (newcomer) => {
    await newcomer.follow('Add OAuth Consumer');
    await newcomer.follow('Enter the details by hand');
    await newcomer.type('Consumer Key', 'reports');
    await newcomer.type('Name', 'Reports');
    await newcomer.choose('Shared secret, generated here');
    await newcomer.press('Add consumer');
    assert.match(await words(), /The secret of Reports/);
    await newcomer.follow(/^I have copied it/);
    assert.equal(await heading(page), 'Reports');
  });

  task('finds why a request failed', async (newcomer) => {
    const signed = granted.sign('GET', '/oauth/whoami', await granted.grant());
    const answer = await send({ ...signed, url: `${signed.url}?added=by-a-proxy` });
    assert.equal(answer.status, 401);
    const isListed = page.getByRole('link', { name: /^Explain/ });
    await newcomer.follow('Diagnosis');
    while ((await isListed.count()) === 0) await page.reload();
    await newcomer.follow(/^Explain/);
    assert.match(await words(), /What went wrong/);
  });

  task('rotates a key', async (newcomer) => {
    await newcomer.follow('Jira');
    await newcomer.follow('Rotate key');
    await newcomer.type('New public key', publicKey());
    await newcomer.press('Rotate');
    assert.match(await words(), /still valid|until/i);
  });

  task('revokes the access of a user', async (newcomer) => {
    await newcomer.follow('Tokens');
    await newcomer.follow(/^Revoke the access of Wiki for alice/i);
    await newcomer.press('Revoke');
    assert.match(await words(), /One token was revoked/);
  });
});

function publicKey(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
