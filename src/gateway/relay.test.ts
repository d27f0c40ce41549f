import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { after, afterEach, describe, it } from 'node:test';
import { ask, SIGNED, start, stopAll } from '../../test/support/gateway-under-test.ts';
import { exchange, statusOf } from '../../test/support/raw-wire.ts';

afterEach(stopAll);

describe('the answers of the upstream', () => {
  it('come back with status, repeated fields and body as they are, less what belongs to the connection', async () => {
    const gateway = await start();
    gateway.upstream.answer = (_request, socket) =>
      socket.write(
        'HTTP/1.1 418 Short And Stout\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Odd: caf\xe9\r\nConnection: x-hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=9\r\nContent-Length: 3\r\n\r\nt\xff!',
        'latin1',
      );
    const answer = await ask(gateway, 'GET /x', SIGNED);
    assert.match(answer, /^HTTP\/1\.1 418 Short And Stout\r\n/);
    assert.match(answer, /\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Odd: caf\xe9\r\n/);
    assert.doesNotMatch(answer, /x-hop|timeout=9/i);
    assert.match(answer, /\r\nX-Request-Id: [A-Za-z0-9._-]{8,64}\r\n/);
    assert.ok(answer.endsWith('\r\n\r\nt\xff!'));
  });

  it('gain the challenge beside their own when they are 401', async () => {
    const gateway = await start();
    gateway.upstream.answer = (_request, socket) =>
      socket.write(
        'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="app"\r\nContent-Length: 0\r\n\r\n',
      );
    const answer = await ask(gateway, 'GET /x', SIGNED);
    assert.match(answer, /WWW-Authenticate: Basic realm="app"\r\n/);
    assert.match(answer, /WWW-Authenticate: OAuth realm="http:\/\/gateway\.example"\r\n/);
  });

  it('stream: the first part arrives before the last is written', async () => {
    const gateway = await start();
    gateway.upstream.answer = (_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n');
    };
    const head = `GET /x HTTP/1.1\r\nHost: gateway.example\r\n${SIGNED}\r\n`;
    assert.match(await exchange(gateway.port, head, (text) => text.includes('first')), /first/);
  });

  it('may have no body: HEAD, 204, 304, after an early hint', async () => {
    const gateway = await start();
    const answers = [
      ['HEAD /x', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n', 200],
      ['GET /x', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
      ['GET /x', 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', 304],
      [
        'GET /x',
        'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
        200,
      ],
    ] as const;
    for (const [line, raw, status] of answers) {
      gateway.upstream.answer = (_request, socket) => socket.write(raw);
      const answer = await ask(gateway, line, SIGNED);
      assert.equal(statusOf(answer), status);
      assert.ok(answer.endsWith('\r\n\r\n'));
    }
  });

  it('do not exist: 502 when the upstream is down, 504 when it is slow', async () => {
    const slow = await start({ upstreamTimeoutMs: 200 });
    slow.upstream.answer = () => undefined;
    assert.equal(statusOf(await ask(slow, 'GET /x', SIGNED)), 504);
    const down = await start({ upstream: new URL('http://127.0.0.1:1') });
    assert.equal(statusOf(await ask(down, 'GET /x', SIGNED)), 502);
    assert.equal(slow.logged.length + down.logged.length, 2);
  });

  for (const reason of ['\xe3\x81\x82', 'Pr\xe9sent', 'O\x01K']) {
    it(`arrive without their reason phrase where it is not ASCII (${JSON.stringify(reason)})`, async () => {
      const gateway = await start();
      gateway.upstream.answer = (_request, socket) =>
        socket.write(`HTTP/1.1 200 ${reason}\r\nContent-Length: 2\r\n\r\nok`, 'latin1');
      const answer = await ask(gateway, 'GET /x', SIGNED);
      assert.match(answer, /^HTTP\/1\.1 200 \r\n/);
      assert.ok(answer.endsWith('\r\n\r\nok'));
    });
  }

  it('are unreadable: 502', async () => {
    const gateway = await start();
    gateway.upstream.answer = (_request, socket) => socket.end('SMTP 220 hello\r\n\r\n');
    assert.equal(statusOf(await ask(gateway, 'GET /x', SIGNED)), 502);
  });

  it('break off: the client sees the connection cut, never a whole answer', async () => {
    const gateway = await start();
    gateway.upstream.answer = (_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n', () =>
        socket.destroy(),
      );
    };
    const answer = await ask(gateway, 'GET /x', SIGNED);
    assert.match(answer, /first/);
    assert.doesNotMatch(answer, /\r\n0\r\n\r\n$/);
  });

  it('arrive although the upstream gave them before reading the whole body', async () => {
    const hasty = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () =>
        socket.end('HTTP/1.1 413 Too Big\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      );
    });
    await new Promise<void>((resolve) => hasty.listen(0, '127.0.0.1', resolve));
    after(() => hasty.close());
    const { port } = hasty.address() as { port: number };
    const front = await start({ upstream: new URL(`http://127.0.0.1:${port}`) });
    const head = `POST /x HTTP/1.1\r\nHost: gateway.example\r\n${SIGNED}Content-Length: 1000000\r\n\r\n${'x'.repeat(1000)}`;
    const answer = await exchange(front.port, head, (text) => text.includes('\r\n\r\n'));
    assert.equal(statusOf(answer), 413);
  });

  it('pass at the pace of whoever reads them, megabytes in both directions unharmed', async () => {
    const gateway = await start();
    const body = 'abcdefghijklmnopqrstuvwxyz012345'.repeat(150_000);
    gateway.upstream.answer = (request, socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${request.body.length}\r\n\r\n${request.body}`);
    const answer = await ask(gateway, 'POST /x', `${SIGNED}Content-Length: ${body.length}\r\n`, body);
    assert.match(answer, /\r\nConnection: close\r\n/);
    assert.ok(answer.endsWith(`\r\n\r\n${body}`));
  });

  it('are cut off when the client takes nothing of them any more, and free the upstream', async () => {
    const gateway = await start({ upstreamTimeoutMs: 100 });
    const freed = Promise.withResolvers<void>();
    gateway.upstream.answer = (_request, socket) => {
      socket.on('close', freed.resolve);
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const piece = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
      for (let i = 0; i < 320; i += 1) socket.write(piece);
    };
    const client = connect(gateway.port, '127.0.0.1', () =>
      client.write(`GET /x HTTP/1.1\r\nHost: gateway.example\r\n${SIGNED}\r\n`),
    );
    client.on('error', () => undefined);
    client.pause();
    await freed.promise;
    client.destroy();
  });

  it('are not waited for when the client goes away', async () => {
    const gateway = await start();
    const arrived = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    gateway.upstream.answer = (_request, socket) => {
      socket.on('close', () => closed.resolve());
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n');
      arrived.resolve();
    };
    const head = `GET /x HTTP/1.1\r\nHost: gateway.example\r\n${SIGNED}\r\n`;
    await exchange(gateway.port, head, (text) => text.includes('first'));
    await arrived.promise;
    await closed.promise;
  });

  it('are asked for once more when a kept connection turns out to be closed, for methods that change nothing', async () => {
    const gateway = await start();
    let calls = 0;
    gateway.upstream.answer = (_request, socket) => {
      calls += 1;
      if (calls === 1) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    };
    assert.equal(statusOf(await ask(gateway, 'GET /x', SIGNED)), 200);
    calls = 0;
    assert.equal(statusOf(await ask(gateway, 'POST /x', `${SIGNED}Content-Length: 0\r\n`)), 502);
    assert.equal(calls, 1);
  });
});
