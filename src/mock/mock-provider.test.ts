import assert from 'node:assert/strict';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, afterEach, before, describe, it } from 'node:test';
import { type SigningInput, signRequest } from '../oauth/index.ts';
import { createMockProvider, FaultRefused, type MockProvider } from './index.ts';

/** The parts of the npm package `oauth` that are used here; it has no types of its own. */
interface ForeignError {
  readonly statusCode?: number;
  readonly data?: unknown;
}
type TokenCallback = (error: ForeignError | null, token: string, secret: string) => void;
interface ForeignClient {
  getOAuthRequestToken(callback: TokenCallback): void;
  getOAuthAccessToken(token: string, secret: string, verifier: string, callback: TokenCallback): void;
  get(
    url: string,
    token: string,
    secret: string,
    callback: (error: ForeignError | null, data: unknown, response?: { readonly statusCode: number }) => void,
  ): void;
}
const { OAuth } = createRequire(import.meta.url)('oauth') as {
  OAuth: new (...facts: string[]) => ForeignClient;
};

let mock: MockProvider;
before(async () => {
  mock = await createMockProvider();
});
afterEach(() => mock.reset());
after(() => mock.close());

/** A client made with the npm package `oauth`, as most tests that use a mock have one. */
function client(callback = 'http://127.0.0.1:9/callback') {
  const { requestTokenUrl, accessTokenUrl, consumerKey, consumerSecret } = mock;
  return new OAuth(
    requestTokenUrl,
    accessTokenUrl,
    consumerKey,
    consumerSecret,
    '1.0A',
    callback,
    'HMAC-SHA1',
  );
}

type Answer = { readonly status: number; readonly body: string };

function get(url: string, token = mock.accessToken, secret = mock.accessTokenSecret): Promise<Answer> {
  return new Promise((resolve, reject) => {
    client().get(url, token, secret, (error, data, response) => {
      if (error === null) resolve({ status: response?.statusCode ?? 0, body: String(data) });
      else if (error.statusCode !== undefined)
        resolve({ status: error.statusCode, body: String(error.data) });
      else reject(error);
    });
  });
}

function requestToken(callback?: string): Promise<{ token: string; secret: string }> {
  return new Promise((resolve, reject) => {
    client(callback).getOAuthRequestToken((error, token, secret) =>
      error === null ? resolve({ token, secret }) : reject(new Error(String(error.data))),
    );
  });
}

async function dance(query = ''): Promise<Answer> {
  const { token, secret } = await requestToken();
  const approval = await fetch(`${mock.authorizeUrl}?oauth_token=${token}${query}`, { redirect: 'manual' });
  const verifier = new URL(approval.headers.get('location') ?? '').searchParams.get('oauth_verifier') ?? '';
  const access = await new Promise<{ token: string; secret: string }>((resolve, reject) => {
    client().getOAuthAccessToken(token, secret, verifier, (error, accessToken, accessSecret) =>
      error === null
        ? resolve({ token: accessToken, secret: accessSecret })
        : reject(new Error(String(error.data))),
    );
  });
  return get(mock.whoamiUrl, access.token, access.secret);
}

describe('a mock provider', () => {
  it('performs the whole dance with a foreign library, without a person', async () => {
    const { status, body } = await dance();
    assert.equal(status, 200);
    assert.equal(JSON.parse(body).user, 'alice');
    assert.equal(JSON.parse((await dance('&mock_user=bob')).body).user, 'bob');
  });

  it('denies when it is asked to', async () => {
    await assert.rejects(dance('&mock_decision=deny'), /permission_denied|token_rejected/);
  });

  it('tells the verifier to a client without a callback', async () => {
    const { token } = await requestToken('oob');
    const answer = await fetch(`${mock.authorizeUrl}?oauth_token=${token}`);
    assert.match(((await answer.json()) as { oauth_verifier: string }).oauth_verifier, /^[0-9A-Z]{8}$/);
  });

  it('has an access token that needs no dance, and echoes what is signed with it', async () => {
    const { status, body } = await get(`${mock.url}/rest/issues?label=a%20b`);
    assert.equal(status, 200);
    const { path, query, user, consumer } = JSON.parse(body);
    assert.deepEqual(
      [path, query, user, consumer],
      ['/rest/issues', 'label=a%20b', 'alice', mock.consumerKey],
    );
  });

  it('has a consumer with a known RSA key', async () => {
    const signed = signRequest(rsaInput(createPrivateKey(mock.rsaPrivateKey)));
    const answer = await fetch(signed.url, { headers: { authorization: signed.authorization ?? '' } });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { consumer: string }).consumer, mock.rsaConsumerKey);
  });

  it('refuses what a provider refuses, and says why', async () => {
    const { status, body } = await get(`${mock.url}/rest`, mock.accessToken, 'another secret');
    assert.equal(status, 401);
    assert.match(body, /signature_invalid/);
    const explanation = await mock.explainLastRefusal();
    assert.equal(explanation?.problem, 'signature_invalid');
    assert.equal(explanation?.requestId, mock.requests.at(-1)?.requestId);
  });

  it('explains a refused form as well', async () => {
    const answer = await fetch(`${mock.url}/rest`, {
      method: 'POST',
      body: new URLSearchParams({
        oauth_consumer_key: mock.consumerKey,
        oauth_token: mock.accessToken,
        oauth_signature_method: 'HMAC-SHA1',
        oauth_timestamp: String(Math.floor(Date.now() / 1000)),
        oauth_nonce: 'form',
        oauth_signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
        summary: 'snow',
      }),
    });
    assert.equal(answer.status, 401);
    const explanation = await mock.explainLastRefusal();
    assert.match(explanation?.baseString.ours ?? '', /summary%3Dsnow/);
  });

  it('may be reached under another name, which is what clients then sign', async () => {
    const named = await createMockProvider({ publicUrl: 'http://mock.test:9000/' });
    assert.equal(named.requestTokenUrl, 'http://mock.test:9000/oauth/request-token');
    await named.close();
  });

  it('remembers the requests it answered', async () => {
    await get(`${mock.url}/rest/one`);
    const [{ method, target, status, problem }] = mock.requests as [(typeof mock.requests)[number]];
    assert.deepEqual(
      { method, target, status, problem },
      { method: 'GET', target: '/rest/one', status: 200, problem: null },
    );
  });
});

