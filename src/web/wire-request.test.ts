import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { WireRefused } from './wire-refused.ts';
import { createWirePolicy, readWireRequest, type WirePolicy, type WireRequest } from './wire-request.ts';

interface Sent {
  method?: string;
  url?: string;
  headers?: string[];
  from?: string;
  to?: [address: string, port: number];
}

function policyOf(publicUrl = 'https://tracker.example', trustedProxies: string[] = []): WirePolicy {
  return createWirePolicy({
    publicUrl: new URL(publicUrl),
    listenAddress: () => ({ address: '127.0.0.1', port: 8080 }),
    trustedProxies,
  });
}

function read(sent: Sent, policy = policyOf()): WireRequest {
  const {
    method = 'GET',
    url = '/x',
    headers = ['Host', 'tracker.example'],
    from = '198.51.100.9',
    to = ['10.0.0.5', 8080],
  } = sent;
  const socket = { remoteAddress: from, localAddress: to[0], localPort: to[1] };
  return readWireRequest({ method, url, rawHeaders: headers, socket } as unknown as IncomingMessage, policy);
}

function statusOf(sent: Sent, policy?: WirePolicy): number {
  try {
    read(sent, policy);
    return 200;
  } catch (error) {
    assert.ok(error instanceof WireRefused);
    return error.status;
  }
}

describe('a request off the wire', () => {
  it('keeps target, path and query as they were sent', () => {
    const wire = read({ url: "/a/../b/'%ff?x=1&&y=%zz?" });
    assert.equal(wire.target, "/a/../b/'%ff?x=1&&y=%zz?");
    assert.equal(wire.path, "/a/../b/'%ff");
    assert.equal(wire.query, 'x=1&&y=%zz?');
  });

  it('takes its base string URI from the public URL, whatever Host and proxies say', () => {
    const headers = [
      'Host',
      '10.0.0.5:8080',
      'X-Forwarded-Proto',
      'http',
      'X-Forwarded-Host',
      'tracker.example:443',
    ];
    const policy = policyOf('https://Tracker.Example:443', ['198.51.100.9']);
    assert.equal(read({ headers, url: '/x?y' }, policy).baseUri, 'https://tracker.example/x');
    assert.equal(read({}, policyOf('http://tracker.example:80/')).baseUri, 'http://tracker.example/x');
  });

  it('knows its path below that of the public URL', () => {
    const policy = policyOf('https://tracker.example/jira/');
    const local = (url: string) => read({ url }, policy).localPath;
    assert.deepEqual(['/jira', '/jira?x', '/jira/', '/jira/x//y'].map(local), ['/', '/', '/', '/x//y']);
    for (const url of ['/', '/jir', '/jirax', '/JIRA/x', '/x/jira'])
      assert.equal(statusOf({ url }, policy), 404, url);
    assert.equal(read({ url: '/jira/x' }, policy).baseUri, 'https://tracker.example/jira/x');
  });

  it('gives header values by name in any case, all of them in order', () => {
    const wire = read({
      headers: [
        'Host',
        'tracker.example',
        'X-A',
        '1',
        'Authorization',
        'OAuth a',
        'x-a',
        '2',
        'AUTHORIZATION',
        'OAuth b',
      ],
    });
    assert.equal(wire.header('x-a'), '1');
    assert.deepEqual(wire.headerValues('x-a'), ['1', '2']);
    assert.deepEqual(wire.authorization, ['OAuth a', 'OAuth b']);
    assert.equal(wire.header('x-b'), undefined);
  });

  it('knows whether a body follows and whether the connection shall end', () => {
    const facts = (...headers: string[]) => {
      const { hasBody, wantsClose } = read({ headers: ['Host', 'tracker.example', ...headers] });
      return [hasBody, wantsClose];
    };
    assert.deepEqual(facts(), [false, false]);
    assert.deepEqual(facts('Content-Length', '0', 'Connection', 'keep-alive'), [false, false]);
    assert.deepEqual(facts('Content-Length', '1', 'Connection', 'Close'), [true, true]);
    assert.deepEqual(facts('Transfer-Encoding', 'chunked', 'Connection', 'x-y, close'), [true, true]);
  });

  it('is refused when its head can be read in two ways', () => {
    const host = ['Host', 'tracker.example'];
    const many = Array.from({ length: 500 }, () => ['X-A', '1']).flat();
    assert.equal(statusOf({ headers: [...host, 'host', 'tracker.example'] }), 400);
    assert.equal(statusOf({ headers: [...host, 'Content-Length', '1', 'content-length', '1'] }), 400);
    assert.equal(statusOf({ headers: [...host, 'Upgrade', 'websocket'] }), 400);
    assert.equal(statusOf({ headers: [...host, 'Transfer-Encoding', 'gzip, chunked'] }), 400);
    assert.equal(statusOf({ headers: [...host, ...many] }), 431);
    assert.equal(statusOf({ headers: [] }), 400);
    for (const method of ['TRACE', 'CONNECT']) assert.equal(statusOf({ method }), 405);
    for (const url of [
      'http://tracker.example/',
      '*',
      'tracker.example:443',
      '',
      '/#',
      '/a b',
      '/\u00e9',
      '/\u0001',
    ]) {
      assert.equal(statusOf({ url }), 400, url);
    }
  });

  it('may offer HTTP/2, which is passed over', () => {
    assert.equal(
      statusOf({
        headers: ['Host', 'tracker.example', 'Connection', 'Upgrade, HTTP2-Settings', 'Upgrade', 'h2c'],
      }),
      200,
    );
  });
});

