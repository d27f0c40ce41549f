import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openListener } from './listener.ts';

describe('a listener that leaves', () => {
  it('answers what still comes, and lets each connection end with its answer', async () => {
    const listener = await openListener({ host: '127.0.0.1', port: 0 }, '--listen', {}, (_, response) =>
      response.end('here'),
    );
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const connectionHeader = () =>
      new Promise((resolve, reject) => {
        request({ agent, host: '127.0.0.1', port: listener.address.port }, (answer) => {
          answer.resume().on('end', () => resolve(answer.headers.connection));
        })
          .on('error', reject)
          .end();
      });
    assert.equal(await connectionHeader(), 'keep-alive');
    listener.leave();
    assert.equal(await connectionHeader(), 'close');
    assert.equal(await connectionHeader(), 'close');
    await listener.close(0);
    await assert.rejects(connectionHeader(), { code: 'ECONNREFUSED' });
  });

  it('waits for the request of a connection that it has just accepted', async () => {
    const listener = await openListener({ host: '127.0.0.1', port: 0 }, '--listen', {}, (_, response) =>
      response.end('in time'),
    );
    const socket = connect(listener.address.port, '127.0.0.1');
    await once(socket, 'connect');
    const closed = listener.close(60_000);
    // The server has let go of its own socket: nobody else is accepted.
    while (await isAccepting(listener.address.port)) await nextTurn();
    socket.write('GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 200 OK/);
    await closed;
  });

  it('does not wait for a connection on which nothing comes', async () => {
    const listener = await openListener({ host: '127.0.0.1', port: 0 }, '--listen', {}, (_, response) =>
      response.end(),
    );
    const socket = connect(listener.address.port, '127.0.0.1');
    await once(socket, 'connect');
    await Promise.all([listener.close(60_000), once(socket, 'close')]);
  });
});

describe('a listener that keeps connections for a while', () => {
  const KEPT = { keepAliveTimeout: 1_000 };
  /** More than any system holds ready for a connection. */
  const LONG = Buffer.alloc(64 * 1024 * 1024);
  const ASKING = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n';

  it('says for how long, and closes one that is not used any more', async () => {
    const listener = await openListener({ host: '127.0.0.1', port: 0 }, '--listen', KEPT, (_, response) =>
      response.end('here'),
    );
    const socket = connect(listener.address.port, '127.0.0.1');
    socket.write(ASKING);
    const answeredAt = performance.now();
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /\r\nConnection: keep-alive\r\nKeep-Alive: timeout=1\r\n/);
    await once(socket, 'close');
    assert.ok(performance.now() - answeredAt >= 1_000);
    await listener.close(0);
  });

  it('says nothing of it in an answer with which the connection ends', async () => {
    const listener = await openListener({ host: '127.0.0.1', port: 0 }, '--listen', KEPT, (_, response) =>
      response.end('here'),
    );
    const socket = connect(listener.address.port, '127.0.0.1');
    socket.write(ASKING.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    const [answer] = await once(socket, 'data');
    assert.doesNotMatch(String(answer), /keep-alive/i);
    await listener.close(0);
  });

  it('takes a time that an answer set back, with the next request and without one', async () => {
    const set: (number | undefined)[] = [];
    const listener = await openListener(
      { host: '127.0.0.1', port: 0 },
      '--listen',
      KEPT,
      (request, response) => {
        set.push(request.socket.timeout);
        response.setTimeout(60_000);
        response.end();
        response.once('close', () => set.push(request.socket.timeout));
        served = request.socket;
      },
    );
    let served: Socket | undefined;
    const socket = connect(listener.address.port, '127.0.0.1');
    for (const _ of ['first', 'second']) {
      socket.write(ASKING);
      await once(socket, 'data');
    }
    while (set.length < 4) await nextTurn();
    assert.deepEqual(set, [undefined, 60_000, 0, 60_000]);
    while (served?.timeout !== 0) await nextTurn();
    socket.destroy();
    await listener.close(0);
  });

  it('closes one that takes no more of its answer', async () => {
    const served = Promise.withResolvers<Socket>();
    const listener = await openListener(
      { host: '127.0.0.1', port: 0 },
      '--listen',
      KEPT,
      (request, response) => {
        response.end(LONG);
        served.resolve(request.socket);
      },
    );
    const socket = connect(listener.address.port, '127.0.0.1').pause();
    socket.write(ASKING);
    await once(await served.promise, 'close');
    socket.destroy();
    await listener.close(0);
  });

  it('hurries nobody who has taken all there is, and waits for the next part', async () => {
    const served = Promise.withResolvers<Socket>();
    const listener = await openListener(
      { host: '127.0.0.1', port: 0 },
      '--listen',
      { keepAliveTimeout: 10_000 },
      (request, response) => {
        response.write(LONG);
        served.resolve(request.socket);
      },
    );
    const socket = connect(listener.address.port, '127.0.0.1').pause();
    socket.write(ASKING);
    const accepted = await served.promise;
    while (!accepted.timeout) await nextTurn();
    socket.resume();
    while (accepted.timeout) await nextTurn();
    assert.equal(accepted.destroyed, false);
    socket.destroy();
    await listener.close(0);
  });

  it('closes none whose answer is not there yet, however long that takes', async () => {
    const { promise: isTime, resolve: answerNow } = Promise.withResolvers<void>();
    let isSlow = true;
    const listener = await openListener({ host: '127.0.0.1', port: 0 }, '--listen', KEPT, (_, response) => {
      if (!isSlow) response.end('at once');
      else void isTime.then(() => response.end('at last'));
      isSlow = false;
    });
    const slow = connect(listener.address.port, '127.0.0.1');
    await once(slow, 'connect');
    slow.write(ASKING);
    while (isSlow) await nextTurn();
    // Whatever was asked later has been closed for want of use by now.
    const quick = connect(listener.address.port, '127.0.0.1');
    quick.write(ASKING);
    quick.resume();
    await once(quick, 'close');
    answerNow();
    const [answer] = await once(slow, 'data');
    assert.match(String(answer), /at last$/);
    slow.destroy();
    await listener.close(0);
  });
});

function isAccepting(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
