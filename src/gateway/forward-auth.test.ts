import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ALICE_COOKIE, acceptGood, alice } from '../../test/support/gateway-under-test.ts';
import { exchange } from '../../test/support/raw-wire.ts';
import { Problem } from '../oauth/index.ts';
import type { ProviderRequest } from '../provider/index.ts';
import { createWirePolicy, readWireRequest, sendFailure, unreadRequest } from '../web/index.ts';
import { createForwardAuth } from './forward-auth.ts';

const GOOD = 'Authorization: OAuth oauth_consumer_key="wiki", oauth_signature="good"';
const TRAEFIK = ['X-Forwarded-Method: GET', 'X-Forwarded-Uri: /rest/a?x=1'];
const NGINX = ['X-Original-Method: GET', 'X-Original-URI: /rest/a?x=1'];

describe('forward authentication', () => {
  const judged: ProviderRequest[] = [];
  const kept: [path: string, code: string][] = [];
  let trusting: Server;
  let wary: Server;

  before(async () => {
    trusting = await serve(['127.0.0.1'], judged, kept);
    wary = await serve([], judged, kept);
  });
  after(() => {
    for (const server of [trusting, wary]) server.close();
  });

  it('judges the request that Traefik and Caddy tell in X-Forwarded-Method and -Uri', async () => {
    const answer = await ask(trusting, 'GET /oauth/verify', [...TRAEFIK, GOOD]);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /\r\nX-Forwarded-User: alice%20%C3%BC\r\n/);
    assert.match(answer, /\r\nX-Countersign-Consumer: wiki%3A1234567890\r\n/);
    const { method, baseUri, query, path } = judged.at(-1) as ProviderRequest;
    assert.deepEqual(
      { method, baseUri, query, path },
      { method: 'GET', baseUri: 'http://gateway.example/rest/a', query: 'x=1', path: '/rest/a' },
    );
  });

  it('judges the request that nginx tells in X-Original-Method, and -URI or -URL', async () => {
    for (const told of [
      'X-Original-URI: /rest/a?x=1',
      'X-Original-URL: https://gateway.example/rest/a?x=1',
    ]) {
      const answer = await ask(trusting, 'GET /oauth/verify', ['X-Original-Method: DELETE', told, GOOD]);
      assert.match(answer, /^HTTP\/1\.1 200 /, told);
      assert.equal(judged.at(-1)?.baseUri, 'http://gateway.example/rest/a');
      assert.equal(judged.at(-1)?.method, 'DELETE');
    }
  });

  it('judges the request whose path Envoy adds to ours, with its body', async () => {
    const form = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 3'];
    const answer = await ask(trusting, 'POST /oauth/verify/rest/a?x=1', [...form, GOOD], 'b=2');
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.equal(judged.at(-1)?.baseUri, 'http://gateway.example/rest/a');
    assert.equal(Buffer.from(judged.at(-1)?.body ?? []).toString(), 'b=2');
  });

  it('says nobody by empty headers, which overwrite what a client sent', async () => {
    const answer = await ask(trusting, 'GET /oauth/verify/public/x', []);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    for (const name of ['X-Forwarded-User', 'X-Countersign-Consumer', 'X-Countersign-Token'])
      assert.match(answer, new RegExp(`\r\n${name}: ?\r\n`), name);
  });

  it('answers only listed proxies', async () => {
    const answer = await ask(wary, 'GET /oauth/verify', [...TRAEFIK, GOOD]);
    assert.match(answer, /^HTTP\/1\.1 403 [\s\S]*--trust-proxy/);
  });

  it('refuses a request that is told in two ways, twice, or by half', async () => {
    for (const [line, told] of [
      ['GET /oauth/verify', [...TRAEFIK, ...NGINX]],
      ['GET /oauth/verify', [...NGINX, 'X-Original-URI: /public/x']],
      ['GET /oauth/verify', [...NGINX, 'X-Original-URL: http://gateway.example/public/x']],
      ['GET /oauth/verify', ['X-Original-URI: /public/x']],
      ['GET /oauth/verify', ['X-Forwarded-Method: GET']],
      ['GET /oauth/verify', ['X-Forwarded-Method: get', 'X-Forwarded-Uri: /public/x']],
      ['GET /oauth/verify', ['X-Forwarded-Method: GET', 'X-Forwarded-Uri: http://elsewhere/public/x']],
      ['GET /oauth/verify', ['X-Forwarded-Method: GET', 'X-Forwarded-Uri: /public/x#y']],
      ['GET /oauth/verify', []],
      ['GET /oauth/verify/public/x', TRAEFIK],
      ['GET /oauth/verify/public/x', NGINX],
    ] as const) {
      assert.match(await ask(trusting, line, [...told]), /^HTTP\/1\.1 400 /, told.join());
    }
  });

  it('refuses what may cover a body that was not sent along', async () => {
    const form = 'Content-Type: application/x-www-form-urlencoded';
    const hash = `${GOOD}, oauth_body_hash="2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D"`;
    for (const headers of [[form, GOOD], [hash]]) {
      const told = ['X-Forwarded-Method: POST', 'X-Forwarded-Uri: /rest/a'];
      const answer = await ask(trusting, 'GET /oauth/verify', [...told, ...headers]);
      assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*parameter_rejected/, headers.join());
    }
    assert.match(await ask(trusting, 'GET /oauth/verify', [...TRAEFIK, form, GOOD]), /^HTTP\/1\.1 200 /);
  });

  it('tells whoever asks for body hashes that a body may be there', async () => {
    for (const [method, hasBody] of [
      ['POST', true],
      ['GET', false],
    ] as const) {
      const told = [`X-Forwarded-Method: ${method}`, 'X-Forwarded-Uri: /rest/a'];
      await ask(trusting, 'GET /oauth/verify', [...told, GOOD]);
      assert.equal(judged.at(-1)?.hasBody, hasBody, method);
    }
  });

  it('answers nginx in the statuses it knows, and others in their own', async () => {
    const bad = 'Authorization: OAuth oauth_signature="bad", oauth_version="9"';
    assert.match(await ask(trusting, 'GET /oauth/verify', [...NGINX, bad]), /^HTTP\/1\.1 401 /);
    assert.match(await ask(trusting, 'GET /oauth/verify', [...TRAEFIK, bad]), /^HTTP\/1\.1 400 /);
    const page = 'Accept: text/html';
    const login = '/oauth/login?next=%2Frest%2Fa%3Fx%3D1';
    const forNginx = await ask(trusting, 'GET /oauth/verify', [...NGINX, page]);
    assert.match(forNginx, /^HTTP\/1\.1 401 [\s\S]*\r\nWWW-Authenticate: OAuth /);
    assert.ok(forNginx.includes(`\r\nX-Countersign-Login: ${login}\r\n`));
    const forTraefik = await ask(trusting, 'GET /oauth/verify', [...TRAEFIK, page]);
    assert.match(forTraefik, /^HTTP\/1\.1 303 /);
    assert.ok(forTraefik.includes(`\r\nLocation: ${login}\r\n`));
  });

  it('lets a browser act as who logged in, unless another site’s page makes it change something', async () => {
    const cookie = `Cookie: ${ALICE_COOKIE}`;
    assert.match(await ask(trusting, 'GET /oauth/verify', [...TRAEFIK, cookie]), /X-Forwarded-User: alice/);
    const post = ['X-Forwarded-Method: POST', 'X-Forwarded-Uri: /rest/a', cookie];
    const foreign = 'Origin: http://elsewhere.example';
    assert.match(await ask(trusting, 'GET /oauth/verify', [...post, foreign]), /^HTTP\/1\.1 403 /);
    const own = 'Origin: http://gateway.example';
    assert.match(await ask(trusting, 'GET /oauth/verify', [...post, own]), /^HTTP\/1\.1 200 /);
  });

  it('keeps refusals under the original address', async () => {
    await ask(trusting, 'GET /oauth/verify', [...TRAEFIK, GOOD.replace('good', 'bad')]);
    assert.deepEqual(kept.at(-1), ['/rest/a', 'signature_invalid']);
  });
});

