import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyAccounts, PASSWORD } from '../../../test/support/accounts-world.ts';
import { openPeoplePages } from '../../../test/support/people-world.ts';
import { createSetupToken } from '../../accounts/index.ts';
import { differingPlaceholders } from '../../web/index.ts';
import { messages } from './messages.ts';

describe('the login page', () => {
  it('leads back to where one was, within this installation only', async () => {
    const { browser } = await openPeoplePages();
    for (const [next, to] of [
      ['/issues?id=1', '/issues?id=1'],
      ['', '/oauth/users/access-tokens'],
      ['https://evil.example/', '/oauth/users/access-tokens'],
      ['//evil.example', '/oauth/users/access-tokens'],
      ['/\\evil.example', '/oauth/users/access-tokens'],
      ['/oauth/logout', '/oauth/users/access-tokens'],
    ] as const) {
      const answer = await browser().post('/oauth/login', { username: 'alice', password: PASSWORD, next });
      assert.deepEqual([answer.status, answer.headers.get('location')], [303, to]);
    }
  });

  it('leads administrators to the administration', async () => {
    const { browser } = await openPeoplePages();
    const answer = await browser().post('/oauth/login', { username: 'root', password: PASSWORD });
    assert.equal(answer.headers.get('location'), '/oauth/admin/consumers');
  });

  it('leads whoever has to turn on a second factor there, and their session says who they are to nobody else', async () => {
    const { browser, pages } = await openPeoplePages({
      secondFactorFor: async ({ isAdministrator }) =>
        isAdministrator ? '/oauth/account/second-factor' : null,
    });
    const viewerOf = async (username: string) => {
      const visitor = browser();
      await visitor.logIn(username);
      const cookies = [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
      const again = await visitor.get('/oauth/login?next=%2Fbehind%2Fthe%2Fgateway');
      return [(await pages.findViewer(cookies))?.user.name, again.headers.get('location')];
    };
    assert.deepEqual(await viewerOf('root'), [undefined, '/oauth/account/second-factor']);
    assert.deepEqual(await viewerOf('alice'), ['alice', '/behind/the/gateway']);
  });

  it('answers an unknown name and a wrong password alike, and never shows the password again', async () => {
    const { browser } = await openPeoplePages();
    const pages = await Promise.all(
      ['alice', 'nobody'].map(async (username) => {
        const answer = await browser().post('/oauth/login', { username, password: 'my wrong words' });
        assert.equal(answer.status, 401);
        const page = await answer.text();
        assert.ok(page.includes(`value="${username}"`) && !page.includes('my wrong words'));
        return page.replaceAll(username, '');
      }),
    );
    assert.equal(pages[0], pages[1]);
  });

  it('says how long to wait after too many tries', async () => {
    const { browser } = await openPeoplePages();
    let answer = new Response();
    for (let n = 0; n < 11; n += 1) {
      answer = await browser().post('/oauth/login', { username: 'alice', password: 'wrong' });
    }
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('retry-after'), '900');
    assert.match(await answer.text(), /Wait 15 minutes/);
  });

  it('starts a new session each time and ends the one before', async () => {
    const { browser } = await openPeoplePages();
    const alice = browser();
    await alice.logIn('alice');
    const before = new Map(alice.cookies);
    await alice.post('/oauth/login', { username: 'alice', password: PASSWORD });
    assert.notDeepEqual(alice.cookies, before);
    for (const [name, value] of before) alice.cookies.set(name, value);
    assert.equal((await alice.get('/oauth/account')).status, 303);
  });

  it('does not adopt a session that somebody planted', async () => {
    const { browser } = await openPeoplePages();
    const alice = browser();
    const planted = 'A'.repeat(43);
    alice.cookies.set('__Host-countersign', planted);
    await alice.post('/oauth/login', { username: 'alice', password: PASSWORD });
    assert.notEqual(alice.cookies.get('__Host-countersign'), planted);
  });
});

