import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { MOST_WAITING, TurnTaking } from './turn-taking.ts';

const requests = (count: number) =>
  Array.from({ length: count }, (_, index) => `GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`).join('');

/** A server that leaves its answers to the test, and a connection to it. */
async function start(context: { after(done: () => void): void }) {
  const begun: string[] = [];
  const answers: ServerResponse[] = [];
  const turns = new TurnTaking((request, response) => {
    begun.push(request.url ?? '');
    answers.push(response);
    server.emit('begun');
  });
  const server = createServer(turns.listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  client.on('error', () => {});
  const [accepted] = (await once(server, 'connection')) as [Socket];
  /** Sends all of it, and waits for the first to begin. */
  const send = async (bytes: string) => {
    const first = once(server, 'begun');
    client.write(bytes);
    await first;
  };
  return { server, turns, client, accepted, begun, answers, send };
}

describe('requests on one connection', () => {
  it('are handled one after the other, each when the one before has its answer', async (context) => {
    const { server, client, begun, answers, send } = await start(context);
    await send(requests(3));
    deepEqual(begun, ['/0']);
    for (const path of ['/1', '/2']) {
      const next = once(server, 'begun');
      answers.at(-1)!.end(`before ${path}\n`);
      await next;
      equal(begun.at(-1), path);
    }
    answers.at(-1)!.end('last\n');
    let text = '';
    for await (const chunk of client) {
      text += String(chunk);
      if (text.includes('last')) break;
    }
    deepEqual(text.match(/before \/\d|last/g), ['before /1', 'before /2', 'last']);
  });

  it('are not handled any more when the connection is gone', async (context) => {
    const { client, accepted, begun, answers, send } = await start(context);
    await send(requests(3));
    const gone = once(answers[0]!, 'close');
    client.destroy();
    await gone;
    equal(accepted.destroyed, true);
    deepEqual(begun, ['/0']);
  });

  it('do not wait for one that was answered at once', async (context) => {
    let inOneTurn = 0;
    let most = 0;
    const turns = new TurnTaking((_request, response) => {
      inOneTurn += 1;
      most = Math.max(most, inOneTurn);
      setImmediate(() => {
        inOneTurn = 0;
      });
      response.end('ok');
    });
    const server = createServer(turns.listener);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    context.after(() => server.close());
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write(requests(5));
    let text = '';
    for await (const chunk of client) {
      text += String(chunk);
      if (text.match(/ok/g)?.length === 5) break;
    }
    equal(most, 5);
  });

  it('end it when too many of them wait', async (context) => {
    const { client, begun, send } = await start(context);
    const closed = once(client, 'close');
    client.resume();
    await send(requests(MOST_WAITING + 2));
    await closed;
    deepEqual(begun, ['/0']);
  });

  it('do not wait for those on another', async (context) => {
    const { server, begun, send } = await start(context);
    await send(requests(1));
    const other = connect((server.address() as AddressInfo).port, '127.0.0.1');
    context.after(() => other.destroy());
    const second = once(server, 'begun');
    other.write(requests(1));
    await second;
    deepEqual(begun, ['/0', '/0']);
  });
});

describe('a connection', () => {
  it('is busy until the last of its answers has left, those included that nobody was told of', async (context) => {
    const { turns, client, accepted, answers, send } = await start(context);
    client.resume();
    equal(turns.stateOf(accepted), 'unused');
    await send(requests(2));
    equal(turns.stateOf(accepted), 'busy');
    const first = once(answers[0]!, 'close');
    answers[0]!.end('first');
    await first;
    equal(turns.stateOf(accepted), 'busy');
    const second = once(answers[1]!, 'close');
    answers[1]!.end('second');
    equal(turns.stateOf(accepted), 'busy');
    await second;
    equal(turns.stateOf(accepted), 'idle');
  });

  it('is busy while an answer that was there at once is still on its way', async (context) => {
    const states: string[] = [];
    const turns: TurnTaking = new TurnTaking((request, response) => {
      response.end('x'.repeat(50_000_000));
      states.push(turns.stateOf(request.socket));
    });
    const server = createServer(turns.listener);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    context.after(() => server.close());
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => {});
    const accepted = once(server, 'connection');
    client.write(requests(1));
    const [socket] = (await accepted) as [Socket];
    await once(client, 'data');
    equal(turns.stateOf(socket), 'busy');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    client.destroy();
    await closed;
    deepEqual(states, ['busy']);
  });
});
