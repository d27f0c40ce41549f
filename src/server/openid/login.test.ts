import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyAccounts, PASSWORD, peopledAccounts } from '../../../test/support/accounts-world.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  createFakeIssuer,
  ISSUER,
  type Lies,
} from '../../../test/support/fake-issuer.ts';
import type { PageBrowser } from '../../../test/support/pages-world.ts';
import { openPeoplePages } from '../../../test/support/people-world.ts';
import { bindIdentity, disableUser, unbindIdentity } from '../../accounts/index.ts';
import { Secret } from '../../base/index.ts';
import { createOpenIdProvider, type OpenIdSettings } from './openid-provider.ts';

const LOGIN = '/oauth/login';
const MY_ACCESS = '/oauth/users/access-tokens';

const CLAIMS = { preferred_username: 'carol', name: 'Carol Claims' };

/** Pages with an OpenID provider beside the passwords. People are created unless a test says otherwise. */
async function open(changes: Partial<OpenIdSettings> = {}, people = peopledAccounts()) {
  const issuer = await createFakeIssuer();
  Object.assign(issuer.lies, { claims: CLAIMS } satisfies Lies);
  const accounts = await people;
  const refusals: string[] = [];
  const identityProvider = createOpenIdProvider(
    {
      issuer: new URL(ISSUER),
      clientId: CLIENT_ID,
      clientSecret: new Secret(CLIENT_SECRET),
      name: 'Example ID',
      scope: 'openid profile email',
      userClaim: 'preferred_username',
      administrators: null,
      createsUsers: true,
      bindsUsers: false,
      redirectUri: 'https://tracker.example/oauth/login/callback',
      ...changes,
    },
    {
      outbound: issuer.outbound,
      clock: accounts.clock,
      random: accounts.random,
      noteRefusal: ({ problem, message }) => void refusals.push(`${problem}: ${message}`),
    },
  );
  const world = await openPeoplePages({ accounts, identityProvider });
  return { ...world, issuer, refusals };
}

type World = Awaited<ReturnType<typeof open>>;

/** Presses the button; gives where the provider is asked. */
async function begin(browser: PageBrowser, next = ''): Promise<string> {
  const answer = await browser.get(`${LOGIN}/provider?${new URLSearchParams({ next })}`);
  assert.equal(answer.status, 303);
  return answer.headers.get('location') ?? '';
}

/** The whole way, with an answer as it should be but for the changes. */
async function logIn(world: World, browser: PageBrowser, changes: Readonly<Record<string, string>> = {}) {
  return browser.get(world.issuer.approve(await begin(browser), changes));
}

async function assertRefused(world: World, answer: Response, status: number, refusal: RegExp, words: RegExp) {
  const page = await answer.text();
  assert.deepEqual([answer.status, answer.headers.get('location')], [status, null]);
  assert.match(world.refusals.at(-1) ?? '', refusal);
  assert.match(page, words);
  assert.ok(!/a-code|an-access-token|eyJ/.test(page.replace(/<a [^>]*lang=[^>]*>/g, '') + world.refusals));
}

