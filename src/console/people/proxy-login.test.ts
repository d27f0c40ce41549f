import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyAccounts, PASSWORD } from '../../../test/support/accounts-world.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { openPeoplePages } from '../../../test/support/people-world.ts';
import { anEvent, aSecondFactor } from '../../../test/support/records.ts';
import { disableUser, updateUser } from '../../accounts/index.ts';
import { MOST_SESSIONS } from '../../accounts/sessions.ts';

const named = (userName: string, more: object = {}) =>
  ({ kind: 'named', userName, displayName: '', email: '', ...more }) as const;

const LOGIN = '/oauth/login?next=%2Foauth%2Faccount';
const HOME = '/oauth/account';

/** A browser behind a proxy that has let somebody in. */
async function openBehindProxy(options: { createsUsers?: boolean; logoutUrl?: string } = {}) {
  const refusals: string[] = [];
  const world = await openPeoplePages({
    proxyLogin: {
      createsUsers: options.createsUsers ?? false,
      logoutUrl: options.logoutUrl ?? null,
      noteRefusal: (problem) => refusals.push(problem),
    },
  });
  const arrive = (userName: string, more: object = {}): PageBrowser => {
    const browser = world.browser();
    browser.word = named(userName, more);
    return browser;
  };
  return { ...world, refusals, arrive };
}

async function isIn(browser: PageBrowser): Promise<boolean> {
  return (await browser.get(HOME)).status === 200;
}

