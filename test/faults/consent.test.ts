/**
 * A published promise, against the real program: approval needs the right user and a deliberate POST from our own
 * page. What a browser makes of framing and of hostile pages is tried in test/e2e/hostile-page.test.ts.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ALICE,
  type GrantedInstallation,
  send,
  startGrantedInstallation,
} from '../support/granted-installation.ts';
import type { TokenPair } from '../support/oauth-consumer.ts';
import { tallyOf } from './promise.ts';

const BOB = { username: 'bob', password: 'another password of many words' };
const FORM = 'application/x-www-form-urlencoded';

/** A browser of which every header can be chosen. */
interface Session {
  readonly cookie: string;
  readonly csrf: string;
}

type Forgery = (world: { readonly alice: Session; readonly bob: Session; readonly token: string }) => {
  readonly path?: string;
  readonly init: RequestInit;
};

describe('approval', () => {
  let world: GrantedInstallation;
  let alice: Session;
  let bob: Session;
  const tally = tallyOf(12, 'forged approvals');
  before(async () => {
    world = await startGrantedInstallation();
    await world.installation.command(['user', 'add', BOB.username, '--password-stdin'], BOB.password);
    alice = await logIn(ALICE);
    bob = await logIn(BOB);
  });
  after(() => world?.installation.stop());

  async function logIn(credentials: Record<string, string>): Promise<Session> {
    const url = `${world.installation.url}/oauth/login`;
    const body = new URLSearchParams(credentials);
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
    const page = await fetch(`${world.installation.url}/oauth/users/access-tokens`, { headers: { cookie } });
    return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(await page.text())![1]! };
  }

  const ask = (path: string, init: RequestInit) =>
    fetch(`${world.installation.url}${path}`, { redirect: 'manual', ...init });
  const open = ({ cookie }: Session, token: string) =>
    ask(`/oauth/authorize?oauth_token=${token}`, { headers: { cookie } });

  /** Whether the token is still undecided, as the consumer that owns it is told. */
  async function isUndecided(requestToken: TokenPair): Promise<boolean> {
    const exchange = world.sign('POST', '/oauth/access-token', requestToken, { verifier: 'any' });
    return (await send(exchange)).body.includes('permission_unknown');
  }

  const fields = (token: string, csrf: string) =>
    new URLSearchParams({ oauth_token: token, decision: 'approve', csrf });
  const post = (
    session: Session,
    token: string,
    headers: Record<string, string> = {},
    csrf = session.csrf,
  ) => ({
    init: { method: 'POST', body: fields(token, csrf), headers: { cookie: session.cookie, ...headers } },
  });

  const forgeries: Record<string, Forgery> = {
    'a GET with all fields': ({ alice, token }) => ({
      path: `/oauth/authorize?${fields(token, alice.csrf)}`,
      init: { headers: { cookie: alice.cookie } },
    }),
    'a GET that claims to be a POST': ({ alice, token }) => ({
      path: `/oauth/authorize?${fields(token, alice.csrf)}&_method=POST`,
      init: { headers: { cookie: alice.cookie, 'x-http-method-override': 'POST' } },
    }),
    'a POST with its fields in the address': ({ alice, token }) => ({
      path: `/oauth/authorize?${fields(token, alice.csrf)}`,
      init: { method: 'POST', body: '', headers: { cookie: alice.cookie, 'content-type': FORM } },
    }),
    'no anti-forgery token': ({ alice, token }) => post(alice, token, {}, ''),
    'the anti-forgery token of somebody else': ({ alice, bob, token }) => post(alice, token, {}, bob.csrf),
    'a page of another origin': ({ alice, token }) => post(alice, token, { origin: 'https://evil.example' }),
    'a page without an origin': ({ alice, token }) => post(alice, token, { origin: 'null' }),
    'a page of another site': ({ alice, token }) => post(alice, token, { 'sec-fetch-site': 'cross-site' }),
    'a page of a sibling domain': ({ alice, token }) => post(alice, token, { 'sec-fetch-site': 'same-site' }),
    'a form sent as text': ({ alice, token }) => {
      const { init } = post(alice, token, { 'content-type': 'text/plain' });
      return { init: { ...init, body: init.body.toString() } };
    },
    'nobody logged in': ({ alice, token }) => post({ cookie: '', csrf: alice.csrf }, token),
    'another user than the one who opened it': ({ bob, token }) => post(bob, token),
  };
  for (const [what, forge] of Object.entries(forgeries)) {
    it(`is not given by ${what}`, async () => {
      const requestToken = await world.consumer.requestToken('http://127.0.0.1:9/callback');
      await open(alice, requestToken.token);
      const { path = '/oauth/authorize', init } = forge({ alice, bob, token: requestToken.token });
      const answer = await ask(path, init);
      const isRedirected = /oauth_verifier/.test(answer.headers.get('location') ?? '');
      tally.try(!isRedirected && (await isUndecided(requestToken)), what);
      tally.assertKept();
      const { init: honest } = post(alice, requestToken.token, { 'sec-fetch-site': 'same-origin' });
      const approved = await ask('/oauth/authorize', honest);
      assert.match(approved.headers.get('location') ?? '', /oauth_verifier=\w{32}$/);
    });
  }

  it('is asked for on a page that nobody may frame, and only of the first who opened it', async () => {
    const { token } = await world.consumer.requestToken('http://127.0.0.1:9/callback');
    const first = await open(bob, token);
    assert.match(first.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    assert.equal(first.headers.get('x-frame-options'), 'DENY');
    assert.equal((await open(alice, token)).status, 401);
  });
});
