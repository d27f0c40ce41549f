import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { ALICE_COOKIE, ask, SIGNED, start, stopAll } from '../../test/support/gateway-under-test.ts';
import { statusOf } from '../../test/support/raw-wire.ts';

afterEach(stopAll);

const form = (body: string) =>
  `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n`;

describe('the gateway forwards a verified request byte for byte', () => {
  const targets = [
    '/',
    '/a/../b',
    '/%ff/%7E/~',
    "/it's?q='x'",
    '/x?a=1&&b',
    '/x?a=1&a=2&=&c=',
    '/x?q=a+b%20c',
    '/x?',
    '//double//slash',
    '/x?r[]=1|2',
    '/%e3%81%82?x=%E3%81%82',
    '/back\\slash',
  ];
  for (const target of targets) {
    it(`keeps the target ${target}`, async () => {
      const gateway = await start();
      assert.equal(statusOf(await ask(gateway, `GET ${target}`, SIGNED)), 200);
      assert.equal(gateway.upstream.requests[0]!.requestLine, `GET ${target} HTTP/1.1`);
    });
  }

  it('keeps every byte of a body, streamed with its length', async () => {
    const gateway = await start();
    const body = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join('');
    await ask(
      gateway,
      'PUT /f',
      `${SIGNED}Content-Type: application/octet-stream\r\nContent-Length: 256\r\n`,
      body,
    );
    const [request] = gateway.upstream.requests;
    assert.equal(request!.body, body);
    assert.deepEqual(request!.header('content-length'), ['256']);
  });

  it('streams a chunked body on in chunks', async () => {
    const gateway = await start();
    await ask(
      gateway,
      'POST /f',
      `${SIGNED}Transfer-Encoding: chunked\r\n`,
      '3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n',
    );
    const [request] = gateway.upstream.requests;
    assert.equal(request!.body, 'abcde');
    assert.deepEqual(request!.header('trailer'), []);
  });

  it('keeps methods, repeated header fields, their spelling and non-ASCII bytes', async () => {
    const gateway = await start();
    await ask(
      gateway,
      'PROPFIND /f',
      `${SIGNED}X-CuStOm: one\r\nX-CuStOm: two\r\nX-Bytes: caf\xe9\r\nAccept-Encoding: br\r\n`,
    );
    const [request] = gateway.upstream.requests;
    assert.match(request!.requestLine, /^PROPFIND /);
    const sent = request!.headerLines;
    assert.ok(
      sent.includes('X-CuStOm: one') && sent.includes('X-CuStOm: two') && sent.includes('X-Bytes: caf\xe9'),
    );
  });

  it('answers Expect: 100-continue itself and does not pass it on', async () => {
    const gateway = await start();
    const answer = await ask(
      gateway,
      'PUT /f',
      `${SIGNED}Expect: 100-continue\r\nContent-Length: 2\r\n`,
      'hi',
    );
    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    assert.deepEqual(gateway.upstream.requests[0]!.header('expect'), []);
  });
});

describe('the gateway takes our credentials out', () => {
  it('leaves out the Authorization header', async () => {
    const gateway = await start();
    await ask(gateway, 'GET /x', SIGNED);
    assert.deepEqual(gateway.upstream.requests[0]!.header('authorization'), []);
  });

  const queries: [sent: string, forwarded: string][] = [
    ['/x?oauth_signature=good', '/x'],
    ['/x?a=1&oauth_signature=good&&b=%ff', '/x?a=1&&b=%ff'],
    ['/x?a=1&%6fauth_signature=x&oauth_signature=good&', '/x?a=1&'],
    ['/x?oauth_token=&oauth_signature=good&xoauth_requestor_id=bob', '/x?xoauth_requestor_id=bob'],
  ];
  for (const [sent, forwarded] of queries) {
    it(`cuts the oauth_ parameters out of ${sent} and touches nothing else`, async () => {
      const gateway = await start();
      await ask(gateway, `GET ${sent}`, '');
      assert.equal(gateway.upstream.requests[0]!.requestLine, `GET ${forwarded} HTTP/1.1`);
    });
  }

  it('cuts them out of a form body and sets its length anew', async () => {
    const gateway = await start();
    const body = "title=it's+%ff&&oauth_token=t&oauth_signature=good&x=";
    await ask(gateway, 'POST /x', form(body), body);
    const [request] = gateway.upstream.requests;
    assert.equal(request!.body, "title=it's+%ff&&x=");
    assert.deepEqual(request!.header('content-length'), ['18']);
  });

  it('leaves a form without oauth_ parameters as it is', async () => {
    const gateway = await start();
    await ask(gateway, 'POST /x', SIGNED + form('a=1&&b=%FF&'), 'a=1&&b=%FF&');
    assert.equal(gateway.upstream.requests[0]!.body, 'a=1&&b=%FF&');
  });

  it('leaves out our session cookie and keeps the others', async () => {
    const gateway = await start();
    await ask(gateway, 'GET /x', `${SIGNED}Cookie: a=1; ${ALICE_COOKIE}; b=2\r\nCookie: ${ALICE_COOKIE}\r\n`);
    assert.deepEqual(gateway.upstream.requests[0]!.header('cookie'), ['a=1; b=2']);
  });
});

