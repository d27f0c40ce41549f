import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { after, describe, it } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createOutbound } from './outbound.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A web server on loopback, and a client for which it is listed. */
async function serve(listener: RequestListener) {
  const port = await listen(createServer({ keepAliveTimeout: 1 }, listener));
  const host = `127.0.0.1:${port}`;
  return { host, origin: `http://${host}`, outbound: createOutbound({ allowHosts: [host] }) };
}

describe('the guarded client', () => {
  it('gives status, headers, body and where it came from', async () => {
    const { outbound, origin } = await serve((request, response) => {
      response.setHeader('X-Method', String(request.method));
      response.statusCode = 201;
      request.pipe(response);
    });
    const answer = await outbound.fetch(`${origin}/a?b=c`, { method: 'POST', body: 'hello' });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers['x-method'], 'POST');
    assert.equal(Buffer.from(answer.body).toString(), 'hello');
    assert.equal(answer.finalUrl, `${origin}/a?b=c`);
  });

  for (const method of ['GET', 'POST'])
    it(`asks the resolver once for a ${method} and connects to what it said then, not to what it says later (DNS rebinding)`, async () => {
      const { host } = await serve((request, response) => response.end(request.headers.host));
      const port = host.split(':')[1];
      const answers = [['127.0.0.1'], ['127.0.0.2']];
      const asked: string[] = [];
      const outbound = createOutbound({
        allowHosts: [`rebinding.test:${port}`],
        resolve: async (name) => {
          asked.push(name);
          return answers.shift() ?? [];
        },
      });
      const answer = await outbound.fetch(`http://rebinding.test:${port}/`, { method });
      assert.equal(Buffer.from(answer.body).toString(), `rebinding.test:${port}`);
      assert.deepEqual(asked, ['rebinding.test']);
    });

  it('reads over a connection that is there, and writes over one of its own', async () => {
    const connections = new Set<unknown>();
    const server = createServer((request, response) => {
      connections.add(request.socket);
      response.end('ok');
    });
    const port = await listen(server);
    const outbound = createOutbound({ allowHosts: [`127.0.0.1:${port}`] });
    const address = `http://127.0.0.1:${port}/`;
    for (let n = 0; n < 9; n += 1) await outbound.fetch(address);
    const kept = connections.size;
    assert.ok(kept <= 2, String(kept));
    for (let n = 0; n < 2; n += 1) await outbound.fetch(address, { method: 'POST', body: 'x' });
    assert.equal(connections.size, kept + 2);
    server.closeAllConnections();
  });

  it('reads once more when the connection that was there is closed under the request', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else response.end(`answer ${requests}`);
    });
    const port = await listen(server);
    const outbound = createOutbound({ allowHosts: [`127.0.0.1:${port}`] });
    const read = async () => Buffer.from((await outbound.fetch(`http://127.0.0.1:${port}/`)).body).toString();
    assert.deepEqual([await read(), await read()], ['answer 1', 'answer 3']);
    server.closeAllConnections();
  });

  it('opens a connection of its own for a name that has moved', async () => {
    const { host } = await serve((_request, response) => response.end());
    const port = host.split(':')[1];
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const outbound = createOutbound({
      allowHosts: [`moved.test:${port}`],
      resolve: async () => answers.shift() ?? [],
    });
    assert.equal((await outbound.fetch(`http://moved.test:${port}/`)).status, 200);
    await assert.rejects(outbound.fetch(`http://moved.test:${port}/`), { code: 'unreachable' });
  });

  it('opens no connection to an address that is not listed', async () => {
    let connections = 0;
    const server = createServer();
    server.on('connection', () => {
      connections += 1;
    });
    const port = await listen(server);
    const outbound = createOutbound({
      allowHosts: [`listed.test:${port}`],
      resolve: async () => ['127.0.0.1'],
    });
    await assert.rejects(outbound.fetch(`http://127.0.0.1:${port}/`), { code: 'port-not-allowed' });
    await assert.rejects(outbound.fetch('http://unlisted.test/'), { code: 'address-forbidden' });
    assert.equal(connections, 0);
  });

  const forbidden: [location: string, code: string][] = [
    ['http://127.0.0.1:8080/', 'address-forbidden'],
    ['http://169.254.169.254/latest/meta-data/', 'address-forbidden'],
    ['http://[::ffff:127.0.0.1]/', 'address-forbidden'],
    ['//0/', 'address-forbidden'],
    ['http://127.0.0.1:22/', 'port-not-allowed'],
    ['file:///etc/passwd', 'invalid-url'],
    ['http://user:pass@127.0.0.1/', 'invalid-url'],
  ];
  for (const [location, code] of forbidden) {
    it(`does not follow a redirect to ${location}`, async () => {
      const { outbound, origin } = await serve((_request, response) =>
        response.writeHead(302, { location }).end(),
      );
      await assert.rejects(outbound.fetch(origin), { code });
    });
  }

  it('follows three redirects, not four', async () => {
    const { outbound, origin } = await serve((request, response) => {
      const left = Number(request.url!.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    assert.equal((await outbound.fetch(`${origin}/3`)).finalUrl, `${origin}/0`);
    await assert.rejects(outbound.fetch(`${origin}/4`), { code: 'too-many-redirects' });
    await assert.rejects(outbound.fetch(`${origin}/1`, { maxRedirects: 0 }), { code: 'too-many-redirects' });
    const mayFollow = (url: URL) => url.pathname !== '/1';
    await assert.rejects(outbound.fetch(`${origin}/3`, { mayFollow }), { code: 'redirect-refused' });
  });

  it('carries credentials and bodies to no other origin', async () => {
    const there = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const here = await serve((request, response) =>
      response.writeHead(Number(request.url!.slice(1)), { location: `${there.origin}/` }).end(),
    );
    const outbound = createOutbound({ allowHosts: [here.host, there.host] });
    const headers = {
      Authorization: 'OAuth x',
      Cookie: 'a=1',
      'X-Api-Key': 'k',
      Accept: 'text/xml',
      'Content-Type': 'text/plain',
    };
    const seen = JSON.parse(
      Buffer.from((await outbound.fetch(`${here.origin}/302`, { headers })).body).toString(),
    );
    assert.equal(seen.accept, 'text/xml');
    for (const name of ['authorization', 'cookie', 'x-api-key', 'content-type'])
      assert.equal(seen[name], undefined);
    const post = { method: 'POST', body: 'secret', headers };
    await assert.rejects(outbound.fetch(`${here.origin}/307`, post), { code: 'redirect-refused' });
    assert.equal((await outbound.fetch(`${here.origin}/303`, post)).status, 200);
  });

  it('reads no more than its limit, announced or not, packed or not', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { outbound, origin } = await serve((request, response) => {
      if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
      else if (request.url === '/brotli')
        response
          .writeHead(200, { 'content-encoding': 'br' })
          .end(brotliCompressSync(Buffer.alloc(5_000_000)));
      else if (request.url === '/announced')
        response.writeHead(200, { 'content-length': 262_145 }).end(Buffer.alloc(262_145));
      else if (request.url === '/endless') {
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', pour);
        pour();
      } else response.end(Buffer.alloc(262_144));
    });
    for (const path of ['/bomb', '/brotli', '/announced', '/endless']) {
      await assert.rejects(outbound.fetch(origin + path), { code: 'too-large' }, path);
    }
    assert.equal((await outbound.fetch(`${origin}/just`)).body.length, 262_144);
    await assert.rejects(outbound.fetch(`${origin}/just`, { maxBytes: 1000 }), { code: 'too-large' });
  });

  it('unpacks gzip, and refuses what it cannot unpack', async () => {
    const { outbound, origin } = await serve((request, response) => {
      const encoding = request.url!.slice(1);
      response
        .writeHead(200, { 'content-encoding': encoding })
        .end(encoding === 'gzip' ? gzipSync('packed') : 'not packed');
    });
    assert.equal(Buffer.from((await outbound.fetch(`${origin}/gzip`)).body).toString(), 'packed');
    await assert.rejects(outbound.fetch(`${origin}/compress`), { code: 'unreadable' });
    await assert.rejects(outbound.fetch(`${origin}/deflate`), { code: 'unreadable' });
  });

  it('waits for no more than its time in all, whatever is slow', async () => {
    const { outbound, origin } = await serve((request, response) => {
      if (request.url === '/body') {
        response.write('a');
        const drip = setInterval(() => response.write('a'), 20);
        response.on('close', () => clearInterval(drip));
      } else if (request.url === '/loop') {
        setTimeout(() => response.writeHead(302, { location: '/loop' }).end(), 60);
      }
    });
    for (const path of ['/head', '/body', '/loop']) {
      await assert.rejects(outbound.fetch(origin + path, { timeoutMs: 150 }), { code: 'timeout' }, path);
    }
    const stuck = createOutbound({ allowHosts: [], resolve: () => new Promise(() => undefined) });
    await assert.rejects(stuck.fetch('http://stuck.test/', { timeoutMs: 50 }), { code: 'timeout' });
  });

  it('tells what is wrong on the other side', async () => {
    const closed = await serve(() => undefined);
    servers.pop()!.close();
    await assert.rejects(closed.outbound.fetch(closed.origin), {
      code: 'unreachable',
      message: /cannot be reached/,
    });
    const mute = await serve((request) => request.socket.destroy());
    await assert.rejects(mute.outbound.fetch(mute.origin), { code: 'unreachable' });
  });

  it('trusts no certificate that nobody vouches for', async () => {
    const pem = readFileSync(new URL('../../../test/fixtures/self-signed-tls.pem', import.meta.url));
    const port = await listen(
      createTlsServer({ key: pem, cert: pem }, (_request, response) => response.end()),
    );
    const outbound = createOutbound({
      allowHosts: [`self-signed.test:${port}`],
      resolve: async () => ['127.0.0.1'],
    });
    await assert.rejects(outbound.fetch(`https://self-signed.test:${port}/`), { code: 'tls-failed' });
  });
});
