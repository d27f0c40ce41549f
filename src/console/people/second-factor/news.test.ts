import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { generateSync } from 'otplib';
import { PASSWORD } from '../../../../test/support/accounts-world.ts';
import {
  type AdministrationPagesWorld,
  openAdministration,
} from '../../../../test/support/administration-pages.ts';
import { readText } from '../../../../test/support/html-page.ts';
import type { PageBrowser } from '../../../../test/support/pages-world.ts';
import { type FixedClock, nowSeconds } from '../../../base/index.ts';
import { oneTimeCodes } from '../../../server/one-time-codes.ts';

const PATH = '/oauth/account/second-factor';
const START = '/oauth/admin/consumers';
const TOLD = /A second factor was turned on for the administrator root on .+, from 192\.0\.2\.1\./u;

describe('a second factor that was turned on', () => {
  let world: AdministrationPagesWorld;
  let thief: PageBrowser;

  const textOf = async (browser: PageBrowser, path: string) =>
    readText(await (await browser.get(path)).text());

  async function turnOn(browser: PageBrowser): Promise<Response> {
    const secret = oneTimeCodes.createSecret().reveal();
    const code = generateSync({ secret, epoch: nowSeconds(world.context.clock) });
    return browser.post(PATH, { secret, code, password: PASSWORD });
  }

  beforeEach(async () => {
    world = await openAdministration();
    thief = world.browser();
    await thief.logIn('root');
  });

  it('ends every other session of its user, and of nobody else', async () => {
    const alice = world.browser();
    await alice.logIn('alice');
    assert.match(readText(await (await turnOn(thief)).text()), /you are logged out/u);
    assert.equal((await world.root.get(START)).status, 303);
    assert.equal((await thief.get(START)).status, 200);
    assert.equal((await alice.get('/oauth/account')).status, 200);
  });

  it('is told, with when and from where, to whoever is asked for its code', async () => {
    await turnOn(thief);
    const owner = world.browser();
    const asked = await owner.post('/oauth/login', { username: 'root', password: PASSWORD });
    const page = await asked.text();
    assert.match(
      readText(page),
      /turned on for you on .+, from 192\.0\.2\.1\. If that was not you, somebody else knows/u,
    );
    const ticket = /name="ticket" value="([^"]+)"/u.exec(page)?.[1] ?? '';
    const wrong = await owner.post('/oauth/login/code', { ticket, next: '', code: 'no code' });
    assert.match(readText(await wrong.text()), /from 192\.0\.2\.1/u);
  });

  it('is told to every administrator where they begin, for a week, in their language', async () => {
    const { storage } = world.context;
    await storage.users.add(
      { ...(await storage.users.find('root'))!, name: 'other' },
      { at: 1, actor: 'cli', action: 'user.add', object: 'other', before: null, after: null, note: null },
    );
    const other = world.browser();
    await other.logIn('other');
    assert.doesNotMatch(await textOf(other, START), TOLD);
    await turnOn(thief);
    const html = await (await other.get(START)).text();
    assert.match(readText(html), TOLD);
    assert.match(html, /href="\/oauth\/admin\/users\/edit\?name=root"/u);
    const japanese = world.browser();
    japanese.cookies.set('__Host-countersign', other.cookies.get('__Host-countersign')!);
    japanese.cookies.set('__Host-countersign-language', 'ja');
    assert.match(await textOf(japanese, START), /管理者 root の二要素認証が有効にされました/u);
    assert.match(
      await textOf(thief, START),
      /turned on for you on .+, from 192\.0\.2\.1\. If that was not you/u,
    );
    assert.match(await textOf(thief, '/oauth/account'), /turned on for you/u);
    assert.match(await textOf(thief, '/oauth/users/access-tokens'), /turned on for you/u);
    (world.context.clock as FixedClock).advance(7 * 86_400 + 1);
    const later = world.browser();
    await later.logIn('other');
    assert.doesNotMatch(await textOf(later, START), TOLD);
  });

  it('of somebody who is no administrator is told to them alone', async () => {
    const alice = world.browser();
    await alice.logIn('alice');
    await turnOn(alice);
    assert.match(await textOf(alice, '/oauth/users/access-tokens'), /turned on for you/u);
    assert.doesNotMatch(await textOf(world.root, START), /A second factor/u);
  });

  it('leaves where it was turned on from in the audit log', async () => {
    await turnOn(thief);
    const { rows } = await world.context.storage.audit.list(
      { action: 'second-factor.add' },
      { search: '', offset: 0, limit: 1 },
    );
    assert.deepEqual(rows[0]?.after, { clientAddress: '192.0.2.1' });
    assert.match(await textOf(thief, '/oauth/admin/audit'), /From address/u);
  });
});