describe('the gateway sets the identity', () => {
  it('names user, consumer and token, percent-encoded', async () => {
    const gateway = await start();
    await ask(gateway, 'GET /x', SIGNED);
    const { header } = gateway.upstream.requests[0]!;
    assert.deepEqual(header('x-forwarded-user'), ['alice%20%C3%BC']);
    assert.deepEqual(header('x-countersign-consumer'), ['wiki%3A1234567890']);
    assert.deepEqual(header('x-countersign-token'), ['tok1']);
    assert.deepEqual(header('x-forwarded-for'), ['127.0.0.1']);
    assert.deepEqual(header('x-forwarded-proto'), ['http']);
    assert.deepEqual(header('x-forwarded-host'), ['gateway.example']);
    assert.deepEqual(header('host'), ['gateway.example']);
  });

  it('asserts it in a JWT that the published key verifies for a minute, reused meanwhile', async () => {
    const gateway = await start();
    const assertionOf = async () => {
      await ask(gateway, 'GET /x', SIGNED);
      return gateway.upstream.requests.at(-1)!.header('x-countersign-assertion')[0]!;
    };
    const first = await assertionOf();
    const keys = createLocalJWKSet(JSON.parse(gateway.keySet) as JSONWebKeySet);
    const verify = (jwt: string, seconds: number) =>
      jwtVerify(jwt, keys, { audience: gateway.upstream.url.origin, currentDate: new Date(seconds * 1000) });
    const { payload } = await verify(first, 1_800_000_059);
    assert.equal(payload.sub, 'alice ü');
    assert.equal(payload.azp, 'wiki:1234567890');
    assert.equal(payload.via, 'three-legged');
    assert.ok(payload.jti);
    await assert.rejects(verify(first, 1_800_000_060));
    assert.doesNotMatch(gateway.keySet, /"d"/);
    gateway.clock.advance(24);
    assert.equal(await assertionOf(), first);
    gateway.clock.advance(2);
    const later = await assertionOf();
    assert.notEqual(later, first);
    gateway.clock.advance(-3600);
    assert.notEqual(await assertionOf(), later);
  });

  it('forwards a logged-in browser as its user', async () => {
    const gateway = await start();
    await ask(gateway, 'GET /x', `Cookie: ${ALICE_COOKIE}\r\n`);
    const { header } = gateway.upstream.requests[0]!;
    assert.deepEqual(header('x-forwarded-user'), ['alice%20%C3%BC']);
    assert.deepEqual(header('x-countersign-consumer'), []);
    assert.deepEqual(header('cookie'), []);
  });

  it('carries out what a page of its own site posts, and nothing that another site does', async () => {
    const gateway = await start();
    const post = (headers: string) =>
      ask(gateway, 'POST /x', `Cookie: ${ALICE_COOKIE}\r\n${headers}Content-Length: 0\r\n`);
    assert.equal(statusOf(await post('Origin: http://gateway.example\r\n')), 200);
    assert.equal(statusOf(await post('Sec-Fetch-Site: same-origin\r\n')), 200);
    const before = gateway.upstream.bytesReceived;
    assert.equal(statusOf(await post('Origin: http://evil.example\r\n')), 403);
    assert.equal(statusOf(await post('Origin: null\r\n')), 403);
    assert.equal(statusOf(await post('Sec-Fetch-Site: cross-site\r\n')), 403);
    assert.equal(gateway.upstream.bytesReceived, before);
  });
});

describe('the gateway without credentials', () => {
  it('sends a browser to log in and back', async () => {
    const gateway = await start({ publicUrl: new URL('http://gateway.example/jira') });
    const answer = await ask(gateway, 'GET /jira/browse?x=1&y', 'Accept: text/html,*/*\r\n');
    assert.equal(statusOf(answer), 303);
    assert.match(answer, /\r\nLocation: \/jira\/oauth\/login\?next=%2Fbrowse%3Fx%3D1%26y\r\n/);
  });

  it('challenges everybody else', async () => {
    const gateway = await start();
    for (const [method, headers] of [
      ['GET', ''],
      ['GET', 'Accept: application/json\r\n'],
      ['POST', 'Accept: text/html\r\nContent-Length: 0\r\n'],
    ]) {
      const answer = await ask(gateway, `${method} /x`, headers!);
      assert.equal(statusOf(answer), 401);
      assert.match(answer, /\r\nWWW-Authenticate: OAuth realm="http:\/\/gateway\.example"\r\n/);
    }
    assert.equal(gateway.upstream.bytesReceived, 0);
  });

  it('lets public paths pass without an identity', async () => {
    const gateway = await start({ publicPaths: ['/public/**'] });
    await ask(gateway, 'GET /public/x?a=1', 'X-Forwarded-User: admin\r\n');
    const [request] = gateway.upstream.requests;
    assert.equal(request!.requestLine, 'GET /public/x?a=1 HTTP/1.1');
    assert.deepEqual(request!.header('x-forwarded-user'), []);
    assert.deepEqual(request!.header('x-countersign-assertion'), []);
    assert.equal(statusOf(await ask(gateway, 'GET /private', '')), 401);
  });

  it('verifies a signed request on a public path all the same', async () => {
    const gateway = await start({ publicPaths: ['/public/**'] });
    const bad = SIGNED.replace('good', 'bad');
    assert.equal(statusOf(await ask(gateway, 'GET /public/x', bad)), 401);
    assert.equal(gateway.upstream.bytesReceived, 0);
    await ask(gateway, 'GET /public/x', SIGNED);
    assert.deepEqual(gateway.upstream.requests[0]!.header('x-forwarded-user'), ['alice%20%C3%BC']);
  });

  it('says so where there is no application behind', async () => {
    const gateway = await start({ upstream: null });
    assert.equal(statusOf(await ask(gateway, 'GET /x', '')), 404);
  });
});
