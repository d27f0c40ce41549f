import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePorts } from '../../test/support/free-ports.ts';
import { prepareData } from '../../test/support/prepared-data.ts';
import { readSettings } from '../settings/index.ts';
import { type RunningServer, startServer } from './index.ts';
import { openLog } from './log.ts';

/** What browsers send when somebody opens an address. */
const BROWSER = {
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'Accept-Language': 'en-GB',
};

/** What a Java program sends that never thought about it. */
const JAVA = { Accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' };

describe('a refusal', () => {
  let root: string;
  let server: RunningServer;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'countersign-refusals-'));
    const data = join(root, 'data');
    await prepareData(data);
    const [gone] = await freePorts(1);
    const flags = {
      data,
      listen: '127.0.0.1:0',
      upstream: `http://127.0.0.1:${gone}`,
      publicPath: ['/open/**'],
    };
    const { settings } = readSettings({ flags, environment: {}, readFile: () => '' });
    server = await startServer(settings, openLog('silent'));
  });
  after(async () => {
    await server?.close(0);
    await rm(root, { recursive: true, force: true });
  });

  interface Told {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  function ask(line: string, headers: Readonly<Record<string, string>>, body = ''): Promise<Told> {
    const [method = 'GET', path = ''] = line.split(' ');
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    const { hostname, port } = new URL(server.url);
    const sent = { ...headers, ...(body !== '' && { 'Content-Length': String(body.length) }) };
    const asking = request({ hostname, port, method, path, headers: sent, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
    return promise;
  }

  /** What to ask, the status of the answer, its text for a program, and what a person reads. */
  const REFUSALS = [
    ['GET /oauth/request-token', 405, 'This address takes POST.\n', /for programs[\s\S]*call it with POST/],
    [
      'GET /open/x',
      502,
      'The application behind this server cannot be reached.\n',
      /does not answer[\s\S]*Try again/,
    ],
    [
      'GET /open//x',
      400,
      'The path can be read in more than one way (dot segments, escaped or repeated slashes).\n',
      /cannot be answered[\s\S]*read in more than one way/,
    ],
  ] as const;

  it('is a page with the request id for a person who opened the address', async () => {
    for (const [line, status, , words] of REFUSALS) {
      const { headers, body, ...told } = await ask(line, BROWSER);
      assert.deepEqual([told.status, headers['content-type']], [status, 'text/html; charset=utf-8'], line);
      assert.match(body, words);
      assert.ok(body.includes(String(headers['x-request-id'])));
      assert.match(String(headers['content-security-policy']), /default-src 'none'/);
    }
  });

  it('is in the language of the person', async () => {
    for (const [line] of REFUSALS) {
      const { body } = await ask(line, { ...BROWSER, 'Accept-Language': 'ja' });
      assert.match(body, /<html lang="ja">/);
    }
  });

  it('is one line of text for a program, with the same status and fields', async () => {
    const signed = { ...BROWSER, Authorization: 'OAuth oauth_consumer_key="x"' };
    for (const [line, status, text] of REFUSALS) {
      const told = await ask(line, {});
      assert.deepEqual([told.status, told.body], [status, text]);
      assert.equal(told.headers['content-type'], 'text/plain; charset=utf-8');
      const paged = await ask(line, BROWSER);
      assert.deepEqual(
        [told.headers.allow, told.headers.connection],
        [paged.headers.allow, paged.headers.connection],
      );
    }
    const [method] = REFUSALS;
    assert.equal((await ask(method[0], signed)).body, method[2]);
    assert.equal((await ask(`${method[0]}?oauth_consumer_key=x`, BROWSER)).body, method[2]);
  });

  it('of what is too large is a page for a form, and text for whoever sends it without an origin', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = 'x'.repeat(300_001);
    const paged = await ask(
      'POST /oauth/login',
      { ...BROWSER, ...form, Origin: new URL(server.url).origin },
      body,
    );
    assert.deepEqual([paged.status, paged.headers.connection], [413, 'close']);
    assert.match(paged.body, /too much at once[\s\S]*larger than 300000 bytes/);
    for (const headers of [form, { ...JAVA, ...form }]) {
      const told = await ask('POST /oauth/login', headers, body);
      assert.deepEqual([told.status, told.body], [413, 'The request body is larger than 300000 bytes.\n']);
    }
  });

  it('of the dance stays what its clients read, whatever they accept', async () => {
    for (const headers of [{}, JAVA, BROWSER]) {
      const told = await ask('GET /plugins/servlet/oauth/request-token', headers);
      assert.deepEqual(
        [told.status, told.headers['content-type']],
        [400, 'application/x-www-form-urlencoded'],
      );
      assert.equal(new URLSearchParams(told.body).get('oauth_problem'), 'parameter_absent');
    }
  });

  it('is text for frames, pictures and scripts of a page', async () => {
    for (const dest of ['iframe', 'image', 'empty']) {
      const told = await ask('GET /open/x', { ...BROWSER, 'Sec-Fetch-Dest': dest });
      assert.equal(told.headers['content-type'], 'text/plain; charset=utf-8', dest);
    }
  });
});
