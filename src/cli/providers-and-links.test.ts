import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CommandResult, runCommand } from '../../test/support/countersign.ts';
import { aConnection, anEvent } from '../../test/support/records.ts';
import { audienceOf } from '../model/index.ts';
import { openSqliteDatabase } from '../storage/sqlite/index.ts';

let directory: string;
let server: Server;
let host: string;
/** What the other side answers from now on. */
let answer: (path: string, response: ServerResponse) => void;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-links-'));
  server = createServer((request, response) => answer(request.url ?? '', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(directory, { recursive: true, force: true });
});

/** Runs a command on the test's data directory. */
function run(args: readonly string[], input?: string): Promise<CommandResult> {
  return runCommand([...args, '--data', join(directory, 'data')], input);
}

async function json(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = await run([...args, '--json'], input);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** A connection as the dance would have left it. */
async function connectAlice(provider: string): Promise<void> {
  const clock = { milliseconds: () => Date.now() };
  const { storage } = await openSqliteDatabase({ directory: join(directory, 'data'), clock });
  const audience = audienceOf((await storage.serviceProviders.find(provider))!);
  const connection = aConnection('c', { userName: 'alice', providerName: provider, audience });
  assert.equal(await storage.connections.save(connection, anEvent()), true);
  await storage.close();
}

describe('countersign provider', () => {
  it('starts from a preset, and says which of its words are missing', async () => {
    const args = [
      'provider',
      'add',
      '--preset',
      'jira',
      '--name',
      'Jira',
      '--consumer-key',
      'us',
      '--own-key',
    ];
    const missing = await run(args);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /--fill base=/);
    assert.equal((await run(['provider', 'add', '--preset', 'nope', '--own-key'])).status, 2);
    const added = await json([...args, '--fill', 'base=https://jira.example/']);
    assert.equal(added.authorizeUrl, 'https://jira.example/plugins/servlet/oauth/authorize');
    assert.equal(added.signatureMethod, 'RSA-SHA1');
  });

  it('keeps what is peculiar about requests, and what may be asked for', async () => {
    const edited = await json([
      ...['provider', 'edit', 'Jira', '--carrier', 'query', '--token-method', 'get', '--realm', 'R'],
      ...['--unconfirmed-callback', '--no-body-hash', '--two-legged', 'empty-token'],
      ...['--allow-method', 'GET', '--allow-method', 'HEAD', '--allow-path', '/rest/**'],
    ]);
    const { carrier, tokenMethod, realm, confirmsCallback, sendsBodyHash, twoLegged } = edited;
    assert.deepEqual(
      [carrier, tokenMethod, realm, confirmsCallback, sendsBodyHash, twoLegged],
      ['query', 'GET', 'R', false, false, 'empty-token'],
    );
    assert.deepEqual([edited.allowedMethods, edited.allowedPaths], [['GET', 'HEAD'], ['/rest/**']]);
    const freed = await json([
      'provider',
      'edit',
      'Jira',
      '--any-method',
      '--any-path',
      '--confirmed-callback',
    ]);
    assert.deepEqual([freed.allowedMethods, freed.allowedPaths, freed.confirmsCallback], [[], [], true]);
  });

  it('needs neither key nor secret where users enter API keys', async () => {
    const args = ['provider', 'add', '--preset', 'maas', '--fill', 'base=https://maas.example:5443'];
    const added = await json(args);
    assert.deepEqual(
      [added.consumerKey, added.handEntry, added.signatureMethod],
      ['', 'api-key', 'PLAINTEXT'],
    );
    const shown = await run(['provider', 'show', 'Canonical MAAS']);
    assert.match(shown.stdout, /entered by users: api-key/);
    const garmin = ['provider', 'add', '--preset', 'garmin', '--consumer-key', 'us', '--secret-stdin'];
    assert.equal((await json(garmin, 'secret')).callbackAtAuthorize, true);
    const edited = await json(['provider', 'edit', 'Garmin Health', '--no-callback-at-authorize']);
    assert.equal(edited.callbackAtAuthorize, false);
  });

  it('says how many users would have to connect again, and changes nothing unless that is meant', async () => {
    const addresses = ['--request-url', 'https://f.example/r', '--authorize-url', 'https://f.example/z'];
    const rest = ['--access-url', 'https://f.example/a', '--base-url', 'https://f.example/'];
    const add = ['provider', 'add', '--name', 'Moving', '--consumer-key', 'us', '--secret-stdin'];
    await json([...add, ...addresses, ...rest], 'secret');
    await run(['user', 'add', 'alice', '--password-stdin'], 'correct horse battery staple');
    await connectAlice('Moving');
    const move = ['provider', 'edit', 'Moving', '--base-url', 'https://elsewhere.example/'];
    const refused = await run(move);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /connect again after this change: 1\..*\(--end-connections\)/);
    assert.equal((await json(['provider', 'show', 'Moving'])).baseUrl, 'https://f.example/');
    const moved = await json([...move, '--end-connections']);
    assert.equal(moved.baseUrl, 'https://elsewhere.example/');
  });

  it('test prints each step, leaves with 1 after a failure, and lets no stranger steer the terminal', async () => {
    const url = (path: string) => `http://${host}/${path}`;
    const addresses = ['--request-url', url('r'), '--authorize-url', url('z'), '--access-url', url('a')];
    await json(
      ['provider', 'add', '--name', 'Forum', '--consumer-key', 'us', '--secret-stdin', ...addresses],
      'their-secret',
    );
    const test = ['provider', 'test', 'Forum', '--allow-host', host];
    answer = (_, response) =>
      response.end('oauth_token=t0k3n&oauth_token_secret=s3cr3t&oauth_callback_confirmed=true');
    const good = await run(test);
    assert.equal(good.status, 0, good.stderr);
    assert.match(good.stdout, /✔ request token: It knows our consumer key/);
    assert.doesNotMatch(good.stdout, /t0k3n|s3cr3t|their-secret/);
    assert.equal((await json(test)).verdict, 'success');

    answer = (_, response) =>
      response.writeHead(401).end('oauth_problem=timestamp_refused&x=\u001b[2J\u0007');
    const bad = await run(test);
    assert.equal(bad.status, 1);
    assert.match(bad.stdout, /✘ request token: .*clock/);
    assert.ok(!bad.stdout.includes('\u001b') && !bad.stdout.includes('\u0007'));
    assert.match((await run(['provider', 'test', 'Forum'])).stdout, /--allow-host/);
  });
});

