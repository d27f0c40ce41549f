import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { StorageUnavailable } from '../model/index.ts';
import { Problem } from '../oauth/index.ts';
import { sendFailure, sendForm, sendJson, sendMethodNotAllowed } from './problem-response.ts';
import { WireRefused } from './wire-refused.ts';

const asked = { requestId: 'request-1', realm: 'https://tracker.example' };
const logged: unknown[] = [];
let origin = '';
let server: Server;

before(async () => {
  server = createServer((request, response) => {
    const fail = (error: unknown) => sendFailure(response, asked, error, (unknown) => logged.push(unknown));
    switch (request.url) {
      case '/form':
        return sendForm(response, asked, 200, [['oauth_token', 'a b&']]);
      case '/json':
        return sendJson(response, asked, 200, { a: 1 });
      case '/method':
        return sendMethodNotAllowed(response, asked, ['GET', 'POST']);
      case '/400':
        return fail(new Problem('parameter_absent', { absent: ['oauth_nonce'] }));
      case '/401':
        return fail(new Problem('signature_invalid', { detail: 'never told' }));
      case '/429':
        return fail(new Problem('consumer_key_refused', { retryAfterSeconds: 7 }));
      case '/421':
        return fail(new WireRefused(421, 'Use another address.'));
      case '/413':
        return fail(new WireRefused(413, 'Too large.'));
      case '/503':
        return fail(new StorageUnavailable('disk full at /secret/path'));
      case '/half':
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('half');
        return fail(new Error('late'));
      default:
        return fail(new Error('secret detail'));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

async function ask(path: string) {
  const response = await fetch(origin + path);
  assert.equal(response.headers.get('x-request-id'), 'request-1');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe('short answers', () => {
  it('of token endpoints are forms', async () => {
    const { headers, body } = await ask('/form');
    assert.equal(headers.get('content-type'), 'application/x-www-form-urlencoded');
    assert.equal(body, 'oauth_token=a%20b%26');
  });

  it('are JSON where asked for', async () => {
    assert.deepEqual(JSON.parse((await ask('/json')).body), { a: 1 });
  });

  it('to a wrong method name the right ones', async () => {
    const { status, headers } = await ask('/method');
    assert.deepEqual([status, headers.get('allow')], [405, 'GET, POST']);
  });
});

describe('failures', () => {
  it('of OAuth tell the problem in the body and in the challenge, and link to its page', async () => {
    for (const [path, code] of [
      ['/400', 'parameter_absent'],
      ['/401', 'signature_invalid'],
    ]) {
      const { status, headers, body } = await ask(path!);
      assert.equal(status, Number(path!.slice(1)));
      assert.equal(headers.get('content-type'), 'application/x-www-form-urlencoded');
      assert.equal(new URLSearchParams(body).get('oauth_problem'), code);
      const challenge = headers.get('www-authenticate') ?? '';
      assert.ok(
        challenge.startsWith('OAuth realm="https://tracker.example"') &&
          challenge.includes(`oauth_problem="${code}"`),
      );
      assert.doesNotMatch(body + challenge, /never told/);
      const page = `https://tracker.example/oauth/problems/${code}`;
      assert.equal(headers.get('link'), `<${page}>; rel="help"`);
    }
  });

  it('of limits say when to come back', async () => {
    const { status, headers } = await ask('/429');
    assert.deepEqual([status, headers.get('retry-after')], [429, '7']);
  });

  it('of the request itself are told in a sentence, and end the connection where its framing is in doubt', async () => {
    const misdirected = await ask('/421');
    assert.equal(misdirected.body, 'Use another address.\n');
    assert.notEqual(misdirected.headers.get('connection'), 'close');
    const large = await ask('/413');
    assert.deepEqual([large.status, large.headers.get('connection')], [413, 'close']);
  });

  it('of storage are a 503 with a time to wait, and the log hears of them', async () => {
    const { status, headers, body } = await ask('/503');
    assert.deepEqual([status, headers.get('retry-after')], [503, '2']);
    assert.doesNotMatch(body, /disk full|secret/);
    assert.ok(logged.at(-1) instanceof StorageUnavailable);
  });

  it('that nobody foresaw are one generic 500 that tells nothing but the number', async () => {
    const { status, body } = await ask('/unknown');
    assert.equal(status, 500);
    assert.match(body, /request-1/);
    assert.doesNotMatch(body, /secret/);
    assert.equal((logged.at(-1) as Error).message, 'secret detail');
  });

  it('in the middle of an answer cut the connection', async () => {
    await assert.rejects(fetch(`${origin}/half`).then((response) => response.text()));
    assert.equal((logged.at(-1) as Error).message, 'late');
  });
});