describe('login by an OpenID provider', () => {
  it('is a button beside the form, and asks nobody before it is pressed', async () => {
    const world = await open();
    const page = await (await world.browser().get(`${LOGIN}?next=%2Fissues`)).text();
    assert.match(page, /<a [^>]*href="\/oauth\/login\/provider\?next=%2Fissues">Log in with Example ID<\/a>/);
    assert.deepEqual(world.issuer.asked, []);
  });

  it('is not there without a provider', async () => {
    const { browser } = await openPeoplePages();
    assert.doesNotMatch(await (await browser().get(LOGIN)).text(), /login\/provider/);
    assert.equal((await browser().get(`${LOGIN}/provider`)).status, 404);
    assert.equal((await browser().get(`${LOGIN}/callback`)).status, 404);
  });

  it('asks for a code with PKCE, state and nonce, and shows the client secret to the provider alone', async () => {
    const world = await open();
    const browser = world.browser();
    const location = await begin(browser);
    const sent = Object.fromEntries(new URL(location).searchParams);
    assert.deepEqual(
      [sent.response_type, sent.client_id, sent.redirect_uri, sent.code_challenge_method, sent.scope],
      ['code', CLIENT_ID, 'https://tracker.example/oauth/login/callback', 'S256', 'openid profile email'],
    );
    assert.ok(sent.state && sent.nonce && sent.code_challenge);
    const ticket = browser.cookies.get('__Host-countersign-login') ?? '';
    assert.ok(ticket !== '' && !ticket.includes(sent.state));
    await browser.get(world.issuer.approve(location));
    const [request] = world.issuer.tokenRequests;
    assert.ok(request?.form.get('code_verifier'));
    assert.match(request?.authorization ?? '', /^Basic /);
    assert.equal(request?.form.get('client_secret'), null);
    assert.equal(browser.cookies.has('__Host-countersign-login'), false);
  });

  it('creates the user, starts a new session, and writes down who vouched', async () => {
    const world = await open();
    const browser = world.browser();
    const answer = await logIn(world, browser);
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, MY_ACCESS]);
    const { users, audit } = world.accounts.storage;
    const carol = await users.find('carol');
    assert.deepEqual(carol?.identity, { issuer: `${ISSUER}/`, subject: 'sub-1' });
    assert.deepEqual(
      [carol?.displayName, carol?.isAdministrator, carol?.passwordHash],
      ['Carol Claims', false, null],
    );
    const { rows } = await audit.list({ object: 'carol' }, { search: '', offset: 0, limit: 9 });
    assert.deepEqual(
      rows.map(({ action, actor, after }) => [action, actor, after?.vouchedForBy]),
      [
        ['user.login', 'carol', `${ISSUER}/`],
        ['user.add', 'system', undefined],
      ],
    );
    const account = await (await browser.get('/oauth/account')).text();
    assert.match(account, /Vouched for by/);
    assert.doesNotMatch(account, /name="password"/);
  });

  it('knows the person again by issuer and subject, whatever they are called by then', async () => {
    const world = await open();
    await logIn(world, world.browser());
    world.issuer.lies.claims = { ...CLAIMS, preferred_username: 'alice' };
    const browser = world.browser();
    await logIn(world, browser);
    assert.match(await (await browser.get('/oauth/account')).text(), /<code>carol<\/code>/);
  });

  it('ends the session that was there before, and adopts none', async () => {
    const world = await open();
    const browser = world.browser();
    await browser.logIn('alice');
    const before = new Map(browser.cookies);
    await logIn(world, browser);
    assert.notEqual(browser.cookies.get('__Host-countersign'), before.get('__Host-countersign'));
    for (const [name, value] of before) browser.cookies.set(name, value);
    assert.equal((await browser.get('/oauth/account')).status, 303);
  });

  it('leads back to where one was, within this installation only', async () => {
    const world = await open();
    for (const [next, to] of [
      ['/issues?id=1', '/issues?id=1'],
      ['https://evil.example/', MY_ACCESS],
      ['//evil.example', MY_ACCESS],
      ['/\\evil.example', MY_ACCESS],
      ['/oauth/login/provider', MY_ACCESS],
      [`/${'x'.repeat(3000)}`, MY_ACCESS],
    ] as const) {
      const browser = world.browser();
      const answer = await browser.get(world.issuer.approve(await begin(browser, next)));
      assert.equal(answer.headers.get('location'), to);
    }
  });
});

