import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../../test/support/countersign.ts';

const SECRET = 'secret-of-the-provider';

describe('countersign request', () => {
  let data: string;
  let base: string;
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const { method, url, headers } = request;
    response.writeHead(url === '/api/gone' ? 404 : 200, { 'x-seen': 'yes' });
    response.end(JSON.stringify({ method, url, body, headers }));
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    data = await mkdtemp(join(tmpdir(), 'countersign-request-'));
    const words = [
      '--name',
      'Photos',
      '--consumer-key',
      'ours',
      '--base-url',
      base,
      '--two-legged',
      'no-token',
    ];
    const added = await runCommand(['provider', 'add', ...words, '--secret-stdin', '--data', data], SECRET);
    assert.equal(added.status, 0, added.stderr);
    await runCommand(['user', 'add', 'alice', '--password-stdin', '--data', data], 'correct horse battery');
  });
  after(async () => {
    server.close();
    await rm(data, { recursive: true, force: true });
  });

  function request(...args: string[]) {
    const common = ['--provider', 'Photos', '--data', data, '--allow-host', new URL(base).host];
    return runCommand(['request', ...common, ...args]);
  }

  it('prints the body on stdout and the status on stderr', async () => {
    const { status, stdout, stderr } = await request('--two-legged', '/albums?a=b');
    assert.equal(status, 0, stderr);
    const seen = JSON.parse(stdout);
    assert.deepEqual([seen.method, seen.url], ['GET', '/api/albums?a=b']);
    assert.match(seen.headers.authorization, /^OAuth oauth_consumer_key="ours"/);
    assert.equal(stderr, '200 OK\n');
  });

  it('takes method, body and header fields like curl', async () => {
    const file = join(data, 'album.json');
    await writeFile(file, '{"name":"Summer"}');
    const json = ['-H', 'Content-Type: application/json', '-d', `@${file}`];
    const put = JSON.parse((await request('--two-legged', '-X', 'PUT', ...json, `${base}/albums/1`)).stdout);
    assert.deepEqual(
      [put.method, put.body, put.headers['content-type']],
      ['PUT', '{"name":"Summer"}', 'application/json'],
    );
    const post = JSON.parse((await request('--two-legged', '-d', 'a=1', '-d', 'b=2', '/albums')).stdout);
    assert.deepEqual([post.method, post.body], ['POST', 'a=1&b=2']);
    assert.match(
      (await request('--two-legged', '-i', '/albums')).stdout,
      /^HTTP\/1.1 200 OK\r\nx-seen: yes\r\n/,
    );
  });

  it('ends with 1 when the provider refuses, after its body was printed', async () => {
    const { status, stdout, stderr } = await request('--two-legged', '/gone');
    assert.equal(status, 1);
    assert.equal(JSON.parse(stdout).url, '/api/gone');
    assert.equal(stderr, 'countersign: Photos answered 404 Not Found.\n');
  });

  it('gives status, header fields and body as one document', async () => {
    const { status, stdout, stderr } = await request('--two-legged', '--json', '/albums');
    assert.deepEqual([status, stderr], [0, '200 OK\n']);
    const answer = JSON.parse(stdout);
    assert.deepEqual([answer.status, answer.bodyEncoding], [200, 'utf8']);
    assert.deepEqual(answer.headers['x-seen'], ['yes']);
    assert.equal(JSON.parse(answer.body).url, '/api/albums');
    assert.equal((await request('--two-legged', '--json', '/gone')).status, 1);
  });

  it('goes nowhere but to its provider, and to no private address that is not listed', async () => {
    const elsewhere = await request('--two-legged', 'http://127.0.0.1:9/');
    assert.match(elsewhere.stderr, /signed requests go nowhere else/);
    const unlisted = await runCommand([
      'request',
      '--provider',
      'Photos',
      '--data',
      data,
      '--two-legged',
      '/albums',
    ]);
    assert.match(unlisted.stderr, /--allow-host/);
    assert.deepEqual([elsewhere.status, unlisted.status], [1, 1]);
  });

  it('says what to do when the user has no connection', async () => {
    const { status, stderr } = await request('--user', 'alice', '/albums');
    assert.equal(status, 1);
    assert.match(stderr, /no connection to Photos yet: log in there and approve/);
  });

  it('wants to know as whom', async () => {
    assert.equal((await request('/albums')).status, 2);
    assert.equal((await request('--user', 'alice', '--two-legged', '/albums')).status, 2);
  });
});
