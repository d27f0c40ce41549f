import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { exchange, statusOf } from '../../test/support/raw-wire.ts';
import { connectionsWithin, descriptorLimit } from './connection-limit.ts';
import { hardenServer, serverOptions } from './server-options.ts';

const hasty = { headersTimeout: 60, requestTimeout: 60, connectionsCheckingInterval: 20 };
let served = 0;
const server = createServer({ ...serverOptions, ...hasty }, ({ url }, response) => {
  if (url === '/begun') response.writeHead(200, { 'Content-Length': 600 }).write('begun');
  if (url !== '/') return;
  served += 1;
  response.end();
});
let port = 0;

before(async () => {
  hardenServer(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

describe('the public listener', () => {
  const refused: [what: string, status: number, sent: string][] = [
    ['what is not HTTP', 400, 'EHLO there\r\n\r\n'],
    ['a head without end', 408, 'GET / HTTP/1.1\r\nHost: a\r\n'],
    ['a head beyond 32 KiB', 431, `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(33_000)}\r\n\r\n`],
    ['a target beyond 32 KiB', 431, `GET /${'a'.repeat(33_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['another Expect than 100-continue', 417, 'GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n'],
    ['CONNECT', 405, 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ];
  for (const [what, status, sent] of refused) {
    it(`answers ${what} with a short ${status} and closes`, async () => {
      const answer = await exchange(port, sent);
      assert.equal(statusOf(answer), status);
      assert.match(answer, /\r\nX-Request-Id: [A-Za-z0-9-]{36}\r\n/);
      assert.match(answer, /\r\nConnection: close\r\n/);
      assert.equal(served, 0);
    });
  }

  const closedAnyhow = [
    ...refused,
    ['a connection on which nothing comes', 408, ''],
    ['a broken body', 400, 'POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ] as const;
  for (const [what, , sent] of closedAnyhow) {
    it(`closes ${what}, too, if the other side does not`, async (context) => {
      context.mock.timers.enable({ apis: ['setTimeout'] });
      const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      const [accepted] = (await once(server, 'connection')) as [Socket];
      client.write(sent);
      await once(client.resume(), 'end');
      const closed = once(accepted, 'close');
      context.mock.timers.tick(60_000);
      await closed;
      client.destroy();
    });
  }

  for (const [what, , sent] of [refused[0]!, refused[4]!, refused[5]!])
    it(`says nothing to ${what} in place of an answer that is due, or within one`, async () => {
      assert.equal(await exchange(port, `GET /due HTTP/1.1\r\nHost: a\r\n\r\n${sent}`), '');
      const client = connect(port, '127.0.0.1').setEncoding('latin1');
      client.write('GET /begun HTTP/1.1\r\nHost: a\r\n\r\n');
      let answer = String((await once(client, 'data'))[0]);
      client.on('data', (more) => {
        answer += more;
      });
      const closed = new Promise((resolve) => client.on('error', resolve).once('close', resolve));
      client.write(sent);
      await closed;
      assert.match(answer, /\r\nbegun$/);
    });

  it('hands over every header field, and drops none silently', async () => {
    const counted = Promise.withResolvers<number>();
    server.once('request', (request) => counted.resolve(request.rawHeaders.length / 2));
    await exchange(port, `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${'A: 1\r\n'.repeat(3000)}\r\n`);
    assert.equal(await counted.promise, 3002);
  });

  for (const method of ['GET', 'POST']) {
    it(`has a ${method} without a body at its end from the beginning`, async () => {
      const ended = Promise.withResolvers<boolean>();
      server.once('request', (request) => ended.resolve(request.readableEnded));
      await exchange(port, `${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      assert.equal(await ended.promise, true);
    });
  }

  it('reads a body that was announced', async () => {
    const read = Promise.withResolvers<string>();
    server.once('request', async (request) => read.resolve((await request.toArray()).join('')));
    await exchange(port, 'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc');
    assert.equal(await read.promise, 'abc');
  });

  it('takes a bounded number of connections', () => {
    assert.equal(server.maxConnections, connectionsWithin(descriptorLimit()));
  });
});
