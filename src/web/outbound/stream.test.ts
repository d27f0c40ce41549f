import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createOutboundStreams, type OutboundStreams } from './stream.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(listener: RequestListener, timeoutMs = 5_000) {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const streams = opened({ allowHosts: [host], timeoutMs });
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://${host}`, host, streams, connections: () => connections };
}

function opened(settings: Parameters<typeof createOutboundStreams>[0]): OutboundStreams {
  const streams = createOutboundStreams(settings);
  closers.push(() => streams.close());
  return streams;
}

const GET = { method: 'GET', headers: {}, body: null } as const;

function get(streams: OutboundStreams, url: string, signal = new AbortController().signal) {
  return streams.send(url, { ...GET, signal });
}

describe('the guarded client for streams', () => {
  it('hands the answer on as it comes, headers in order and encoding not undone', async () => {
    const packed = gzipSync('hello');
    const { streams, origin } = await serve((_request, response) => {
      response.writeHead(203, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Content-Encoding', 'gzip']);
      response.end(packed);
    });
    const answer = await get(streams, `${origin}/x?y='`);
    assert.equal(answer.status, 203);
    assert.deepEqual(answer.headers.slice(0, 4), ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']);
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk as Buffer);
    assert.deepEqual(Buffer.concat(chunks), packed);
  });

  it('gives the head of an answer whose body has not ended', async () => {
    const { streams, origin } = await serve((_request, response) => void response.write('begun'));
    const { body } = await get(streams, origin);
    assert.equal(String((await once(body, 'data'))[0]), 'begun');
    body.destroy();
  });

  it('opens no connection to an address that is not listed', async () => {
    const { host, connections } = await serve((_request, response) => response.end());
    const port = host.split(':')[1]!;
    const unlisted = opened({ allowHosts: [], resolve: async () => ['127.0.0.1'] });
    await assert.rejects(get(unlisted, `http://${host}/`), { code: 'port-not-allowed' });
    await assert.rejects(get(unlisted, 'http://public.test/'), { code: 'address-forbidden' });
    await assert.rejects(get(unlisted, 'http://169.254.169.254/'), { code: 'address-forbidden' });
    await assert.rejects(get(unlisted, `http://[::ffff:127.0.0.1]:${port}/`), { code: 'port-not-allowed' });
    assert.equal(connections(), 0);
  });

  it('judges the addresses of every request anew, also where a connection is open (DNS rebinding)', async () => {
    const { host } = await serve((_request, response) => response.end('ok'));
    const port = host.split(':')[1]!;
    const answers = [['127.0.0.1'], ['127.0.0.9']];
    const streams = opened({
      allowHosts: [`rebinding.test:${port}`],
      resolve: async () => answers.shift() ?? ['127.0.0.1'],
    });
    assert.equal(await text((await get(streams, `http://rebinding.test:${port}/`)).body), 'ok');
    await assert.rejects(get(streams, `http://rebinding.test:${port}/`), { code: 'unreachable' });
  });

  it('keeps connections between requests', async () => {
    const { streams, origin, connections } = await serve((_request, response) => response.end('ok'));
    for (let i = 0; i < 8; i += 1) await text((await get(streams, origin)).body);
    assert.ok(connections() <= 2, String(connections()));
  });

  it('follows no redirect', async () => {
    const { streams, origin } = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    const { status, body } = await get(streams, origin);
    body.resume();
    assert.equal(status, 302);
  });

  it('waits for an answer no longer than its time', async () => {
    const { streams, origin } = await serve(() => {}, 300);
    await assert.rejects(get(streams, origin), { code: 'timeout' });
  });

  it('lets go when nobody waits any more', async () => {
    const gone = new AbortController();
    const cut = Promise.withResolvers<void>();
    const { streams, origin } = await serve((request) => {
      request.socket.once('close', () => cut.resolve());
      gone.abort();
    });
    await assert.rejects(get(streams, origin, gone.signal), { name: 'OutboundRefused' });
    await cut.promise;
  });
});
