import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { type RawUpstream, startRawUpstream } from '../../../test/support/raw-wire.ts';
import type { Flow, Upstream, UpstreamFailed, UpstreamRequest } from './exchange.ts';
import { createOwnUpstream } from './own-upstream.ts';
import { createUndiciUpstream } from './undici-upstream.ts';

/** All that came of one request. */
interface Outcome {
  status: number;
  reason: string;
  headers: readonly string[];
  body: string;
  failure: UpstreamFailed | null;
}

const GET: UpstreamRequest = { method: 'GET', target: '/x', headers: ['Host', 'app.example'], body: null };
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

function ask(
  upstream: Upstream,
  request: Partial<UpstreamRequest> = {},
  onHead = (_flow: Flow) => {},
): Promise<Outcome> {
  const outcome: Outcome = { status: 0, reason: '', headers: [], body: '', failure: null };
  return new Promise((resolve) => {
    const flow = upstream.send(
      { ...GET, ...request },
      {
        onHead({ status, reason, headers }) {
          Object.assign(outcome, { status, reason, headers });
          onHead(flow);
        },
        onBody(part) {
          outcome.body += part.toString('latin1');
        },
        onEnd: () => resolve(outcome),
        onFailure: (failure) => resolve({ ...outcome, failure }),
      },
    );
  });
}

async function start(
  timeoutMs = 60_000,
): Promise<{ server: RawUpstream; own: Upstream; sockets: Set<Socket> }> {
  const server = await startRawUpstream();
  const own = createOwnUpstream(server.url, timeoutMs);
  opened.push(own, server);
  const sockets = new Set<Socket>();
  answer(server, OK, sockets);
  return { server, own, sockets };
}

function answer(server: RawUpstream, wire: string, sockets = new Set<Socket>()): void {
  server.answer = (_request, socket) => {
    sockets.add(socket);
    socket.write(wire, 'latin1');
  };
}

describe('connections to the upstream', () => {
  it('carry one request after the other', async () => {
    const { own, server, sockets } = await start();
    for (let i = 0; i < 3; i += 1) assert.equal((await ask(own)).body, 'ok');
    assert.equal(sockets.size, 1);
    assert.equal(server.requests[0]!.requestLine, 'GET /x HTTP/1.1');
    assert.deepEqual(server.requests[0]!.headerLines, ['Host: app.example']);
  });

  it('are as many as requests are under way', async () => {
    const { own, sockets } = await start();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => ask(own)));
    assert.ok(outcomes.every(({ body }) => body === 'ok'));
    assert.equal(sockets.size, 20);
  });

  it('are 256 at most: further requests wait, in order, and those that were given up are not sent', async () => {
    const { own, server } = await start();
    const held: Socket[] = [];
    const full = Promise.withResolvers<void>();
    server.answer = (_request, socket) => {
      held.push(socket);
      if (held.length === 256) full.resolve();
    };
    const first = Array.from({ length: 256 }, () => ask(own));
    const aborted = own.send(
      { ...GET, target: '/aborted' },
      { onHead() {}, onBody() {}, onEnd() {}, onFailure() {} },
    );
    const late = [ask(own, { target: '/late1' }), ask(own, { target: '/late2' })];
    await full.promise;
    aborted.abort();
    answer(server, OK);
    for (const socket of held) socket.write(OK);
    assert.ok((await Promise.all([...first, ...late])).every(({ body }) => body === 'ok'));
    const targets = server.requests.slice(256).map(({ requestLine }) => requestLine);
    assert.deepEqual(targets, ['GET /late1 HTTP/1.1', 'GET /late2 HTTP/1.1']);
  });

  for (const [name, wire, method] of [
    ['bytes behind an answer', `${OK}HTTP/1.1 200 OK\r\n`, 'GET'],
    ['an answer to HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', 'HEAD'],
    ['Connection: close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', 'GET'],
  ] as const) {
    it(`end with ${name}`, async () => {
      const { own, server, sockets } = await start();
      answer(server, wire, sockets);
      await ask(own, { method });
      answer(server, OK, sockets);
      assert.equal((await ask(own)).body, 'ok');
      assert.equal(sockets.size, 2);
    });
  }

  it('end when bytes come that nobody asked for', async () => {
    const { own, sockets } = await start();
    await ask(own);
    const [socket] = sockets;
    socket!.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil');
    await once(socket!, 'close');
    assert.equal((await ask(own)).body, 'ok');
  });

  it('end when the upstream closes them, and the next request gets another', async () => {
    const { own, sockets } = await start();
    await ask(own);
    const [socket] = sockets;
    socket!.end();
    await once(socket!, 'close');
    assert.equal((await ask(own)).body, 'ok');
    assert.equal(sockets.size, 2);
  });

  it('read on for the next request although the client of the last one is slow', async () => {
    const { own, sockets } = await start();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const flow = own.send(GET, {
      onHead() {},
      onBody: () => flow.pause(),
      onEnd: resolve,
      onFailure: (failure) => assert.fail(failure),
    });
    await ended;
    assert.equal((await ask(own)).body, 'ok');
    assert.equal(sockets.size, 1);
  });

  it('end before the upstream would end them', async () => {
    const { own, server, sockets } = await start(80);
    answer(server, 'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 0\r\n\r\n', sockets);
    await ask(own);
    const [socket] = sockets;
    await once(socket!, 'close');
  });

  it('are cut when nobody waits for the answer any more, and nothing of it is handed on', async () => {
    const { own, server } = await start();
    const gone = Promise.withResolvers<void>();
    server.answer = (_request, socket) => {
      socket.on('close', () => gone.resolve());
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n');
    };
    let body = '';
    const flow = own.send(GET, {
      onHead() {},
      onBody(part) {
        body += part.toString();
        flow.abort();
      },
      onEnd: () => assert.fail('ended'),
      onFailure: () => assert.fail('failed'),
    });
    await gone.promise;
    assert.equal(body, 'a');
  });
});