describe('an answer to login by an OpenID provider is refused', () => {
  const lost: [number, RegExp, RegExp] = [400, /^login-lost/, /begun in another browser/];
  const invalid: [number, RegExp, RegExp] = [502, /^answer-invalid/, /could not be verified/];

  it('with another state, before the provider is asked', async () => {
    const world = await open();
    await assertRefused(world, await logIn(world, world.browser(), { state: 'another' }), ...lost);
    assert.equal(world.issuer.tokenRequests.length, 0);
  });

  it('in another browser than began, with or without a login of its own', async () => {
    const world = await open();
    const back = world.issuer.approve(await begin(world.browser()));
    const stranger = world.browser();
    await assertRefused(world, await stranger.get(back), ...lost);
    await begin(stranger);
    await assertRefused(world, await stranger.get(back), ...lost);
    assert.equal(world.issuer.tokenRequests.length, 0);
  });

  it('when it comes a second time, even with the ticket put back', async () => {
    const world = await open();
    const browser = world.browser();
    const back = world.issuer.approve(await begin(browser));
    const cookies = new Map(browser.cookies);
    assert.equal((await browser.get(back)).status, 303);
    await assertRefused(world, await browser.get(back), ...lost);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    await assertRefused(world, await browser.get(back), ...lost);
    assert.equal(world.issuer.tokenRequests.length, 1);
  });

  it('after ten minutes, and with a ticket that was altered or made up', async () => {
    const world = await open();
    const late = world.browser();
    const back = world.issuer.approve(await begin(late));
    world.accounts.clock.advance(601);
    await assertRefused(world, await late.get(back), ...lost);
    const forger = world.browser();
    const wanted = world.issuer.approve(await begin(forger));
    const ticket = forger.cookies.get('__Host-countersign-login') ?? '';
    const flipped = ticket.startsWith('A') ? `B${ticket.slice(1)}` : `A${ticket.slice(1)}`;
    for (const forged of [flipped, 'A'.repeat(120), '']) {
      forger.cookies.set('__Host-countersign-login', forged);
      await assertRefused(world, await forger.get(wanted), ...lost);
    }
  });

  it('with another nonce, issuer, audience or signature in the token', async () => {
    const world = await open();
    const lies: Lies[] = [
      { claims: { ...CLAIMS, nonce: 'another' } },
      { claims: { ...CLAIMS, iss: 'https://evil.example' } },
      { claims: { ...CLAIMS, aud: 'another-client' } },
      { claims: CLAIMS, hasForeignKey: true },
    ];
    for (const lie of lies) {
      Object.assign(world.issuer.lies, { hasForeignKey: false }, lie);
      await assertRefused(world, await logIn(world, world.browser()), ...invalid);
    }
    assert.equal(await world.accounts.storage.users.find('carol'), null);
  });

  it('that names another issuer, or none where the provider promises one', async () => {
    const world = await open();
    for (const iss of ['https://evil.example', '']) {
      await assertRefused(world, await logIn(world, world.browser(), { iss }), ...invalid);
    }
    const browser = world.browser();
    const back = world.issuer.approve(await begin(browser)).replace(/&iss=[^&]*/, '');
    await assertRefused(world, await browser.get(back), ...invalid);
    assert.equal(world.issuer.tokenRequests.length, 0);
  });

  it('with a token that is over, saying that it is about clocks', async () => {
    const world = await open();
    world.issuer.lies.claims = { ...CLAIMS, exp: Math.floor(Date.now() / 1000) - 3600 };
    await assertRefused(
      world,
      await logIn(world, world.browser()),
      502,
      /^clock/,
      /its clock and ours differ/,
    );
  });

  it('when what else the provider tells is about somebody else', async () => {
    const world = await open();
    world.issuer.lies.userInfo = { sub: 'sub-2', preferred_username: 'carol' };
    await assertRefused(world, await logIn(world, world.browser()), ...invalid);
  });

  it('when the person or the provider said no', async () => {
    const world = await open();
    for (const [error, problem, status, words] of [
      ['access_denied', /^denied/, 403, /cancelled there/],
      ['server_error', /^provider-refused/, 502, /does not log anybody in/],
      ['<b>\u202e', /^provider-refused/, 502, /does not log anybody in/],
    ] as const) {
      const answer = await logIn(world, world.browser(), { error });
      await assertRefused(world, answer, status, problem, words);
    }
  });

  it('when the provider is down, at the beginning or at the end, and works again afterwards', async () => {
    const world = await open();
    const down: [number, RegExp, RegExp] = [502, /^unreachable: id\.example cannot/, /cannot be reached/];
    world.issuer.lies.isDown = true;
    await assertRefused(world, await world.browser().get(`${LOGIN}/provider`), ...down);
    world.issuer.lies.isDown = false;
    const browser = world.browser();
    const back = world.issuer.approve(await begin(browser));
    world.issuer.lies.isDown = true;
    await assertRefused(world, await browser.get(back), ...down);
    world.issuer.lies.isDown = false;
    assert.equal((await logIn(world, world.browser())).status, 303);
  });

  it('when the description is of another issuer', async () => {
    const world = await open();
    world.issuer.lies.description = { issuer: 'https://evil.example' };
    await assertRefused(world, await world.browser().get(`${LOGIN}/provider`), ...invalid);
  });

  it('from an address that tried a hundred times in a quarter of an hour', async () => {
    const world = await open();
    const browser = world.browser();
    for (let tries = 0; tries < 100; tries += 1) await browser.get(`${LOGIN}/callback`);
    const answer = await browser.get(`${LOGIN}/callback`);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '900']);
  });
});