describe('the Host of a request', () => {
  const statusFor = (host: string, sent: Sent = {}, policy?: WirePolicy) =>
    statusOf({ ...sent, headers: ['Host', host] }, policy);

  it('is that of the public URL, with its port or without where it is the scheme’s own', () => {
    for (const host of ['tracker.example', 'TRACKER.example', 'tracker.example:443'])
      assert.equal(statusFor(host), 200, host);
    for (const host of [
      'tracker.example:80',
      'tracker.example:8443',
      'evil.example',
      'tracker.example.evil',
      'tracker.example@evil',
    ]) {
      assert.equal(statusFor(host), 421, host);
    }
    const onPort = policyOf('http://tracker.example:8080');
    assert.equal(statusFor('tracker.example:8080', {}, onPort), 200);
    assert.equal(statusFor('tracker.example', {}, onPort), 421);
  });

  it('may be the address that the connection was made to, as proxies send that do not forward it', () => {
    assert.equal(statusFor('127.0.0.1:8080'), 200);
    assert.equal(statusFor('10.0.0.5:8080'), 200);
    assert.equal(statusFor('10.0.0.6:8080'), 421);
    assert.equal(statusFor('localhost:8080', { to: ['127.0.0.1', 8080] }), 200);
    assert.equal(statusFor('localhost:8080', { to: ['10.0.0.5', 8080] }), 421);
    assert.equal(statusFor('[::1]:8080', { to: ['::1', 8080] }), 200);
  });

  it('is refused with the address that would be right', () => {
    assert.throws(() => read({ headers: ['Host', 'evil.example'] }), /https:\/\/tracker\.example\//);
  });

  it('gives way to X-Forwarded-Host of a listed proxy, which must be the public host', () => {
    const policy = policyOf('https://tracker.example', ['198.51.100.0/24']);
    const forwarded = (host: string, from: string) =>
      statusOf({ from, headers: ['Host', 'backend:9000', 'X-Forwarded-Host', host] }, policy);
    assert.equal(forwarded('tracker.example', '198.51.100.9'), 200);
    assert.equal(forwarded('evil.example', '198.51.100.9'), 421);
    assert.equal(forwarded('10.0.0.5:8080', '198.51.100.9'), 421);
    assert.equal(forwarded('tracker.example', '192.0.2.1'), 421);
  });
});

describe('what proxies say', () => {
  const listed = policyOf('https://tracker.example', ['10.0.0.0/8', '::1']);
  const via = (from: string, ...headers: string[]) =>
    read({ from, headers: ['Host', 'tracker.example', ...headers] }, listed);

  it('names the client: the rightmost address that is not a listed proxy', () => {
    const client = (from: string, forwardedFor: string) =>
      via(from, 'X-Forwarded-For', forwardedFor).clientAddress;
    assert.equal(client('203.0.113.1', '6.6.6.6'), '203.0.113.1');
    assert.equal(client('10.0.0.1', '6.6.6.6, 203.0.113.7'), '203.0.113.7');
    assert.equal(client('10.0.0.1', '6.6.6.6, 203.0.113.7, 10.0.0.2'), '203.0.113.7');
    assert.equal(client('::ffff:10.0.0.1', '203.0.113.7:4711'), '203.0.113.7');
    assert.equal(client('::1', '[2001:db8::7]:4711'), '2001:db8::7');
    assert.equal(client('10.0.0.1', 'unknown'), '10.0.0.1');
    assert.equal(client('10.0.0.1', '10.0.0.2'), '10.0.0.2');
    assert.equal(
      via('10.0.0.1', 'X-Forwarded-For', '6.6.6.6', 'X-Forwarded-For', '203.0.113.7').clientAddress,
      '203.0.113.7',
    );
  });

  it('tells the scheme, by the value that a listed proxy wrote', () => {
    const secure = (from: string, ...headers: string[]) => via(from, ...headers).isSecureTransport;
    assert.equal(secure('203.0.113.1', 'X-Forwarded-Proto', 'https'), false);
    assert.equal(secure('10.0.0.1', 'X-Forwarded-Proto', 'https'), true);
    assert.equal(secure('10.0.0.1'), false);
    assert.equal(secure('10.0.0.1', 'X-Forwarded-Proto', 'https, http'), false);
    const twoHops = ['X-Forwarded-For', '203.0.113.7, 10.0.0.2'];
    assert.equal(secure('10.0.0.1', 'X-Forwarded-Proto', 'https, http', ...twoHops), true);
    assert.equal(secure('10.0.0.1', 'X-Forwarded-Proto', 'https, http, http', ...twoHops), false);
  });

  it('is not needed on this machine, where TLS ends before the public URL is reached or nobody else listens', () => {
    const secure = (publicUrl: string, host: string, from = '127.0.0.1') =>
      read({ from, headers: ['Host', host] }, policyOf(publicUrl)).isSecureTransport;
    assert.equal(secure('https://tracker.example', 'tracker.example'), true);
    assert.equal(secure('http://localhost:8080', 'localhost:8080', '::1'), true);
    assert.equal(secure('http://tracker.example', 'tracker.example'), false);
    assert.equal(secure('http://localhost:8080', 'localhost:8080', '10.0.0.1'), false);
    const proxied = (...headers: string[]) =>
      read(
        { from: '127.0.0.1', headers: ['Host', 'tracker.example', ...headers] },
        policyOf('https://tracker.example', ['127.0.0.1']),
      ).isSecureTransport;
    assert.equal(proxied('X-Forwarded-For', '127.0.0.1'), true);
    assert.equal(proxied('X-Forwarded-For', '203.0.113.9'), false);
    assert.equal(proxied('X-Forwarded-For', '203.0.113.9', 'X-Forwarded-Proto', 'https'), true);
  });

  it('keeps a well-formed request id of a listed proxy, and of nobody else', () => {
    const id = (from: string, value: string) => via(from, 'X-Request-Id', value).requestId;
    for (const kept of ['req-12345.a_b', 'abc-123', '7', '7F000001:8B2C_7F000001:0050_50', 'SSFDfLNg=='])
      assert.equal(id('10.0.0.1', kept), kept);
    for (const [from, value] of [
      ['203.0.113.1', 'req-12345'],
      ['10.0.0.1', 'two words'],
      ['10.0.0.1', 'a,b'],
      ['10.0.0.1', ''],
      ['10.0.0.1', 'a"b<script>'],
      ['10.0.0.1', 'x'.repeat(65)],
    ]) {
      assert.match(id(from!, value!), /^[A-Za-z0-9-]{36}$/);
    }
  });

  it('counts only from CIDRs and addresses; anything else in the list is a mistake', () => {
    for (const entry of ['proxy.example', '10.0.0.0/33', '', '10.0.0/8x']) {
      assert.throws(() => policyOf('https://tracker.example', [entry]), TypeError, entry);
    }
  });
});
