import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BEGINNING, CLI_SECRET, createProviderWorld } from '../../test/support/provider-world.ts';
import { refusedAs } from '../../test/support/refused-as.ts';
import { tokenHash } from '../model/index.ts';
import { issueRequestToken } from './index.ts';

const PATH = '/oauth/request-token';
const CALLBACK = 'https://app.example/back';

describe('RFC 5849 s2.1 temporary credentials', () => {
  it('are issued to a registered consumer, alphanumeric and at least 32 long', async () => {
    const { context, request } = await createProviderWorld();
    const issued = await issueRequestToken(context, request('wiki', PATH, { callback: CALLBACK }));
    assert.match(issued.token, /^[A-Za-z0-9]{32,}$/);
    assert.match(issued.secret.reveal(), /^[A-Za-z0-9]{32,}$/);
    assert.equal(issued.callbackConfirmed, true);
  });

  it('are stored under their digest, with the callback and a life of ten minutes', async () => {
    const { context, request } = await createProviderWorld();
    const { token } = await issueRequestToken(context, request('wiki', PATH, { callback: CALLBACK }));
    assert.equal(await context.storage.requestTokens.find(token), null);
    const stored = await context.storage.requestTokens.find(tokenHash(token));
    assert.equal(stored?.callback, CALLBACK);
    assert.equal(stored?.expiresAt, BEGINNING + 1000 + 600);
    assert.equal(stored?.userName, null);
  });

  it('are refused with the names of what is missing, among which there is no oauth_token', async () => {
    const { context, request } = await createProviderWorld();
    const bare = request('wiki', PATH, {
      tamper: (sent) => ({ ...sent, authorization: ['OAuth oauth_consumer_key="wiki"'] }),
    });
    await assert.rejects(issueRequestToken(context, bare), (error: unknown) => {
      const { absent } = (error as { particulars: { absent: string[] } }).particulars;
      assert.deepEqual(absent, [
        'oauth_signature_method',
        'oauth_signature',
        'oauth_timestamp',
        'oauth_nonce',
      ]);
      return refusedAs('parameter_absent')(error);
    });
  });

  for (const carrier of ['header', 'query', 'body'] as const) {
    it(`are issued for parameters in the ${carrier}`, async () => {
      const { context, request } = await createProviderWorld();
      const issued = await issueRequestToken(context, request('cli', PATH, { callback: 'oob', carrier }));
      assert.equal(issued.callbackConfirmed, true);
    });
  }

  it('are issued for an empty oauth_token, which some clients send, but not for a real one', async () => {
    const { context, request } = await createProviderWorld();
    await issueRequestToken(context, request('wiki', PATH, { callback: 'oob', token: '' }));
    const withToken = request('wiki', PATH, { callback: 'oob', token: 'T' });
    await assert.rejects(
      issueRequestToken(context, withToken),
      refusedAs('parameter_rejected', 'oauth_token'),
    );
  });

  for (const [callback, advice] of [
    ['', /empty/],
    ['/back', /absolute/],
    ['javascript:alert(1)', /https/],
    ['myapp://back', /https/],
    ['https://user:pass@app.example/back', /user name/],
    ['https://app.example/back#top', /fragment/],
    ['https://app.example\\@evil.example/', /backslash/],
    ['https://app.example/\r\nX: y', /control character/],
  ] as const) {
    it(`are refused for the callback ${JSON.stringify(callback)}, saying what is wrong`, async () => {
      const { context, request } = await createProviderWorld();
      await assert.rejects(
        issueRequestToken(context, request('wiki', PATH, { callback })),
        refusedAs('parameter_rejected', 'oauth_callback', advice),
      );
    });
  }

  it('are refused for a callback outside of the registered one', async () => {
    const { context, request, addConsumer } = await createProviderWorld();
    await addConsumer('wiki-strict', { callback: 'https://app.example/oauth' });
    await issueRequestToken(
      context,
      request('wiki-strict', PATH, { callback: 'https://app.example/oauth/back?x=1' }),
    );
    for (const callback of [
      'https://app.example/oauthevil',
      'https://evil.example/oauth',
      'http://app.example/oauth',
    ]) {
      await assert.rejects(
        issueRequestToken(context, request('wiki-strict', PATH, { callback })),
        refusedAs('parameter_rejected', 'oauth_callback'),
      );
    }
  });

  it('are issued for any port of a registered loopback callback', async () => {
    const { context, request, addConsumer } = await createProviderWorld();
    await addConsumer('wiki-native', { callback: 'http://127.0.0.1/cb' });
    const issued = await issueRequestToken(
      context,
      request('wiki-native', PATH, { callback: 'http://127.0.0.1:43210/cb' }),
    );
    assert.equal(issued.callbackConfirmed, true);
  });
});

describe('advisory 2009.1 session fixation', () => {
  it('refuses a request token without oauth_callback', async () => {
    const { context, request } = await createProviderWorld();
    await assert.rejects(
      issueRequestToken(context, request('wiki', PATH)),
      refusedAs('parameter_absent', 'oauth_callback'),
    );
  });

  it('lets a consumer that is marked legacy 1.0 leave it out, and then confirms no callback', async () => {
    const { context, request, addConsumer } = await createProviderWorld();
    await addConsumer('legacy', { secret: CLI_SECRET, legacy10: true });
    const issued = await issueRequestToken(context, request('legacy', PATH));
    assert.equal(issued.callbackConfirmed, false);
  });
});