describe('a user here', () => {
  const asAlice = { claims: { preferred_username: 'Alice' } };
  const taken: [number, RegExp, RegExp] = [403, /^name-taken/, /not known to be you/];

  it('is not taken over by somebody of the same name', async () => {
    const world = await open();
    Object.assign(world.issuer.lies, asAlice);
    await assertRefused(world, await logIn(world, world.browser()), ...taken);
    assert.equal((await world.accounts.storage.users.find('alice'))?.identity, null);
  });

  it('is bound at the first login where the administrator said so, once, and keeps the password', async () => {
    const world = await open({ bindsUsers: true });
    Object.assign(world.issuer.lies, asAlice);
    assert.equal((await logIn(world, world.browser())).status, 303);
    const alice = await world.accounts.storage.users.find('alice');
    assert.equal(alice?.identity?.subject, 'sub-1');
    assert.equal((await world.browser().post(LOGIN, { username: 'alice', password: PASSWORD })).status, 303);
    world.issuer.lies.claims = { preferred_username: 'alice', sub: 'sub-2' };
    world.issuer.lies.userInfo = { sub: 'sub-2' };
    await assertRefused(world, await logIn(world, world.browser()), ...taken);
  });

  it('who is an administrator is bound by the command line only', async () => {
    const world = await open({ bindsUsers: true });
    world.issuer.lies.claims = { preferred_username: 'root' };
    await assertRefused(world, await logIn(world, world.browser()), ...taken);
    await bindIdentity(world.accounts, 'root', { issuer: ISSUER, subject: 'sub-1' }, 'cli');
    const answer = await logIn(world, world.browser());
    assert.equal(answer.headers.get('location'), '/oauth/admin/consumers');
    await assert.rejects(
      bindIdentity(world.accounts, 'bob', { issuer: ISSUER, subject: 'sub-1' }, 'cli'),
      /Another user here has this identity/,
    );
    const browser = world.browser();
    await logIn(world, browser);
    await unbindIdentity(world.accounts, 'root', 'cli');
    assert.equal((await browser.get('/oauth/account')).status, 303);
    await assertRefused(world, await logIn(world, world.browser()), ...taken);
  });

  it('who is disabled stays out', async () => {
    const world = await open();
    await logIn(world, world.browser());
    await disableUser(world.accounts, 'carol', 'root');
    const answer = await logIn(world, world.browser());
    await assertRefused(world, answer, 403, /^disabled/, /account in Tracker is disabled/);
  });

  it('is not created unless the administrator said so', async () => {
    const world = await open({ createsUsers: false });
    const answer = await logIn(world, world.browser());
    await assertRefused(world, answer, 403, /^unknown-user/, /not a user of Tracker yet/);
  });

  it('is not created before the first administrator is set up', async () => {
    const world = await open({}, Promise.resolve(emptyAccounts()));
    const answer = await logIn(world, world.browser());
    await assertRefused(world, answer, 403, /^not-set-up/, /no administrator yet/);
    assert.ok(await world.accounts.storage.users.isEmpty());
  });

  it('is named by an e-mail address only if the provider verified it', async () => {
    const world = await open({ userClaim: 'email' });
    const unusable: [number, RegExp, RegExp] = [403, /^name-unusable/, /no verified name/];
    for (const claims of [{}, { email: 'alice@example.org' }, { email: 'a b', email_verified: true }]) {
      world.issuer.lies.claims = claims;
      await assertRefused(world, await logIn(world, world.browser()), ...unusable);
    }
    world.issuer.lies.claims = { email: 'dora@example.org', email_verified: true };
    assert.equal((await logIn(world, world.browser())).status, 303);
    assert.equal((await world.accounts.storage.users.find('dora@example.org'))?.email, 'dora@example.org');
  });

  it('is an administrator as long as the provider says so, except the last one', async () => {
    const world = await open({ administrators: { claim: 'groups', value: 'admins' } });
    const { users } = world.accounts.storage;
    const isAdministrator = async () => (await users.find('carol'))?.isAdministrator;
    for (const [groups, is] of [
      [['staff', 'admins'], true],
      [['staff'], false],
      ['admins', true],
    ] as const) {
      world.issuer.lies.userInfo = { groups };
      await logIn(world, world.browser());
      assert.equal(await isAdministrator(), is);
    }
    await disableUser(world.accounts, 'root', 'cli');
    world.issuer.lies.userInfo = {};
    await logIn(world, world.browser());
    assert.equal(await isAdministrator(), true);
  });
});