/** A server that has nothing but the address where proxies ask. */
async function serve(
  trustedProxies: readonly string[],
  judged: ProviderRequest[],
  kept: [string, string][],
): Promise<Server> {
  const publicUrl = new URL('http://gateway.example');
  const policy = createWirePolicy({ publicUrl, listenAddress: () => null, trustedProxies });
  const forwardAuth = createForwardAuth({
    publicPaths: ['/public/**'],
    findSession: async (cookie) => (cookie.includes('alice-is-logged-in') ? alice : null),
    assertions: { keySet: () => '', assert: () => 'an.assertion.here' },
    noteRefusal: (wire, problem) => kept.push([wire.path, problem.code]),
    authenticate(request) {
      judged.push(request);
      if (request.authorization.join().includes('oauth_version="9"')) throw new Problem('version_rejected');
      return acceptGood(request);
    },
  });
  const server = createServer((incoming, response) => {
    const fail = (error: unknown) => sendFailure(response, unreadRequest(policy), error, assert.ifError);
    forwardAuth.handle(readWireRequest(incoming, policy), response).catch(fail);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function ask(server: Server, line: string, headers: readonly string[], body = ''): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const head = [`${line} HTTP/1.1`, 'Host: gateway.example', 'Connection: close', ...headers];
  return exchange(port, `${head.join('\r\n')}\r\n\r\n${body}`);
}
