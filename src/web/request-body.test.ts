import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { exchange, statusOf } from '../../test/support/raw-wire.ts';
import { BodyBudget, FREE_BODY_BYTES } from './body-budget.ts';
import { sendFailure } from './problem-response.ts';
import { readBody, rememberedBody } from './request-body.ts';
import { WireRefused } from './wire-refused.ts';

const asked = { requestId: 'request-1', realm: 'https://tracker.example' };
const refused: unknown[] = [];
let onRefused = () => {};

const server = createServer(async (request, response) => {
  try {
    response.end(await readBody(request, 10));
  } catch (error) {
    refused.push(error);
    onRefused();
    sendFailure(response, asked, error, () => undefined);
  }
});
let port = 0;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const post = (headers: string, body: string) =>
  exchange(port, `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n${body}`);

describe('a request body', () => {
  it('is read as the bytes that were sent, whatever its encoding claims to be', async () => {
    const answer = await post('Content-Encoding: gzip\r\nContent-Length: 4\r\n', '\x00\xff%a');
    assert.ok(answer.endsWith('\r\n\r\n\x00\xff%a'));
    assert.ok(
      (await post('Transfer-Encoding: chunked\r\n', '2\r\nab\r\n1\r\nc\r\n0\r\n\r\n')).endsWith(
        '\r\n\r\nabc',
      ),
    );
  });

  it('is remembered with its request while it is small, and not at all before it was read', async () => {
    const remembered: (number | null)[] = [];
    const remembering = createServer(async (request, response) => {
      assert.equal(rememberedBody(request), null);
      await readBody(request);
      remembered.push(rememberedBody(request)?.length ?? null);
      response.end();
    });
    await new Promise<void>((resolve) => remembering.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(remembering.address() as AddressInfo).port}`;
    for (const length of [3, 65_536, 65_537]) await fetch(url, { method: 'POST', body: 'x'.repeat(length) });
    remembering.closeAllConnections();
    remembering.close();
    assert.deepEqual(remembered, [3, 65_536, null]);
  });

  it('is empty where there is none', async () => {
    assert.match(await post('', ''), /\r\nContent-Length: 0\r\n/i);
  });

  it('may be as large as the limit and no larger, announced or not', async () => {
    assert.equal(statusOf(await post('Content-Length: 10\r\n', '0123456789')), 200);
    assert.equal(statusOf(await post('Content-Length: 11\r\n', '')), 413);
    assert.equal(
      statusOf(await post('Transfer-Encoding: chunked\r\n', 'b\r\n01234567890\r\n0\r\n\r\n')),
      413,
    );
  });

  it('that breaks off is nobody’s request', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    onRefused = resolve;
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc', () => socket.destroy()),
    );
    await promise;
    const error = refused.at(-1);
    assert.ok(error instanceof WireRefused && error.status === 400);
  });
});

describe('the memory that arriving bodies share', () => {
  const budget = new BodyBudget(1000);
  const refusal = (error: unknown) => error instanceof WireRefused && error.status === 503;

  it('has room for any number of small bodies, and for large ones up to its size', () => {
    const [first, second] = [budget.open(), budget.open()];
    first.charge(FREE_BODY_BYTES + 400);
    first.charge(FREE_BODY_BYTES + 900);
    second.charge(FREE_BODY_BYTES);
    second.charge(FREE_BODY_BYTES + 100);
    assert.throws(() => second.charge(FREE_BODY_BYTES + 101), refusal);
    budget.open().charge(FREE_BODY_BYTES);
    first.close();
    second.charge(FREE_BODY_BYTES + 1000);
    second.close();
  });

  it('is given back when a body is whole, is too large, or breaks off', async (t) => {
    const shared = new BodyBudget(100_000);
    const limited = createServer(async (request, response) => {
      const body = await readBody(request, 120_000, shared).catch((error: WireRefused) => error);
      response.writeHead(body instanceof WireRefused ? body.status : 200, { Connection: 'close' }).end();
    });
    t.after(() => {
      limited.closeAllConnections();
      limited.close();
    });
    await new Promise<void>((resolve) => limited.listen(0, '127.0.0.1', resolve));
    const at = (limited.address() as AddressInfo).port;
    const statusFor = async (length: number) =>
      statusOf(
        await exchange(
          at,
          `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${'a'.repeat(length)}\r\n0\r\n\r\n`,
          (received) => received.includes('\r\n\r\n'),
        ),
      );

    const arrived = Promise.withResolvers<void>();
    const brokenOff = Promise.withResolvers<void>();
    limited.once('request', (request) => {
      let missing = 118_000;
      request.on('data', (chunk: Buffer) => {
        missing -= chunk.length;
        if (missing === 0) arrived.resolve();
      });
      request.on('close', brokenOff.resolve);
    });
    const slow = connect(at, '127.0.0.1', () =>
      slow.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 119000\r\n\r\n${'a'.repeat(118_000)}`),
    );
    await arrived.promise;
    assert.deepEqual([await statusFor(119_000), await statusFor(60_000)], [503, 200]);
    slow.destroy();
    await brokenOff.promise;
    for (const status of [200, 413, 200, 413, 200]) {
      assert.equal(await statusFor(status === 200 ? 119_000 : 121_000), status);
    }
  });
});