describe('requests', () => {
  it('carry a body at hand, and say so when there is none', async () => {
    const { own, server } = await start();
    const body = Buffer.from('a=\xff', 'latin1');
    await ask(own, { method: 'POST', headers: ['Host', 'h', 'Content-Length', '3'], body });
    await ask(own, { method: 'POST', headers: ['Host', 'h'] });
    await ask(own, { method: 'PUT', headers: ['Host', 'h', 'Content-Length', '0'] });
    assert.deepEqual(
      server.requests.map(({ body: received, header }) => [received, header('content-length')]),
      [
        ['a=\xff', ['3']],
        ['', ['0']],
        ['', ['0']],
      ],
    );
  });

  it('cannot be made two of by a value', async () => {
    const { own, server } = await start();
    for (const value of ['a\r\nX-Evil: 1', 'a\nb', 'a\rb', 'a\0', '\u010a'])
      assert.throws(() => own.send({ ...GET, headers: ['X-A', value] }, {} as never), TypeError);
    assert.equal(server.bytesReceived, 0);
  });

  it('with a body where few expect one leave nothing behind for the next', async () => {
    const { own, sockets } = await start();
    await ask(own, { headers: ['Content-Length', '1'], body: Buffer.from('x') });
    await ask(own);
    assert.equal(sockets.size, 2);
  });
});

describe('answers', () => {
  it('of megabytes come whole, held back as long as nobody takes them', async () => {
    const { own, server } = await start(80);
    const body = 'abcdefghijklmnop'.repeat(200_000);
    answer(server, `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const outcome = await ask(own, {}, async (flow) => {
      flow.pause();
      // Longer than the upstream may be silent: while the client is slow, its time does not run.
      server.answer = () => undefined;
      assert.equal((await ask(own)).failure?.kind, 'slow');
      flow.resume();
    });
    assert.equal(outcome.body.length, body.length);
    assert.equal(outcome.body, body);
  });

  const failures: [kind: string, name: string, wire: string][] = [
    ['lost', 'there is none', ''],
    ['broken', 'the head breaks off', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['broken', 'the body breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst'],
    ['broken', 'it is none', 'SMTP 220 hello\r\n\r\n'],
  ];
  for (const [kind, name, wire] of failures) {
    it(`fail as ${kind} when ${name}`, async () => {
      const { own, server } = await start();
      server.answer = (_request, socket) => socket.end(wire, 'latin1');
      assert.equal((await ask(own)).failure?.kind, kind);
    });
  }

  it('fail as slow when their head or the rest of them does not come in time', async () => {
    const { own, server } = await start(80);
    for (const wire of ['', 'HTTP/1.1 200', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst']) {
      answer(server, wire);
      assert.equal((await ask(own)).failure?.kind, 'slow');
    }
  });

  it('fail as broken when nobody listens, and when the server stops', async () => {
    const down = createOwnUpstream(new URL('http://127.0.0.1:1'), 1_000);
    opened.push(down);
    assert.equal((await ask(down)).failure?.kind, 'broken');
    const { own, server } = await start();
    server.answer = () => void own.close();
    assert.equal((await ask(own)).failure?.kind, 'broken');
  });
});

describe('both clients give the same answer', () => {
  const wires = [
    OK,
    'HTTP/1.1 404 Not Found\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nX-Odd:  caf\xe9\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: 1\r\n\r\n',
    'HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 7\r\n\r\n',
    'HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na',
    'HTTP/1.1 200 OK\r\nX: 1\r\n\r\nuntil the end',
    'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\nContent-Length: 1\n\na',
    'HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
  ];
  for (const wire of wires) {
    it(JSON.stringify(wire), async () => {
      const { own, server } = await start();
      const general = createUndiciUpstream(server.url, 60_000);
      opened.push(general);
      server.answer = (_request, socket) => socket.end(wire, 'latin1');
      const [ours, theirs] = [await ask(own), await ask(general)];
      assert.equal(ours.failure === null, theirs.failure === null, String(theirs.failure));
      if (ours.failure === null) assert.deepEqual(ours, theirs);
    });
  }
});