describe('countersign link', () => {
  it('opens the chosen direction, and again completes the other', async () => {
    publish();
    const link = ['link', `http://${host}/`, '--allow-host', host];
    assert.equal((await run([...link, '--own-direction', 'sideways'])).status, 2);
    const outgoing = await json([...link, '--own-direction', 'outgoing', '--as', 'Their wiki']);
    assert.deepEqual([outgoing.consumer, outgoing.provider.name], [null, 'Their wiki']);
    const both = await json(link);
    assert.deepEqual([both.consumer.key, both.provider.name], ['wiki:1', 'Their wiki']);
  });

  it('takes another key only when somebody says that it is known', async () => {
    publish();
    const link = ['link', `http://${host}`, '--allow-host', host];
    const refused = await run(link);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /registered with another key/);
    assert.ok((await json([...link, '--accept-new-key'])).consumer.retiring);
  });

  it('is ended by unlink, which can say beforehand what would end', async () => {
    const dry = await json(['unlink', `http://${host}/`, '--dry-run']);
    assert.deepEqual([dry.isDone, dry.consumer, dry.provider], [false, 'wiki:1', 'Their wiki']);
    assert.equal((await json(['unlink', `http://${host}`])).isDone, true);
    assert.deepEqual(
      [await json(['consumer', 'list']), (await run(['unlink', `http://${host}`])).status],
      [[], 1],
    );
  });
});

/** Publishes consumer information with a new key. */
function publish(): void {
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  answer = (_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<?xml version="1.0"?><consumer><key>wiki:1</key><name>Wiki</name><publicKey>${publicKey.toString('base64')}</publicKey></consumer>`,
      );
}