describe('logout', () => {
  it('asks on a page, ends the session on POST, and needs the form token', async () => {
    const { browser } = await openPeoplePages();
    const alice = browser();
    await alice.logIn('alice');
    const cookies = new Map(alice.cookies);
    assert.equal((await alice.get('/oauth/logout')).status, 200);
    assert.equal((await alice.post('/oauth/logout', {}, { withoutToken: true })).status, 403);
    assert.equal((await alice.post('/oauth/logout', {})).status, 303);
    for (const [name, value] of cookies) alice.cookies.set(name, value);
    assert.equal((await alice.get('/oauth/account')).status, 303);
  });
});

describe('one’s account', () => {
  it('takes another password, and goes on in this browser only', async () => {
    const { browser } = await openPeoplePages();
    const [here, elsewhere] = [browser(), browser()];
    await here.logIn('alice');
    await elsewhere.logIn('alice');
    const answer = await here.post('/oauth/account', {
      currentPassword: PASSWORD,
      password: 'another password',
    });
    assert.equal(answer.status, 303);
    assert.match(await (await here.get('/oauth/account')).text(), /Your password was changed\./);
    assert.equal((await elsewhere.get('/oauth/account')).status, 303);
  });

  it('names each mistake beside its field and above, and shows no password', async () => {
    const { browser } = await openPeoplePages();
    const alice = browser();
    await alice.logIn('alice');
    const answer = await alice.post('/oauth/account', {
      currentPassword: 'my wrong words',
      password: 'tiny',
    });
    const page = await answer.text();
    assert.equal(answer.status, 422);
    assert.match(page, /<a href="#password">A password has at least 8 characters\.<\/a>/);
    assert.match(page, /id="password-error"/);
    assert.ok(!page.includes('my wrong words') && !page.includes('tiny'));
  });
});

describe('the set-up page', () => {
  it('makes the first administrator, once', async () => {
    const accounts = emptyAccounts();
    const token = (await createSetupToken(accounts))!;
    const { browser } = await openPeoplePages({ accounts });
    const rosa = browser();
    assert.equal((await rosa.get(`/oauth/setup?token=${token}`)).status, 200);
    const fields = { token, username: 'rosa', displayName: 'Rosa', email: '', password: PASSWORD };
    assert.equal((await rosa.post('/oauth/setup', { ...fields, password: 'tiny' })).status, 422);
    const answer = await rosa.post('/oauth/setup', fields);
    assert.equal(answer.headers.get('location'), '/oauth/admin/consumers');
    assert.equal((await rosa.get('/oauth/account')).status, 200);
    const again = await browser().post('/oauth/setup', { ...fields, username: 'eve' });
    assert.equal(again.status, 404);
    assert.match(await again.text(), /has its first administrator already/);
  });

  it('is named by the login page as long as there is nobody who could log in', async () => {
    const accounts = emptyAccounts();
    const token = (await createSetupToken(accounts))!;
    const { browser } = await openPeoplePages({ accounts });
    const login = async () => (await browser().get('/oauth/login')).text();
    const page = await login();
    assert.match(page, /There are no users yet\. Open the set-up link/);
    assert.ok(!page.includes(token));
    await browser().post('/oauth/setup', { token, username: 'rosa', password: PASSWORD });
    assert.ok(!(await login()).includes('There are no users yet'));
  });

  it('says how to get a working link', async () => {
    const { browser } = await openPeoplePages({ accounts: emptyAccounts() });
    const answer = await browser().get('/oauth/setup?token=old');
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /Start the server again/);
  });

  it('refuses a form of another site', async () => {
    const accounts = emptyAccounts();
    const token = (await createSetupToken(accounts))!;
    const { browser } = await openPeoplePages({ accounts });
    const fields = { token, username: 'eve', password: PASSWORD };
    const headers = { origin: 'https://evil.example' };
    assert.equal((await browser().post('/oauth/setup', fields, { headers })).status, 403);
    assert.ok(await accounts.storage.users.isEmpty());
  });
});

describe('the start page', () => {
  it('names the addresses that developers need', async () => {
    const { browser } = await openPeoplePages({ publicUrl: 'https://host.example/jira' });
    assert.match(
      await (await browser().get('/')).text(),
      /https:\/\/host\.example\/jira\/oauth\/request-token/,
    );
  });
});

describe('the sentences of people’s pages', () => {
  it('have the same placeholders in both languages', () => {
    assert.deepEqual(differingPlaceholders(messages.en, messages.ja), []);
  });
});
