import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
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

function isAccepting(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
