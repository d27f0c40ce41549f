import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before, describe, it } from 'node:test';
import {
  type Container,
  DASHBOARD,
  openContainer,
  sessionCookie,
  specUrlOf,
} from '../../../test/support/gadget-container.ts';
import { PageBrowser } from '../../../test/support/pages-world.ts';
import { anEvent, aServiceProvider } from '../../../test/support/records.ts';
import { Secret } from '../../base/index.ts';
import type { AskedRequest, AuthorizedAnswer } from '../../gadgets/index.ts';
import { type OutboundAnswer, OutboundRefused, type OutboundRequest } from '../../web/index.ts';
import type { ContainerAnswer } from './answers.ts';

const PUBLIC_URL = 'https://wiki.example/w';
const SPEC = (more = '') =>
  `<Module><ModulePrefs title="T"><Require feature="setprefs"/></ModulePrefs><UserPref name="town" default_value="Bremen"/>${more}<Content type="html"><![CDATA[<b title="__UP_town__">__MODULE_ID__</b>]]></Content></Module>`;

type Sent = OutboundRequest & { readonly url: string };

describe('requests of gadgets', () => {
  let container: Container;
  let alice: PageBrowser;
  let bob: PageBrowser;
  const sent: Sent[] = [];
  const asked: AskedRequest[] = [];
  let answer: Partial<OutboundAnswer> = {};
  let authorized: AuthorizedAnswer;

  before(async () => {
    container = await openContainer({
      publicUrl: PUBLIC_URL,
      gadgets: {
        one: SPEC(),
        two: SPEC(),
      },
      rules: ['https://data.example', 'https://*.feeds.example'],
      outbound: {
        async fetch(url, request = {}) {
          sent.push({ ...request, url });
          return { status: 200, headers: {}, body: Buffer.from('data'), finalUrl: url, ...answer };
        },
      },
      authorizedFetch: async (one) => {
        asked.push(one);
        return authorized;
      },
    });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const present = (await container.accounts.storage.installation.read())!;
    await container.accounts.storage.installation.replaceKeys(
      present,
      {
        publicKeySpki: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        privateKey: new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
        next: null,
      },
      anEvent(),
    );
    alice = await newBrowser('alice');
    bob = await newBrowser('bob');
  });

  /** Somebody's new session. */
  async function newBrowser(userName: string): Promise<PageBrowser> {
    const browser = new PageBrowser(container.pages, container.publicUrl);
    const { name, value } = await sessionCookie(container, userName);
    browser.cookies.set(name, value);
    return browser;
  }

  async function dashboard(browser: PageBrowser): Promise<string> {
    return (await browser.get(`/w/dashboards/${DASHBOARD}`)).text();
  }

  async function csrfOf(browser: PageBrowser): Promise<string> {
    return /data-csrf="(\w+)"/.exec(await dashboard(browser))?.[1] ?? '';
  }

  async function tokenOf(browser: PageBrowser, place: string): Promise<string> {
    const frame = new RegExp(`<iframe data-gadget-frame="${place}"[^>]*data-token="([^"]+)"`);
    return frame.exec(await dashboard(browser))?.[1] ?? '';
  }

  async function ask(
    fields: Record<string, unknown>,
    { browser = alice, token = '', path = '/w/gadgets/makeRequest' } = {},
  ): Promise<ContainerAnswer & { key: string }> {
    sent.length = 0;
    const own = token === '' ? await tokenOf(browser, 'one') : token;
    const request = JSON.stringify({ url: 'https://data.example/x', ...fields });
    const response = await browser.post(path, { csrf: await csrfOf(browser), token: own, request });
    const text = await response.text();
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    const prefix = "throw 1; < don't be evil' >";
    assert.ok(text.startsWith(prefix), text.slice(0, 200));
    const [[key, one]] = Object.entries(JSON.parse(text.slice(prefix.length))) as [[string, ContainerAnswer]];
    return { ...one, key };
  }

  describe('go where the administrators allow', () => {
    it('to listed places, with nothing of anybody', async () => {
      answer = { headers: { 'content-type': 'text/plain', 'set-cookie': 'a=b', etag: '"1"' } };
      const one = await ask({
        headers: { Cookie: 'x', Authorization: 'y', 'X-Forwarded-For': 'z', Accept: 'a/b' },
      });
      assert.deepEqual(
        [one.key, one.rc, one.body, one.headers],
        ['https://data.example/x', 200, 'data', { 'content-type': 'text/plain', etag: '"1"' }],
      );
      assert.deepEqual(sent[0]?.headers, { accept: 'a/b' });
    });

    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1/',
      'http://169.254.169.254/latest/meta-data',
      'https://data.example:8443/',
      'http://data.example/',
      'https://data.example.evil.example/',
      'https://evil.example/?https://data.example',
      'https://feeds.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://data.example:1337@evil.example/',
      'https://data.example@evil.example/',
      'https://data.example\\@evil.example/',
      'https://user:password@data.example/',
      '//data.example/',
      '',
    ]) {
      it(`not to ${url}`, async () => {
        const one = await ask({ url: String(url) });
        const isHarmless = sent.every((hop) => new URL(hop.url).host === 'data.example');
        assert.ok(isHarmless, url);
        if (sent.length === 0)
          assert.ok((one.rc === 403 || one.rc === 400) && one.errors?.[0], String(one.rc));
      });
    }

    it('by redirects to listed places only', async () => {
      await ask({ url: 'https://data.example/redirect' });
      const follows = sent[0]?.mayFollow;
      assert.equal(follows?.(new URL('https://a.feeds.example/')), true);
      assert.equal(follows?.(new URL('https://evil.example/')), false);
      assert.equal(follows?.(new URL('http://127.0.0.1/')), false);
    });

    it('and say in the viewer’s words why there is no answer', async () => {
      answer = {};
      const failing = container.deps.outbound as { fetch: unknown };
      const working = failing.fetch;
      failing.fetch = () => Promise.reject(new OutboundRefused('timeout', 'data.example does not answer.'));
      try {
        assert.deepEqual((await ask({ url: 'https://data.example/slow' })).errors, [
          'data.example does not answer.',
        ]);
        const japanese = await ask(
          { url: 'https://data.example/slow' },
          { path: '/w/gadgets/makeRequest?lang=ja' },
        );
        assert.deepEqual(japanese.errors, ['data.example から時間内に応答がありませんでした。']);
      } finally {
        failing.fetch = working;
      }
      assert.match((await ask({ method: 'TRACE' })).errors?.[0] ?? '', /“TRACE” is no method/);
    });
  });

  it('carry every method with its body', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      await ask({ method, body: 'a=ü', headers: { 'content-type': 'application/json' } });
      assert.equal(sent[0]?.method, method);
      assert.equal(String(sent[0]?.body), 'a=ü');
      assert.deepEqual(sent[0]?.headers, { 'content-type': 'application/json' });
    }
    await ask({ method: 'POST', body: 'a=1' });
    assert.deepEqual(sent[0]?.headers, { 'content-type': 'application/x-www-form-urlencoded' });
    await ask({ method: 'HEAD', body: 'ignored' });
    assert.equal(sent[0]?.body, null);
  });

  it('are answered from what is kept while that is young enough, if nothing of anybody is in them', async () => {
    const url = 'https://data.example/kept';
    await ask({ url });
    assert.equal(sent.length, 1);
    await ask({ url }, { browser: bob });
    assert.equal(sent.length, 0);
    await ask({ url, refreshSeconds: '0' });
    assert.equal(sent.length, 1);
    await ask({ url, method: 'POST' });
    assert.equal(sent.length, 1);
    await ask({ url, authorization: 'SIGNED' });
    assert.equal(sent.length, 1);
  });

  describe('that are signed', () => {
    it('say with our own key which gadget asks and for whom', async () => {
      await ask({ url: 'https://data.example/x?a=1', authorization: 'SIGNED', signOwner: 'true' });
      const [request] = sent;
      const query = new URL(request!.url).searchParams;
      assert.equal(query.get('a'), '1');
      assert.equal(query.get('opensocial_app_url'), specUrlOf('one'));
      assert.equal(query.get('opensocial_owner_id'), 'alice');
      assert.equal(query.get('opensocial_viewer_id'), 'alice');
      assert.equal(
        query.get('xoauth_public_key'),
        'https://wiki.example/w/plugins/servlet/oauth/consumer-info',
      );
      assert.match(String(request?.headers?.authorization), /oauth_signature_method="RSA-SHA1"/);
      assert.equal(request?.mayFollow?.(new URL('https://data.example/')), false);
    });

    it('protect any other body than a form by its hash, and a form by its fields', async () => {
      const json = { 'content-type': 'application/json' };
      await ask({ authorization: 'SIGNED', method: 'POST', body: '{}', headers: json, signViewer: 'false' });
      assert.match(String(sent[0]?.headers?.authorization), /oauth_body_hash="/);
      assert.equal(new URL(sent[0]!.url).searchParams.has('opensocial_viewer_id'), false);
      await ask({ authorization: 'SIGNED', method: 'POST', body: 'b=2&a=%20' });
      assert.doesNotMatch(String(sent[0]?.headers?.authorization), /oauth_body_hash/);
      assert.equal(String(sent[0]?.body), 'b=2&a=%20');
    });

    it('go to a service provider only where its record allows requests without a user’s token', async () => {
      const { serviceProviders } = container.accounts.storage;
      const url = 'https://linked.example/rest/api/2/issue';
      const linked = aServiceProvider({ name: 'Linked', secret: null, baseUrl: 'https://linked.example' });
      await serviceProviders.add(linked, anEvent());
      const refused = await ask({ url, authorization: 'SIGNED', method: 'POST' });
      assert.deepEqual([refused.rc, sent.length], [403, 0]);
      assert.match(String(refused.errors), /https:\/\/linked\.example .* Use OAUTH/);
      const open = { ...linked, twoLegged: 'empty-token', updatedAt: linked.updatedAt + 1 } as const;
      assert.equal(await serviceProviders.update('Linked', open, linked.updatedAt, anEvent()), 'done');
      assert.equal((await ask({ url, authorization: 'SIGNED' })).rc, 200);
      const narrow = { ...open, allowedPaths: ['/rest/api/*'], updatedAt: open.updatedAt + 1 };
      assert.equal(await serviceProviders.update('Linked', narrow, open.updatedAt, anEvent()), 'done');
      assert.equal((await ask({ url, authorization: 'SIGNED' })).rc, 403);
    });

    for (const fields of [
      { url: 'https://data.example/?opensocial_viewer_id=root' },
      { url: 'https://data.example/?oauth_token=x' },
      { method: 'POST', body: 'xoauth_requestor_id=root' },
      { url: 'https://data.example/?a=%zz' },
    ]) {
      it(`are not made with ${fields.url ?? fields.body}`, async () => {
        assert.equal((await ask({ authorization: 'SIGNED', ...fields })).rc, 400);
        assert.equal(sent.length, 0);
      });
    }
  });

  describe('with the viewer’s token', () => {
    it('are handed on with what was pinned, and answered with the notice beside', async () => {
      authorized = {
        kind: 'answer',
        provider: 'Tracker',
        status: 200,
        headers: {},
        body: Buffer.from('[]'),
        approvalUrl: null,
        notice: null,
      };
      const one = await ask({ authorization: 'OAUTH', serviceName: 'tracker', useToken: 'if_available' });
      assert.deepEqual([one.rc, one.body, one.notice], [200, '[]', { state: 'ok', provider: 'Tracker' }]);
      const [request] = asked;
      assert.equal(request?.viewer.user.name, 'alice');
      assert.equal(request?.gadget.specUrl, specUrlOf('one'));
      assert.deepEqual([request?.serviceName, request?.useToken], ['tracker', 'if_available']);
    });

    it('lead to the approval', async () => {
      const notice = {
        state: 'needs-approval',
        provider: 'Tracker',
        text: 'x',
        approvalUrl: '/w/a',
        inspectUrl: null,
        hasContent: false,
      } as const;
      authorized = { kind: 'refused', approvalUrl: '/w/a', oauthError: null, oauthErrorText: null, notice };
      const one = await ask({ authorization: 'OAUTH' });
      assert.deepEqual(
        [one.oauthApprovalUrl, one.notice, one.body],
        ['https://wiki.example/w/a', notice, ''],
      );
    });
  });

  describe('are made for one gadget of one viewer', () => {
    it('and for no other viewer, session, or without the form token', async () => {
      const token = await tokenOf(alice, 'one');
      assert.equal((await ask({}, { browser: bob, token })).rc, 403);
      assert.equal((await ask({}, { browser: await newBrowser('alice'), token })).rc, 403);
      const without = await alice.post(
        '/w/gadgets/makeRequest',
        { token, request: '{}' },
        { withoutToken: true },
      );
      assert.equal(without.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(sent.length, 0);
      const foreign = await alice.post(
        '/w/gadgets/makeRequest',
        { token, request: '{}' },
        {
          headers: {
            origin: 'null',
            'sec-fetch-site': 'cross-site',
            'content-type': 'application/x-www-form-urlencoded',
          },
        },
      );
      assert.equal(foreign.status, 403);
    });

    it('which the token says, and not the request', async () => {
      authorized = { ...authorized, kind: 'refused' } as AuthorizedAnswer;
      await ask(
        { authorization: 'OAUTH', specUrl: specUrlOf('two') },
        { token: await tokenOf(alice, 'two') },
      );
      assert.equal(asked.at(-1)?.gadget.specUrl, specUrlOf('two'));
      assert.equal(asked.at(-1)?.moduleId, 'two');
    });

    it('with a token that nobody altered', async () => {
      const token = await tokenOf(alice, 'one');
      const [payload = '', mac = ''] = token.split('.');
      const other = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('one', 'two')).toString(
        'base64url',
      );
      for (const forged of [`${other}.${mac}`, payload, '', `${payload}.`, 'x'.repeat(9000)]) {
        assert.equal((await ask({}, { token: forged === '' ? 'none' : forged })).rc, 403);
      }
    });

    it('until the token ends, and it is renewed for the same', async () => {
      const token = await tokenOf(alice, 'one');
      container.accounts.clock.advance(3600);
      const stale = await ask({}, { token });
      assert.deepEqual([stale.rc, stale.isStale], [401, true]);
      const renewed = await ask({}, { token, path: '/w/gadgets/token' });
      assert.equal((await ask({}, { token: renewed.token ?? '' })).rc, 200);
      assert.equal((await ask({}, { browser: bob, token, path: '/w/gadgets/token' })).rc, 403);
    });

    it('and end at once when it is taken out of the directory', async () => {
      const token = await tokenOf(alice, 'two');
      await container.accounts.storage.gadgets.remove('id two', anEvent());
      assert.equal((await ask({}, { token })).rc, 410);
      assert.equal((await ask({}, { token, path: '/w/gadgets/token' })).rc, 410);
      assert.equal((await alice.get(`/w/gadgets/ifr?dashboard=${DASHBOARD}&module=two`)).status, 404);
    });

    it('and are bounded', async () => {
      const token = await tokenOf(bob, 'one');
      let limited = 0;
      for (let count = 0; count < 310; count += 1) {
        const one = await ask(
          { url: 'https://data.example/kept', refreshSeconds: '9999' },
          { browser: bob, token },
        );
        if (one.rc === 429) limited += 1;
      }
      assert.ok(limited > 0);
      assert.equal((await ask({})).rc, 200);
    });
  });
});
