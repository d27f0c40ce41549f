import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  ask,
  type Got,
  type ProxyUnderTest,
  refusal,
  SECRETS,
  startProxyUnderTest,
} from '../../test/support/foreign-provider.ts';
import { Secret } from '../base/index.ts';

let proxy: ProxyUnderTest;
let key: string;
beforeEach(async () => {
  proxy = await startProxyUnderTest();
  key = await proxy.key();
});
afterEach(() => proxy.close());

type Init = Parameters<typeof ask>[2] & object;

function send(path: string, init: Init = {}): Promise<Got> {
  return ask(proxy, `Photo%20Store${path}`, { ...init, headers: { 'x-api-key': key, ...init.headers } });
}

/** A conversation in which each part of the body is sent when the one before has come back. */
async function openSocket(requestLine: string, apiKey: string) {
  const socket = connect(proxy.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  socket.write(
    `${requestLine} HTTP/1.1\r\nHost: wiki.example\r\nX-Api-Key: ${apiKey}\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  return {
    write: (text: string) => socket.write(text),
    end: () => socket.destroy(),
    async until(text: string): Promise<string> {
      while (!heard.includes(text)) await once(socket, 'data');
      return heard;
    },
  };
}

function expired(problem = 'token_expired') {
  return { 'www-authenticate': `OAuth realm="x", oauth_problem="${problem}"` };
}

describe('a request through the signing proxy', () => {
  it('is signed with the user’s token, and reaches the path below the base URL as it was sent', async () => {
    await send('/albums;v=1/caf%C3%A9?a=b%20c&d');
    const [{ target, headers }] = proxy.seen as [(typeof proxy.seen)[0]];
    assert.equal(target, '/api/albums;v=1/caf%C3%A9?a=b%20c&d');
    assert.match(headers.authorization ?? '', /^OAuth .*oauth_token="token-of-alice".*oauth_signature="/);
  });

  it('reaches the base URL itself without a path', async () => {
    await send('');
    await send('/');
    assert.deepEqual(
      proxy.seen.map(({ target }) => target),
      ['/api', '/api/'],
    );
  });

  it('carries any method with its body', async () => {
    await send('/a', { method: 'PUT', body: '{"a":1}', headers: { 'content-type': 'application/json' } });
    await send('/a', { method: 'DELETE' });
    assert.deepEqual(
      proxy.seen.map(({ method, body }) => [method, body]),
      [
        ['PUT', '{"a":1}'],
        ['DELETE', ''],
      ],
    );
    assert.match(proxy.seen[0]!.headers.authorization!, /oauth_body_hash=/);
  });

  it('signs a form’s fields, and sends them as they were signed', async () => {
    await proxy.addProvider({ sendsBodyHash: false });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await send('/a', { method: 'POST', body: 'status=it%27s+fine', headers });
    assert.equal(proxy.seen[0]!.body, 'status=it%27s%20fine');
  });

  it('has no form of so many fields that signing it would stop the server', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'a&'.repeat(200_000);
    const got = await send('/a', { method: 'POST', body, headers });
    assert.deepEqual([got.status, proxy.seen], [413, []]);
  });

  it('streams a body that the signature does not cover, both ways', async () => {
    await proxy.addProvider({ sendsBodyHash: false });
    proxy.streamWith((request, response) => void request.pipe(response));
    const socket = await openSocket(`POST /oauth/out/Photo%20Store/echo`, key);
    socket.write('5\r\nfirst\r\n');
    assert.match(await socket.until('first'), /^HTTP\/1.1 200 /);
    socket.write('6\r\nsecond\r\n0\r\n\r\n');
    assert.match(await socket.until('second'), /5\r\nfirst\r\n/);
    socket.end();
  });

  it('asks without a user where the provider takes it and the caller says so', async () => {
    const twoLegged = { 'x-countersign-two-legged': 'true' };
    assert.equal(refusal(await send('/a', { headers: twoLegged })).error, 'two-legged-off');
    await proxy.addProvider({ twoLegged: 'no-token' });
    await send('/a', { headers: twoLegged });
    assert.doesNotMatch(proxy.seen[0]!.headers.authorization!, /oauth_token/);
    assert.equal(proxy.seen[0]!.headers['x-countersign-two-legged'], undefined);
  });

  it('goes nowhere that the provider’s record does not allow', async () => {
    await proxy.addProvider({ allowedMethods: ['GET'], allowedPaths: ['/albums/**'] });
    const refused: [path: string, init: Init, status: number, code: string][] = [
      ['/albums/1', { method: 'POST' }, 405, 'method-not-allowed'],
      ['/users/1', {}, 403, 'path-not-allowed'],
      ['/albums/../users/1', {}, 400, 'address-malformed'],
      ['/albums/%2e%2e/users/1', {}, 400, 'address-malformed'],
      ['/albums//1', {}, 400, 'address-malformed'],
      ['/albums/..%2fusers', {}, 400, 'address-malformed'],
      ['/albums/1?oauth_token=other', {}, 400, 'protocol-parameter'],
      ['@evil.example/', {}, 404, 'unknown-provider'],
    ];
    for (const [path, init, status, code] of refused) {
      const got = await send(path, init);
      assert.deepEqual([got.status, refusal(got).error], [status, code], path);
    }
    assert.deepEqual(proxy.seen, []);
    assert.equal((await send('/albums/1')).status, 200);
  });

  it('opens no connection to a private address that is not listed', async () => {
    await proxy.close();
    proxy = await startProxyUnderTest({ allow: false });
    key = await proxy.key();
    const got = await send('/a');
    assert.deepEqual([got.status, refusal(got).error], [502, 'provider-unreachable']);
    assert.deepEqual(proxy.seen, []);
  });

  it('takes neither our cookie, nor the API key, nor anything about the caller along', async () => {
    await send('/a', {
      headers: {
        cookie: 'countersign=session; theirs=1',
        x_api_key: key,
        origin: 'http://wiki.example',
        referer: 'http://wiki.example/pages/secret',
        forwarded: 'for=10.0.0.1',
        'x-forwarded-for': '10.0.0.1',
        'x-http-method-override': 'DELETE',
        'x-countersign-assertion': 'x',
        'sec-fetch-site': 'same-origin',
        connection: 'x-private',
        'x-private': '1',
        accept: 'application/json',
        'x-who': 'somebody',
        x_who: 'somebody',
        'x-kept': 'yes',
      },
    });
    const { headers } = proxy.seen[0]!;
    assert.deepEqual(Object.keys(headers).sort(), [
      'accept',
      'authorization',
      'connection',
      'host',
      'user-agent',
      'x-kept',
    ]);
    assert.ok(!inspect(headers).includes(key));
  });
});

describe('an answer through the signing proxy', () => {
  it('comes as it is, and is kept from acting as one of our pages', async () => {
    proxy.answerWith((_request, response) => {
      response.writeHead(418, {
        'content-type': 'text/html',
        'x-rate-limit': '9',
        'set-cookie': 'countersign=stolen',
        'cache-control': 'public, max-age=9999',
        'content-security-policy': 'default-src *',
        'access-control-allow-origin': '*',
        'strict-transport-security': 'max-age=1',
        'clear-site-data': '"*"',
        'service-worker-allowed': '/',
        'sec-session-registration': '(ES256);path="/x"',
        'speculation-rules': '"/rules.json"',
        'set-login': 'logged-in',
        'use-as-dictionary': 'match="/*"',
        'x-accel-redirect': '/internal/passwd',
        'x-sendfile': '/etc/passwd',
        'x-countersign-error': 'approval-needed',
      });
      response.end('<script>alert(1)</script>');
    });
    const { status, headers, body } = await send('/a');
    assert.deepEqual([status, body], [418, '<script>alert(1)</script>']);
    assert.equal(headers['x-rate-limit'], '9');
    assert.equal(headers['content-security-policy'], "sandbox; default-src 'none'");
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    for (const name of [
      'set-cookie',
      'access-control-allow-origin',
      'strict-transport-security',
      'clear-site-data',
      'service-worker-allowed',
      'sec-session-registration',
      'speculation-rules',
      'set-login',
      'use-as-dictionary',
      'x-accel-redirect',
      'x-sendfile',
      'x-countersign-error',
    ]) {
      assert.equal(headers[name], undefined, name);
    }
  });

  it('keeps a redirect within the provider on the way through here, and has no other one followed', async () => {
    const locations: [location: string, local: string | undefined, foreign: string | undefined][] = [
      ['/api/b?c=d&oauth_token=t', '/oauth/out/Photo%20Store/b?c=d', undefined],
      ['/elsewhere', undefined, '/elsewhere'],
      ['https://evil.example/', undefined, 'https://evil.example/'],
    ];
    for (const [location, local, foreign] of locations) {
      proxy.answerWith((_request, response) => void response.writeHead(302, { location }).end());
      const { status, headers } = await send('/a');
      assert.equal(status, 302);
      assert.deepEqual([headers.location, headers['x-countersign-location']], [local, foreign]);
    }
  });

  it('never asks the caller for a password, and passes a plain 401 on', async () => {
    proxy.answerWith((_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Countersign"' }).end('no');
    });
    const { status, headers, body } = await send('/a');
    assert.deepEqual([status, body, headers['www-authenticate']], [401, 'no', undefined]);
  });

  it('says in words what a provider finds wrong with our signature, and that it is not the caller’s key', async () => {
    const problems: [problem: string, status: number, words: RegExp][] = [
      ['signature_invalid', 502, /secret or public key on both sides/],
      ['timestamp_refused', 502, /clock/],
      ['permission_denied', 403, /does not reach that far/],
    ];
    for (const [problem, status, words] of problems) {
      proxy.answerWith((_request, response) => void response.writeHead(401, expired(problem)).end());
      const got = await send('/a');
      assert.equal(got.status, status);
      assert.equal(refusal(got).problem, problem);
      assert.match(refusal(got).message!, words);
    }
    assert.equal(proxy.seen.length, 3);
  });

  it('leads back to “Login & approve” when the token is dead', async () => {
    proxy.answerWith((_request, response) => void response.writeHead(401, expired('token_revoked')).end());
    const got = await send('/a');
    assert.deepEqual([got.status, refusal(got).problem], [409, 'token_revoked']);
    assert.equal((await send('/a')).status, 409);
    assert.equal(proxy.seen.length, 1);
  });

  it('is a 504 when the provider is slow and a 502 when it is not there', async () => {
    await proxy.close();
    proxy = await startProxyUnderTest({ timeoutMs: 200 });
    key = await proxy.key();
    proxy.answerWith(() => {});
    const slow = await send('/a');
    assert.deepEqual([slow.status, refusal(slow).error], [504, 'provider-slow']);
    proxy.answerWith((request) => request.socket.destroy());
    const lost = await send('/a', { method: 'POST' });
    assert.deepEqual([lost.status, refusal(lost).error], [502, 'provider-unreachable']);
  });

  it('is asked for once more after a lost connection, if the request has no effect, and signed anew', async () => {
    for (const [method, times] of [
      ['GET', 2],
      ['POST', 1],
    ] as const) {
      proxy.seen.length = 0;
      proxy.answerWith((request, response) => {
        if (proxy.seen.length === 1) request.socket.destroy();
        else response.end('data');
      });
      await send('/a', { method });
      const nonces = proxy.seen.map(({ headers }) => /oauth_nonce="(\w+)"/.exec(headers.authorization!)?.[1]);
      assert.equal(new Set(nonces).size, times, method);
    }
  });

  it('never looks whole when it is not', async () => {
    proxy.answerWith((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => request.socket.destroy(), 20);
    });
    await assert.rejects(send('/a'));
    while (proxy.logged.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal((proxy.logged[0] as { code?: string }).code, 'UND_ERR_SOCKET');
  });

  it('never looks whole when it broke off before anything of it was handed on', async () => {
    const { connections } = proxy.world.storage;
    const broken = Promise.withResolvers<void>();
    connections.noteUse = () => broken.promise;
    proxy.answerWith((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => request.socket.destroy(), 20);
      // What breaks off is noticed in a turn of the event loop that comes after the connection is gone.
      request.socket.once('close', () => setTimeout(broken.resolve, 50));
    });
    await assert.rejects(send('/a'));
    while (proxy.logged.length === 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('holds no secret, and neither does the log', async () => {
    const got: Got[] = [];
    for (const problem of ['signature_invalid', 'token_rejected']) {
      proxy.answerWith((_request, response) => void response.writeHead(401, expired(problem)).end());
      got.push(await send(`/a?mine=${problem}`));
    }
    const told = inspect([got, proxy.logged], { depth: 20 });
    for (const secret of [...SECRETS, key]) assert.ok(!told.includes(secret), secret);
  });
});

describe('a token that ends on the way', () => {
  const HANDLE = { sessionHandle: new Secret('handle-of-alice'), expiresAt: null };

  async function withHandle(): Promise<void> {
    const { connections } = proxy.world.storage;
    const connection = (await connections.findFor('alice', 'Photo Store', null))!;
    const event = {
      at: 0,
      actor: 'alice',
      action: 'connection.add',
      object: '',
      before: null,
      after: null,
      note: null,
    } as const;
    await connections.save({ ...connection, ...HANDLE }, event);
  }

  /** Refuses the first token as expired, renews it, takes the second. */
  const renewing: RequestListener = (request, response) => {
    const isFirst = /oauth_token="token-of-alice"/.test(request.headers.authorization ?? '');
    if (request.url === '/oauth/access-token') {
      response.end('oauth_token=second&oauth_token_secret=other&oauth_session_handle=next');
    } else if (isFirst) {
      response.writeHead(401, expired()).end();
    } else {
      response.end('data');
    }
  };

  it('is renewed once, and the request repeated with a held body', async () => {
    await withHandle();
    proxy.answerWith(renewing);
    const headers = { 'content-type': 'application/json' };
    const got = await send('/a', { method: 'POST', body: '{"a":1}', headers });
    assert.deepEqual([got.status, got.body], [200, 'data']);
    const bodies = proxy.seen.filter(({ target }) => target === '/api/a').map(({ body }) => body);
    assert.deepEqual(bodies, ['{"a":1}', '{"a":1}']);
    const renewals = proxy.seen.filter(({ target }) => target === '/oauth/access-token');
    assert.equal(renewals.length, 1);
  });

  it('is renewed, and the caller asked to send a streamed body again', async () => {
    await proxy.addProvider({ sendsBodyHash: false });
    await withHandle();
    proxy.answerWith(renewing);
    const got = await send('/a', { method: 'POST', body: 'streamed' });
    assert.deepEqual(
      [got.status, refusal(got).error, got.headers['retry-after']],
      [503, 'token-renewed', '1'],
    );
    const again = await send('/a', { method: 'POST', body: 'streamed' });
    assert.deepEqual([again.status, proxy.seen.at(-1)!.body], [200, 'streamed']);
  });
});
