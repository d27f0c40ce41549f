/**
 * Three published promises, from outside: ambiguous requests are refused and the upstream sees no byte of them;
 * it sees only identities that we set; no path reaches it outside its rule. Every request is raw bytes.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { bodyHashMatches, Problem, parseMessage } from '../../src/oauth/index.ts';
import {
  ALICE_COOKIE,
  acceptGood,
  SIGNED,
  start,
  stopAll,
  type UnderTestOptions,
} from '../support/gateway-under-test.ts';
import { exchange, statusOf } from '../support/raw-wire.ts';
import { countTests } from './promise.ts';

const HOST = 'Host: gateway.example\r\nConnection: close\r\n';

afterEach(stopAll);

describe('promise 7: ambiguous requests are refused and the upstream sees 0 bytes of them', () => {
  countTests(7, 'ambiguous requests as raw bytes', null);
  const refused: [name: string, status: number, request: string][] = [
    ['two Host fields', 400, `GET /x HTTP/1.1\r\n${HOST}Host: other.example\r\n${SIGNED}\r\n`],
    ['no Host', 400, `GET /x HTTP/1.1\r\nConnection: close\r\n${SIGNED}\r\n`],
    [
      'the Host of somebody else',
      421,
      `GET /x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n${SIGNED}\r\n`,
    ],
    ['an absolute target', 400, `GET http://gateway.example/x HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    ['an asterisk', 400, `OPTIONS * HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    ['a fragment', 400, `GET /x#y HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    ['a raw non-ASCII byte', 400, `GET /caf\xe9 HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    ['a control byte', 400, `GET /x\x01y HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    ['TRACE', 405, `TRACE /x HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    ['CONNECT', 405, `CONNECT gateway.example:80 HTTP/1.1\r\n${HOST}${SIGNED}\r\n`],
    [
      'a WebSocket',
      400,
      `GET /x HTTP/1.1\r\nHost: gateway.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${SIGNED}\r\n`,
    ],
    [
      'two equal lengths',
      400,
      `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Content-Length: 1\r\nContent-Length: 1\r\n\r\nx`,
    ],
    [
      'length and chunks',
      400,
      `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'an unknown transfer coding',
      400,
      `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a body that is compressed on its way',
      400,
      `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    ],
    [
      'chunks in HTTP/1.0',
      400,
      `POST /x HTTP/1.0\r\n${HOST}${SIGNED}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    ],
    ['a signed length', 400, `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Content-Length: +1\r\n\r\nx`],
    ['a blank before the colon', 400, `GET /x HTTP/1.1\r\n${HOST}X-Forwarded-User : admin\r\n${SIGNED}\r\n`],
    ['a folded field', 400, `GET /x HTTP/1.1\r\n${HOST}X-A: 1\r\n X-Forwarded-User: admin\r\n${SIGNED}\r\n`],
    ['a bare line feed', 400, `GET /x HTTP/1.1\r\n${HOST}X-A: 1\nX-Forwarded-User: admin\r\n${SIGNED}\r\n`],
    [
      'more fields than are counted',
      431,
      `GET /x HTTP/1.1\r\n${HOST}${'X-A: 1\r\n'.repeat(1500)}${SIGNED}\r\n`,
    ],
    ['a head beyond the limit', 431, `GET /x HTTP/1.1\r\n${HOST}X-A: ${'a'.repeat(40_000)}\r\n${SIGNED}\r\n`],
    ['a wrong signature', 401, `GET /x HTTP/1.1\r\n${HOST}${SIGNED.replace('good', 'bad')}\r\n`],
    ['no signature', 401, `GET /x HTTP/1.1\r\n${HOST}\r\n`],
    ['no signature on a body', 401, `POST /x HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\nabc`],
  ];
  for (const [name, status, request] of refused) {
    it(`refuses ${name} with ${status}`, async () => {
      const gateway = await start();
      const answer = await exchange(gateway.port, request);
      assert.equal(statusOf(answer), status, answer);
      assert.match(answer, /\r\nX-Request-Id: /i);
      assert.equal(gateway.upstream.bytesReceived, 0);
    });
  }

  it('never reads the body of a refused request as another request', async () => {
    const gateway = await start();
    const hidden = `GET /hidden HTTP/1.1\r\nHost: gateway.example\r\n${SIGNED}\r\n`;
    const refusedPost = `POST /x HTTP/1.1\r\nHost: gateway.example\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`;
    const answer = await exchange(gateway.port, `${refusedPost}GET /next HTTP/1.1\r\n${HOST}${SIGNED}\r\n`);
    assert.deepEqual(answer.match(/HTTP\/1\.1 \d{3}/g), ['HTTP/1.1 401', 'HTTP/1.1 200']);
    assert.deepEqual(
      gateway.upstream.requests.map(({ requestLine }) => requestLine),
      ['GET /next HTTP/1.1'],
    );
  });

  it('refuses two Authorization fields of which none is ours', async () => {
    const gateway = await start({ publicPaths: ['/**'] });
    const answer = await exchange(
      gateway.port,
      `GET /x HTTP/1.1\r\n${HOST}Authorization: Basic a\r\nAuthorization: Basic b\r\n\r\n`,
    );
    assert.equal(statusOf(answer), 400);
    assert.equal(gateway.upstream.bytesReceived, 0);
  });
});

describe('bodies are verified before the upstream sees any of them', () => {
  const SPLIT = 'a=1&b=2';

  it('holds a form until its last byte was judged', async () => {
    const gateway = await start();
    const head = `POST /x HTTP/1.1\r\n${HOST}${SIGNED.replace('good', 'bad')}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${SPLIT.length}\r\n\r\n`;
    assert.equal(statusOf(await exchange(gateway.port, head + SPLIT)), 401);
    assert.equal(Buffer.from(gateway.judged[0]!.body).toString(), SPLIT);
    assert.equal(gateway.upstream.bytesReceived, 0);
  });

  for (const name of ['oauth_body_hash', 'oauth%5Fbody_hash', '%6Fauth_body_hash']) {
    it(`holds a body that ${name} speaks about`, async () => {
      const authenticate: UnderTestOptions['authenticate'] = (request) => {
        if (bodyHashMatches(parseMessage(request)) !== true) throw new Problem('signature_invalid');
        return acceptGood(request);
      };
      const gateway = await start({ authenticate });
      const hash = createHash('sha1').update('{"a":1}').digest('base64').replace('=', '%3D');
      const post = (body: string) =>
        exchange(
          gateway.port,
          `POST /x HTTP/1.1\r\n${HOST}Authorization: OAuth ${name}="${hash}", oauth_signature_method="HMAC-SHA1", oauth_signature="good"\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
      assert.equal(statusOf(await post('{"a":2}')), 401);
      assert.equal(gateway.upstream.bytesReceived, 0);
      assert.equal(statusOf(await post('{"a":1}')), 200);
      assert.equal(gateway.upstream.requests[0]!.body, '{"a":1}');
    });
  }

  it('refuses a held body beyond the limit, announced or not', async () => {
    const gateway = await start();
    const head = `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Content-Type: application/x-www-form-urlencoded\r\n`;
    assert.equal(statusOf(await exchange(gateway.port, `${head}Content-Length: 10485761\r\n\r\n`)), 413);
    const chunk = `100000\r\n${'a'.repeat(0x100000)}\r\n`;
    const flood = `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(11)}0\r\n\r\n`;
    assert.equal(statusOf(await exchange(gateway.port, flood, (text) => text.includes('\r\n\r\n'))), 413);
    assert.equal(gateway.upstream.bytesReceived, 0);
  });

  it('sends nothing of a form whose sender breaks off', async () => {
    const gateway = await start();
    const head = `POST /x HTTP/1.1\r\n${HOST}${SIGNED}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=1`;
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.port, '127.0.0.1', () => socket.write(head, () => socket.destroy()));
      socket.on('close', () => resolve());
    });
    // A whole request afterwards shows that the broken one was dealt with and left nothing behind.
    assert.equal(statusOf(await exchange(gateway.port, `GET /y HTTP/1.1\r\n${HOST}${SIGNED}\r\n`)), 200);
    assert.deepEqual(
      gateway.upstream.requests.map(({ requestLine }) => requestLine),
      ['GET /y HTTP/1.1'],
    );
  });
});

describe('a body that streams and breaks off', () => {
  for (const framing of [
    'Content-Length: 100\r\n\r\nabc',
    'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
  ]) {
    it(`never looks whole to the upstream (${framing.split(':')[0]})`, async () => {
      const gateway = await start();
      const begun = Promise.withResolvers<void>();
      const cut = Promise.withResolvers<void>();
      gateway.upstream.onBytes = (received) =>
        received.endsWith('abc\r\n') || received.endsWith('abc') ? begun.resolve() : undefined;
      gateway.upstream.onAbort = cut.resolve;
      const socket = connect(gateway.port, '127.0.0.1', () =>
        socket.write(`PUT /x HTTP/1.1\r\n${HOST}${SIGNED}${framing}`),
      );
      await begun.promise;
      socket.destroy();
      await cut.promise;
      assert.equal(gateway.upstream.requests.length, 0);
    });
  }
});

describe('promise 8: the upstream sees only identities that we set', () => {
  countTests(8, 'spoofed identities as raw bytes', null);
  const spellings = [
    'X-Forwarded-User',
    'x-forwarded-user',
    'X_Forwarded_User',
    'X-FORWARDED_USER',
    'X.Forwarded.User',
    "X'Forwarded`User",
    'X-Countersign-Consumer',
    'X_COUNTERSIGN_TOKEN',
    'X-Countersign_Assertion',
    'X-Countersign-Anything',
    'X-Forwarded-For',
    'X_Forwarded_Host',
    'X-Forwarded-Proto',
    'X-Forwarded-Groups',
    'Forwarded',
    'X-Real-IP',
    'Remote-User',
    'REMOTE_USER',
    'X-Remote-User',
    'X-HTTP-Method-Override',
    'X_Http_Method_Override',
    'X-Method-Override',
    'X-HTTP-Method',
    'X-Original-URL',
    'X-Rewrite-URL',
    'Proxy-Authorization',
    'Proxy',
    'Client-IP',
    'CF-Connecting-IP',
    'X_Cluster_Client_IP',
  ];
  const credentials = {
    'a signed request': SIGNED,
    'a session': `Cookie: ${ALICE_COOKIE}\r\n`,
    'a public path': '',
  };
  for (const [who, headers] of Object.entries(credentials)) {
    it(`removes every spelling from ${who}`, async () => {
      const gateway = await start({ publicPaths: ['/x'] });
      const spoofed = spellings.map((name) => `${name}: spoofed\r\n`).join('');
      assert.equal(
        statusOf(await exchange(gateway.port, `GET /x HTTP/1.1\r\n${HOST}${headers}${spoofed}\r\n`)),
        200,
      );
      assert.deepEqual(
        gateway.upstream.requests[0]!.headerLines.filter((line) => line.includes('spoofed')),
        [],
      );
    });
  }

  it('removes what Connection names, and nothing of ours by that way', async () => {
    const gateway = await start();
    const head = `GET /x HTTP/1.1\r\nHost: gateway.example\r\nConnection: close, X-Secret, X-Forwarded-User, Host\r\nX-Secret: 1\r\n${SIGNED}\r\n`;
    await exchange(gateway.port, head);
    const { header } = gateway.upstream.requests[0]!;
    assert.deepEqual(header('x-secret'), []);
    assert.deepEqual(header('x-forwarded-user'), ['alice%20%C3%BC']);
    assert.deepEqual(header('host'), ['gateway.example']);
  });

  it('carries no other credentials beside an identity', async () => {
    const gateway = await start();
    const head = `GET /x?oauth_signature=good HTTP/1.1\r\n${HOST}Authorization: Basic YWRtaW46YWRtaW4=\r\n\r\n`;
    assert.equal(statusOf(await exchange(gateway.port, head)), 200);
    assert.deepEqual(gateway.upstream.requests[0]!.header('authorization'), []);
  });

  it('takes forwarded addresses from listed proxies alone', async () => {
    const stranger = await start();
    const proxy = await start({ trustedProxies: ['127.0.0.1/32'] });
    const head = `GET /x HTTP/1.1\r\n${HOST}X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nX-Request-Id: chosen-by-proxy\r\n${SIGNED}\r\n`;
    await exchange(stranger.port, head);
    const answer = await exchange(proxy.port, head);
    assert.deepEqual(stranger.upstream.requests[0]!.header('x-forwarded-for'), ['127.0.0.1']);
    assert.deepEqual(proxy.upstream.requests[0]!.header('x-forwarded-for'), ['203.0.113.7']);
    assert.match(answer, /\r\nX-Request-Id: chosen-by-proxy\r\n/);
    assert.notDeepEqual(stranger.upstream.requests[0]!.header('x-request-id'), ['chosen-by-proxy']);
  });
});

describe('promise 9: no path reaches the upstream outside its rule', () => {
  countTests(9, 'paths that pretend to be others', null);
  const tricks = [
    '/public/../admin',
    '/public/..',
    '/public/./x',
    '/public/%2e%2e/admin',
    '/public/.%2E/admin',
    '/public/%252e%252e/admin',
    '/public/..;/admin',
    '/public/..%2fadmin',
    '/public/%5c..%5cadmin',
    '/public\\..\\admin',
    '/public//admin',
    '/public/x%00.html',
  ];
  for (const path of tricks) {
    it(`refuses ${path} where a public path pattern decides`, async () => {
      const gateway = await start({ publicPaths: ['/public/**'] });
      assert.equal(statusOf(await exchange(gateway.port, `GET ${path} HTTP/1.1\r\n${HOST}\r\n`)), 400);
      assert.equal(gateway.upstream.bytesReceived, 0);
    });
  }

  it('refuses to leave the path of the public URL, signed or not', async () => {
    const gateway = await start({ publicUrl: new URL('http://gateway.example/jira') });
    for (const path of ['/jira/../admin', '/jira/%2e%2e/admin', '/jira/..%2fadmin']) {
      assert.equal(
        statusOf(await exchange(gateway.port, `GET ${path} HTTP/1.1\r\n${HOST}${SIGNED}\r\n`)),
        400,
      );
    }
    for (const path of ['/', '/admin', '/jirafe', '//jira/x']) {
      assert.equal(
        statusOf(await exchange(gateway.port, `GET ${path} HTTP/1.1\r\n${HOST}${SIGNED}\r\n`)),
        404,
      );
    }
    assert.equal(gateway.upstream.bytesReceived, 0);
    assert.equal(statusOf(await exchange(gateway.port, `GET /jira/x HTTP/1.1\r\n${HOST}${SIGNED}\r\n`)), 200);
    assert.equal(gateway.upstream.requests[0]!.requestLine, 'GET /jira/x HTTP/1.1');
    assert.equal(gateway.judged.at(-1)!.path, '/x');
    assert.equal(gateway.judged.at(-1)!.baseUri, 'http://gateway.example/jira/x');
  });
});