describe('a fault', () => {
  it('happens to as many of the next requests as ordered', async () => {
    mock.failNext('nonce_used', 2);
    const statuses = [await get(mock.whoamiUrl), await get(mock.whoamiUrl), await get(mock.whoamiUrl)];
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [401, 401, 200],
    );
    assert.match(statuses[0]!.body, /oauth_problem=nonce_used/);
  });

  it('happens at the one address it is limited to', async () => {
    mock.failNext('token_expired@access-token');
    assert.equal((await get(mock.whoamiUrl)).status, 200);
    await assert.rejects(dance(), /token_expired/);
    assert.equal((await dance()).status, 200);
  });

  it('is ordered by a request for itself, in a header or in the query', async () => {
    const url = `${mock.url}/rest?X-Mock-Fault=permission_denied`;
    assert.match((await get(url)).body, /permission_denied/);
    const answer = await fetch(mock.whoamiUrl, { headers: { 'X-Mock-Fault': 'status:503' } });
    assert.equal(answer.status, 503);
    const wrong = await fetch(mock.whoamiUrl, { headers: { 'X-Mock-Fault': 'catastrophe' } });
    assert.equal(wrong.status, 400);
    assert.match(await wrong.text(), /is no fault/);
  });

  it('can be slowness, nonsense, a cut connection, or a clock that is wrong', async () => {
    mock.failNext('slow:60');
    const startedAt = performance.now();
    assert.equal((await get(mock.whoamiUrl)).status, 200);
    assert.ok(performance.now() - startedAt >= 55);
    mock.failNext('malformed');
    const { status, body } = await get(mock.whoamiUrl);
    assert.equal(status, 200);
    assert.throws(() => JSON.parse(body));
    mock.failNext('drop');
    await assert.rejects(get(mock.whoamiUrl));
    assert.equal(mock.requests.at(-1)?.status, 0);
    mock.failNext('skew:-900');
    assert.match((await get(mock.whoamiUrl)).body, /timestamp_refused/);
    assert.equal((await mock.explainLastRefusal())?.problem, 'timestamp_refused');
  });

  it('stands from the start when it is an option, until it is taken back', async () => {
    const faulty = await createMockProvider({ faults: ['token_revoked@resource'], clockSkewSeconds: 0 });
    const challenge = await fetch(faulty.whoamiUrl);
    assert.match(await challenge.text(), /token_revoked/);
    faulty.reset();
    assert.equal((await fetch(faulty.whoamiUrl)).status, 401);
    await faulty.close();
  });

  it('must be one that there is', async () => {
    for (const wrong of ['', 'nonce', 'slow', 'slow:-1', 'status:200', 'drop@home', 'constructor']) {
      await assert.rejects(createMockProvider({ faults: [wrong] }), FaultRefused, wrong);
    }
  });
});

function rsaInput(key: KeyObject): SigningInput {
  return {
    method: 'GET',
    url: mock.whoamiUrl,
    consumerKey: mock.rsaConsumerKey,
    key: { kind: 'private-key', key },
    signatureMethod: 'RSA-SHA256',
    timestamp: Math.floor(Date.now() / 1000),
    nonce: 'one',
    token: '',
  };
}
