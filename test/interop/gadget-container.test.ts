/**
 * A gadget container of somebody else's as our consumer: it signs with its own RSA key by a library of its own, names
 * the gadget (`xoauth_app_url`), says whom it acts for (`opensocial_…`), hashes bodies that are no form, gets its
 * tokens by GET, and puts the protocol where a spec's `param_location` says.
 */
import assert from 'node:assert/strict';
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import OAuth from 'oauth-1.0a';
import { type Installation, startInstallation } from '../support/countersign.ts';
import { Person } from '../support/person.ts';
import {
  type RecordingUpstream,
  type SeenRequest,
  startRecordingUpstream,
} from '../support/recording-upstream.ts';

const ALICE = { username: 'alice', password: 'correct horse battery staple' };
const CALLBACK = 'http://127.0.0.1:9/gadgets/oauthcallback?cs=sealed%2Bstate';
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const SERVLET = '/plugins/servlet/oauth';

/** What such containers add to whatever they sign. */
const IDENTITY = {
  opensocial_owner_id: 'john.doe',
  opensocial_viewer_id: 'john.doe',
  opensocial_app_id: '8',
  opensocial_app_url: 'https://elsewhere.example/gadget.xml',
  xoauth_signature_publickey: 'container-key-1',
};

type Carrier = 'auth-header' | 'uri-query';

describe('a foreign gadget container', () => {
  let tracker: Installation;
  let upstream: RecordingUpstream;
  let person: Person;
  const container = new OAuth({
    consumer: { key: 'container', secret: '' },
    signature_method: 'RSA-SHA1',
    hash_function: (text) => createSign('sha1').update(text).sign(KEYS.privateKey, 'base64'),
  });

  before(async () => {
    upstream = await startRecordingUpstream();
    tracker = await startInstallation(['--upstream', upstream.url, '--name', 'Tracker']);
    await tracker.command(['user', 'add', 'alice', '--password-stdin'], ALICE.password);
    const keyFile = join(tracker.dataDirectory, 'container.pem');
    await writeFile(keyFile, KEYS.publicKey);
    const names = ['--key', 'container', '--name', 'Portal', '--two-legged'];
    await tracker.command(['consumer', 'add', ...names, '--public-key', keyFile]);
    person = new Person(tracker.url);
  });
  after(async () => {
    await tracker?.stop();
    await upstream?.close();
  });

  async function send(
    method: string,
    address: string,
    parameters: Record<string, string>,
    options: { readonly carrier: Carrier; readonly token?: OAuth.Token; readonly json?: string },
  ): Promise<string> {
    const { carrier, token, json } = options;
    const target = new URL(address);
    const own = Object.entries(parameters).filter(([name]) => name.startsWith('oauth_'));
    for (const [name, value] of Object.entries(parameters)) {
      if (!name.startsWith('oauth_')) target.searchParams.set(name, value);
    }
    const url = new URL(target.href.replaceAll('+', '%20'));
    const hash = createHash('sha1')
      .update(json ?? '')
      .digest('base64');
    const data = { ...Object.fromEntries(own), ...(token !== undefined && { oauth_body_hash: hash }) };
    const signed = container.authorize({ url: url.href, method, data }, token);
    if (carrier === 'uri-query') {
      for (const [name, value] of Object.entries(signed)) url.searchParams.set(name, String(value));
    }
    const answer = await fetch(url, {
      method,
      body: json ?? null,
      headers: {
        ...(carrier === 'auth-header' && { ...container.toHeader(signed) }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, `${method} ${url.pathname} ${carrier}: ${text}`);
    return text;
  }

  function tokenIn(answer: string): OAuth.Token {
    const fields = new URLSearchParams(answer);
    return { key: fields.get('oauth_token')!, secret: fields.get('oauth_token_secret')! };
  }

  async function reachData(carrier: Carrier, token: OAuth.Token): Promise<void> {
    for (const json of [undefined, '{"summary":"Snow ☃"}']) {
      const method = json === undefined ? 'GET' : 'POST';
      const seen: SeenRequest = JSON.parse(
        await send(method, `${tracker.url}/rest/issues?jql=a%20b`, IDENTITY, {
          carrier,
          token,
          ...(json !== undefined && { json }),
        }),
      );
      assert.equal(seen.user, 'alice');
      const query = new URL(seen.target, tracker.url).searchParams;
      for (const [name, value] of Object.entries({ ...IDENTITY, jql: 'a b' }))
        assert.equal(query.get(name), value);
      assert.equal(query.get('oauth_token'), null);
      if (json !== undefined) assert.equal(seen.body, json);
    }
  }

  for (const carrier of ['auth-header', 'uri-query'] as const) {
    it(`shows its gadget’s viewer what is theirs, with the protocol in the ${carrier}`, async () => {
      const gadget = `${tracker.url}/rest/gadgets/1.0/g/countersign/assigned-to-me.xml`;
      const naming = { xoauth_app_url: gadget, xoauth_displayname: 'Whatever it likes' };
      const temporary = tokenIn(
        await send(
          'GET',
          `${tracker.url}${SERVLET}/request-token`,
          { ...naming, oauth_callback: CALLBACK },
          { carrier },
        ),
      );
      const address = `${tracker.url}${SERVLET}/authorize?oauth_token=${temporary.key}&oauth_callback=${encodeURIComponent(CALLBACK)}`;
      let page = await person.open(address);
      if (new URL(page.url).pathname.endsWith('/login')) page = await person.logIn(page, ALICE);
      assert.match(page.text, new RegExp(`For a gadget, says Portal: Assigned to me ${gadget}`));
      assert.doesNotMatch(page.text, /Whatever it likes/);
      const { leftFor } = await person.press(page, /^Approve$/);
      assert.ok(leftFor?.startsWith(`${CALLBACK}&`));
      const oauth_verifier = new URL(leftFor!).searchParams.get('oauth_verifier')!;
      const token = tokenIn(
        await send(
          'GET',
          `${tracker.url}${SERVLET}/access-token`,
          { oauth_verifier },
          { carrier, token: temporary },
        ),
      );

      await reachData(carrier, token);
      const list = await person.open('/oauth/users/access-tokens');
      assert.match(list.text, /Assigned to me a gadget in Portal/);
    });
  }

  it('is nobody in particular where it signs for no user, whatever it says about its viewer', async () => {
    const whoami = await send(
      'GET',
      `${tracker.url}/oauth/whoami`,
      { ...IDENTITY, opensocial_viewer_id: 'alice', oauth_token: '' },
      { carrier: 'auth-header' },
    );
    assert.deepEqual([JSON.parse(whoami).user, JSON.parse(whoami).via], [null, 'two-legged']);
  });
});
