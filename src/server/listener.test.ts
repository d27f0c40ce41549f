import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { describe, it } from 'node:test';
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
});