describe('login by the word of a trusted proxy', () => {
  it('lets in whom the proxy names, at the login page, and back to where they were', async () => {
    const { arrive, accounts } = await openBehindProxy();
    const browser = arrive('alice');
    const away = await browser.get(HOME);
    assert.deepEqual([away.status, away.headers.get('location')], [303, LOGIN]);
    const back = await browser.get(LOGIN);
    assert.deepEqual([back.status, back.headers.get('location')], [303, HOME]);
    assert.match(await (await browser.get(HOME)).text(), /Alice Arnold/);
    const { rows } = await accounts.storage.audit.list(
      { action: 'user.login' },
      { search: '', offset: 0, limit: 1 },
    );
    assert.deepEqual(rows[0]?.after, { vouchedForBy: 'urn:countersign:trusted-proxy' });
  });

  it('lets nobody log in without end, and keeps no more sessions than a person has', async () => {
    const { arrive, accounts } = await openBehindProxy();
    const hashes = new Set<string>();
    const { add } = accounts.storage.sessions;
    accounts.storage.sessions.add = (session, most) => {
      hashes.add(session.hash);
      return add(session, most);
    };
    for (let i = 0; i < 100; i += 1)
      assert.equal((await arrive(i % 2 ? 'alice' : 'ALICE').get(LOGIN)).status, 303);
    const refused = await arrive('alice').get(LOGIN);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '900']);
    assert.match(await refused.text(), /15 minutes[\s\S]*href="\/oauth\/login\?by=password"/);
    assert.equal((await arrive('bob').get(LOGIN)).status, 303);
    const kept = await Promise.all([...hashes].map((hash) => accounts.storage.sessions.find(hash)));
    assert.equal(kept.filter((session) => session?.userName === 'alice').length, MOST_SESSIONS);
    accounts.clock.advance(900);
    assert.equal((await arrive('alice').get(LOGIN)).status, 303);
  });

  it('goes by the name in any case, and takes nobody’s next address away from here', async () => {
    const { arrive } = await openBehindProxy();
    const browser = arrive('ALICE');
    const answer = await browser.get('/oauth/login?next=https%3A%2F%2Fevil.example');
    assert.equal(answer.headers.get('location'), '/oauth/users/access-tokens');
  });

  it('ends its session at once when the proxy names somebody else, or nobody', async () => {
    for (const word of [named('bob'), { kind: 'silent' }, { kind: 'ignored' }] as const) {
      const { arrive } = await openBehindProxy();
      const browser = arrive('alice');
      await browser.get(LOGIN);
      assert.ok(await isIn(browser));
      browser.word = word;
      assert.ok(!(await isIn(browser)), word.kind);
      browser.word = named('alice');
      assert.ok(!(await isIn(browser)), `${word.kind}: the session came back`);
    }
  });

  it('does nothing by a form of that session once somebody else is named', async () => {
    const { arrive } = await openBehindProxy();
    const browser = arrive('alice');
    await browser.get(LOGIN);
    const page = await (await browser.get('/oauth/logout')).text();
    const csrf = /name="csrf" value="(\w+)"/.exec(page)?.[1] ?? '';
    browser.word = named('bob');
    const answer = await browser.post('/oauth/account', { csrf, currentPassword: 'x', password: 'y' });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location') ?? '', /^\/oauth\/login/);
  });

  it('gives a session under a cookie that nobody knew before', async () => {
    const { arrive } = await openBehindProxy();
    const browser = arrive('alice');
    const [name] = await (async () => {
      await browser.get(LOGIN);
      return [...browser.cookies.keys()];
    })();
    const first = browser.cookies.get(name!);
    browser.word = named('bob');
    await browser.get(LOGIN);
    assert.notEqual(browser.cookies.get(name!), first);
    assert.ok(await isIn(browser));
  });

  it('keeps the session of a password apart: no word makes it another’s, and none is needed for it', async () => {
    const { arrive } = await openBehindProxy();
    const browser = arrive('bob');
    await browser.logIn('alice');
    assert.match(await (await browser.get(HOME)).text(), /Alice Arnold/);
    browser.word = { kind: 'silent' };
    assert.ok(await isIn(browser));
  });

  it('ends the session of a password, too, when it names somebody else than it did at the login', async () => {
    const { arrive, pages } = await openBehindProxy();
    const browser = arrive('Alice');
    await browser.logIn('root');
    browser.word = named('alice');
    assert.ok(await isIn(browser));
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    assert.equal(await pages.findViewer(cookie, named('bob')), null);
    browser.word = named('bob');
    assert.ok(!(await isIn(browser)));
    browser.word = named('alice');
    assert.ok(!(await isIn(browser)), 'the session came back');
  });

  it('begins no session for what a page of another site loads, and one for whoever follows its link', async () => {
    const { arrive } = await openBehindProxy();
    for (const site of ['cross-site', 'same-site'])
      for (const dest of ['image', 'iframe', 'empty', 'script']) {
        const browser = arrive('alice');
        const headers = { 'sec-fetch-site': site, 'sec-fetch-dest': dest };
        assert.equal((await browser.get(LOGIN, headers)).status, 200, dest);
        assert.ok(!(await isIn(browser)), dest);
      }
    const browser = arrive('alice');
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
    assert.equal((await browser.get(LOGIN, link)).status, 303);
    assert.ok(await isIn(browser));
  });

  it('lets nobody cut a session loose from whom it began beside', async () => {
    const { arrive } = await openBehindProxy();
    const browser = arrive('alice');
    await browser.logIn('root');
    const [name, value = ''] = [...browser.cookies].find(([, text]) => text.length === 43 + 32) ?? [''];
    browser.word = named('bob');
    for (const forged of [value.slice(0, 43), value.slice(0, 44), `${value.slice(0, 43)}${'0'.repeat(32)}`]) {
      browser.cookies.set(name, forged);
      assert.ok(!(await isIn(browser)), forged);
    }
  });

  it('never makes an administrator: they log in with their password, behind the proxy too', async () => {
    const { arrive, refusals } = await openBehindProxy({ createsUsers: true });
    const browser = arrive('root');
    const page = await browser.get(LOGIN);
    assert.equal(page.status, 403);
    assert.match(await page.text(), /log in with their password/);
    assert.ok(!(await isIn(browser)));
    assert.deepEqual(refusals, ['password-needed']);
    assert.equal((await browser.post('/oauth/login', { username: 'root', password: PASSWORD })).status, 303);
    assert.ok(await isIn(browser));
  });

  it('ends with the word of the proxy for whoever becomes an administrator meanwhile', async () => {
    const { arrive, accounts } = await openBehindProxy();
    const browser = arrive('alice');
    await browser.get(LOGIN);
    await updateUser(accounts, 'alice', { displayName: 'A', email: '', isAdministrator: true }, 'cli');
    assert.ok(!(await isIn(browser)));
    assert.equal((await browser.get(LOGIN)).status, 403);
  });

  it('does not go around a second factor', async () => {
    const { arrive, accounts } = await openBehindProxy();
    await accounts.storage.secondFactors.add(aSecondFactor({ userName: 'alice' }), anEvent());
    assert.equal((await arrive('alice').get(LOGIN)).status, 403);
  });

  it('keeps out whoever is disabled, and ends their session', async () => {
    const { arrive, accounts } = await openBehindProxy({ createsUsers: true });
    const browser = arrive('alice');
    await browser.get(LOGIN);
    await disableUser(accounts, 'alice', 'cli');
    assert.ok(!(await isIn(browser)));
    const page = await browser.get(LOGIN);
    assert.equal(page.status, 403);
    assert.match(await page.text(), /disabled/);
  });

  it('changes nothing of whoever is disabled', async () => {
    const { arrive, accounts } = await openBehindProxy();
    await disableUser(accounts, 'alice', 'cli');
    const page = await arrive('alice').get(LOGIN);
    assert.match(await page.text(), /disabled/);
    assert.equal((await accounts.storage.users.find('alice'))?.identity, null);
  });

  it('says to somebody unknown that there is no account, and makes one only where the setting says so', async () => {
    const closed = await openBehindProxy();
    const page = await closed.arrive('zoe').get(LOGIN);
    assert.equal(page.status, 403);
    assert.match(
      await page.text(),
      /says that you are zoe\. You are not a user of Tracker yet\. Ask an administrator/,
    );
    assert.equal(await closed.accounts.storage.users.find('zoe'), null);
    const open = await openBehindProxy({ createsUsers: true });
    const browser = open.arrive('zoe', { displayName: 'Zoë', email: 'zoe@example.org' });
    assert.equal((await browser.get(LOGIN)).status, 303);
    const user = await open.accounts.storage.users.find('zoe');
    assert.deepEqual(
      [user?.displayName, user?.email, user?.isAdministrator, user?.passwordHash],
      ['Zoë', 'zoe@example.org', false, null],
    );
  });

  it('makes no user of a name that none can have, nor before the first administrator', async () => {
    const { arrive } = await openBehindProxy({ createsUsers: true });
    for (const name of ['cli', 'a/b', '.hidden', '<script>'])
      assert.equal((await arrive(name).get(LOGIN)).status, 403, name);
    const nobody = emptyAccounts();
    const { browser } = await openPeoplePages({
      accounts: nobody,
      proxyLogin: { createsUsers: true, logoutUrl: null, noteRefusal: () => undefined },
    });
    const first = browser();
    first.word = named('alice');
    assert.equal((await first.get(LOGIN)).status, 403);
    assert.ok(await nobody.storage.users.isEmpty());
  });

  it('is refused on every page where the word has two readings', async () => {
    const { arrive } = await openBehindProxy();
    const browser = arrive('alice');
    await browser.get(LOGIN);
    browser.word = { kind: 'unusable', fault: 'twice' };
    for (const path of [HOME, LOGIN, '/nothing']) {
      const page = await browser.get(path);
      assert.equal(page.status, 400, path);
      assert.match(await page.text(), /more than once/);
    }
  });

  it('stays out after logging out, and says where to log out of the proxy', async () => {
    const { arrive } = await openBehindProxy({ logoutUrl: 'https://auth.example/logout' });
    const browser = arrive('alice');
    await browser.get(LOGIN);
    const page = await (await browser.get('/oauth/logout')).text();
    const csrf = /name="csrf" value="(\w+)"/.exec(page)?.[1] ?? '';
    const out = await browser.post('/oauth/logout', { csrf });
    assert.equal(out.headers.get('location'), '/oauth/login?by=password');
    const after = await (await browser.get('/oauth/login?by=password')).text();
    assert.match(after, /href="https:\/\/auth\.example\/logout"/);
    assert.match(after, /Log in as alice/);
    assert.ok(!(await isIn(browser)));
  });

  it('is nobody by itself to those who ask whose session it is', async () => {
    const { arrive, pages } = await openBehindProxy();
    assert.equal(await pages.findViewer(undefined, named('alice')), null);
    const browser = arrive('alice');
    await browser.get(LOGIN);
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    assert.equal((await pages.findViewer(cookie, named('alice')))?.user.name, 'alice');
    for (const word of [named('bob'), undefined, { kind: 'ignored' } as const])
      assert.equal(await pages.findViewer(cookie, word), null);
    assert.ok(await isIn(browser), 'asking ends nobody’s session');
  });
});
