import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../../test/support/countersign.ts';

let directory: string;
let server: Server;
let host: string;
/** What the other side has, by path. */
const documents = new Map<string, string>();

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-gadgets-'));
  server = createServer((request, response) => {
    const found = documents.get(request.url ?? '');
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(directory, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommand([...args, '--data', join(directory, 'data')]);

async function json(...args: string[]) {
  const { status, stdout, stderr } = await run(...args, '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const spec = (title: string, more = '') =>
  `<Module><ModulePrefs title="${title}">${more}</ModulePrefs><Content type="html"><![CDATA[x]]></Content></Module>`;

describe('countersign gadget', () => {
  it('adds, updates and removes a gadget, with the service provider that it needs', async () => {
    const url = `http://${host}/weather.xml`;
    const service = `<OAuth><Service name="Weather"><Request url="http://${host}/r"/><Access url="http://${host}/a"/><Authorization url="http://${host}/z"/></Service></OAuth>`;
    documents.set('/weather.xml', spec('Weather', service));
    const refused = await run('gadget', 'add', url);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /--allow-host/);
    const dryRun = await run('gadget', 'add', url, '--allow-host', host, '--dry-run');
    assert.match(dryRun.stdout, /A service provider “Weather” is added/);
    assert.deepEqual(await json('provider', 'list'), []);
    const added = await json('gadget', 'add', url, '--allow-host', host);
    assert.equal(added.title, 'Weather');
    assert.equal((await json('provider', 'list'))[0]?.name, 'Weather');
    const again = await run('gadget', 'add', url, '--allow-host', host);
    assert.match(again.stderr, /in the directory already/);
    documents.set('/weather.xml', spec('Weather 2'));
    const updated = await run('gadget', 'update', url, '--allow-host', host);
    assert.match(updated.stdout, /Took the newer Weather 2/);
    await json('gadget', 'remove', url);
    assert.match((await run('gadget', 'remove', url)).stderr, /there is no gadget/);
  });

  it('says what is wrong with a spec, and keeps nothing', async () => {
    documents.set('/bad.xml', '<Module><ModulePrefs/></Module>');
    const { status, stderr } = await run('gadget', 'add', `http://${host}/bad.xml`, '--allow-host', host);
    assert.equal(status, 1);
    assert.match(stderr, /line 1/i);
    const missing = await run('gadget', 'add', `http://${host}/none.xml`, '--allow-host', host);
    assert.match(missing.stderr, /404/);
  });

  it('subscribes to another installation, reads its feed again, and ends that', async () => {
    const feed = (...names: string[]) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tracker</title>${names
        .map((name) => `<entry><link href="http://${host}/${name}.xml"/></entry>`)
        .join('')}</feed>`;
    for (const name of ['a', 'b']) documents.set(`/${name}.xml`, spec(name));
    documents.set('/rest/gadgets/1.0/g/feed', feed('a', 'gone'));
    const base = `http://${host}/`;
    const first = await json('gadget', 'subscribe', base, '--allow-host', host);
    assert.deepEqual([first.added.length, first.failures.length], [1, 1]);
    documents.set('/rest/gadgets/1.0/g/feed', feed('b'));
    const { added, removed } = await json('gadget', 'refresh', base, '--allow-host', host);
    assert.deepEqual([added, removed], [[`http://${host}/b.xml`], [`http://${host}/a.xml`]]);
    documents.delete('/rest/gadgets/1.0/g/feed');
    const failed = await run('gadget', 'refresh', base, '--allow-host', host);
    assert.match(failed.stderr, /no feed of gadgets/);
    assert.ok((await json('gadget', 'list')).some(({ title }: { title: string }) => title === 'b'));
    await json('gadget', 'unsubscribe', base);
    assert.match((await run('gadget', 'unsubscribe', base)).stderr, /no subscription/);
  });

  it('hides own gadgets, and shows them again', async () => {
    await json('gadget', 'hide', 'clock');
    assert.match((await run('gadget', 'list')).stdout, /Clock +hidden +clock/);
    await json('gadget', 'unhide', 'clock');
    assert.match((await run('gadget', 'list')).stdout, /Clock +own +clock/);
    assert.equal((await run('gadget', 'hide', 'none')).status, 1);
  });
});

describe('countersign allow-list', () => {
  it('keeps rules, and says of an address whether one allows it', async () => {
    assert.match((await run('allow-list', 'list')).stdout, /There are no rules/);
    await json('allow-list', 'add', 'https://*.Example.org/', '--note', 'news');
    assert.match((await run('allow-list', 'list')).stdout, /https:\/\/\*\.example\.org +cli .* news/);
    const allowed = await run('allow-list', 'test', 'https://a.example.org/x');
    assert.deepEqual(
      [allowed.status, allowed.stdout.trim()],
      [0, 'Allowed by the rule https://*.example.org.'],
    );
    for (const [url, why] of [
      ['https://a.example.org@evil.example/', /what stands before the @/],
      ['https://example.org/', /no rule allows https:\/\/example\.org/],
      ['ftp://a.example.org/', /only http and https/],
      ['a.example.org', /no address/],
    ] as const) {
      const { status, stderr } = await run('allow-list', 'test', url);
      assert.equal(status, 1, url);
      assert.match(stderr, why);
    }
    const mistaken = await run('allow-list', 'add', 'https://*');
    assert.match(mistaken.stderr, /A \* stands for whole subdomains/);
    await json('allow-list', 'remove', 'https://*.example.org');
    assert.equal((await run('allow-list', 'remove', 'https://*.example.org')).status, 1);
  });
});
