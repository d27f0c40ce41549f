import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPasswordHasher, createUser } from '../accounts/index.ts';
import { readSettings } from '../settings/index.ts';
import { openInstallation, type RunningServer, StartRefused, startServer } from './index.ts';
import { openLog } from './log.ts';

const QUIET = openLog('silent');

function settingsFor(data: string, flags: Readonly<Record<string, unknown>> = {}) {
  const all = { data, listen: '127.0.0.1:0', ...flags };
  return readSettings({ flags: all, environment: {}, readFile: () => '' }).settings;
}

async function startUpstream(handler: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('a server', () => {
  let data: string;
  const running: RunningServer[] = [];
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'countersign-server-'));
  });
  after(async () => {
    for (const server of running) await server.close(0);
    await rm(data, { recursive: true, force: true });
  });
  async function start(flags: Readonly<Record<string, unknown>> = {}, log = QUIET): Promise<RunningServer> {
    const server = await startServer(settingsFor(join(data, 'installation'), flags), log);
    running.push(server);
    return server;
  }

  it('makes its data directory for its owner only', async () => {
    await (await start()).close();
    assert.equal((await stat(join(data, 'installation'))).mode & 0o777, 0o700);
  });

  it('gives a new set-up link at each start while there is no user, and none afterwards', async () => {
    const first = await start();
    await first.close();
    const second = await start();
    assert.match(second.setupUrl!, /^http:\/\/127\.0\.0\.1:\d+\/oauth\/setup\?token=\w{43}$/);
    assert.notEqual(new URL(first.setupUrl!).search, new URL(second.setupUrl!).search);
    await second.close();

    const open = await openInstallation(settingsFor(join(data, 'installation')));
    const accounts = { ...open, passwords: createPasswordHasher(open.random) };
    const user = {
      username: 'alice',
      displayName: '',
      email: '',
      password: 'correct horse',
      isAdministrator: false,
    };
    await createUser(accounts, user, 'cli');
    await open.storage.close();
    const third = await start();
    assert.equal(third.setupUrl, null);
    await third.close();
  });

  it('answers below the path of its public URL only', async () => {
    const first = await start();
    await first.close();
    const { host } = new URL(first.url);
    const server = await start({ listen: host, publicUrl: `http://${host}/jira/` });
    assert.equal(server.url, `http://${host}/jira`);
    assert.equal((await fetch(`${server.url}/oauth/consumer-info`)).status, 200);
    assert.equal((await fetch(`http://${host}/oauth/consumer-info`)).status, 404);
    await server.close();
  });

  it('ends in order: not ready, no new connection, the request under way answered', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { url, server: upstream } = await startUpstream(async (_request, response) => {
      arrive();
      await released;
      response.end('late but whole');
    });
    const server = await start({ upstream: url, publicPath: ['/slow'], management: '127.0.0.1:0' });
    assert.equal(await (await fetch(`${server.managementUrl}/readyz`)).text(), 'ready\n');

    const answer = fetch(`${server.url}/slow`);
    await arrived;
    const closed = server.close(60_000);
    const readiness = await fetch(`${server.managementUrl}/readyz`);
    assert.equal(readiness.status, 503);
    assert.equal(await readiness.text(), 'not ready: stopping\n');
    assert.equal((await fetch(`${server.managementUrl}/livez`)).status, 200);
    await assert.rejects(fetch(`${server.url}/oauth/consumer-info`));
    release();
    assert.equal(await (await answer).text(), 'late but whole');
    await closed;
    upstream.close();
  });

  it('cuts off what hangs longer than its patience', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { url, server: upstream } = await startUpstream(() => arrive());
    const server = await start({ upstream: url, publicPath: ['/hangs'] });
    const answer = fetch(`${server.url}/hangs`);
    answer.catch(() => {});
    await arrived;
    await server.close(20);
    await assert.rejects(answer);
    upstream.closeAllConnections();
    upstream.close();
  });

  it('writes nothing into its log that could give access', async () => {
    const lines: string[] = [];
    const server = await start({}, openLog('debug', { write: (line) => void lines.push(line) }));
    const canary = 'CANARY';
    const oauth = `OAuth oauth_consumer_key="k${canary}", oauth_token="t${canary}", oauth_signature_method="HMAC-SHA1", oauth_signature="s${canary}", oauth_timestamp="1", oauth_nonce="n${canary}"`;
    await fetch(`${server.url}/oauth/whoami?oauth_verifier=${canary}&x=${canary}`, {
      headers: { authorization: oauth, cookie: `countersign=${canary}` },
    });
    await fetch(`${server.url}/oauth/request-token`, { method: 'POST', headers: { authorization: oauth } });
    await fetch(`${server.url}/oauth/setup?token=${canary}`);
    await fetch(`${server.url}/oauth/login`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'alice', password: canary }),
      headers: { origin: server.url },
    });
    await server.close();
    assert.ok(lines.length >= 4, lines.join(''));
    assert.ok(lines.some((line) => line.includes('/oauth/whoami')));
    assert.doesNotMatch(lines.join(''), new RegExp(canary));
  });

  it('strikes out fields that bear the name of a secret, wherever they stand', async () => {
    const lines: string[] = [];
    const log = openLog('info', { write: (line) => void lines.push(line) });
    log.info({
      password: 'hush',
      user: { token: 'hush', cookie: 'hush' },
      err: Object.assign(new Error('no'), { secret: 'hush' }),
    });
    assert.match(lines.join(''), /"password":"\*\*\*"/);
    assert.doesNotMatch(lines.join(''), /hush/);
  });

  it('refuses to start, in one line that says what to do', async () => {
    const busy = await start();
    const port = new URL(busy.url).port;
    const elsewhere = settingsFor(join(data, 'elsewhere'), { listen: `127.0.0.1:${port}` });
    await assert.rejects(
      startServer(elsewhere, QUIET),
      isRefusal(/another program uses this port.*--listen/),
    );
    await assert.rejects(
      startServer(settingsFor(join(data, 'installation')), QUIET),
      isRefusal(/in use by process \d+/),
    );
    await busy.close();

    const file = join(data, 'file');
    await writeFile(file, '');
    await assert.rejects(
      startServer(settingsFor(file), QUIET),
      isRefusal(/cannot be opened|not a directory/),
    );
  });
});

function isRefusal(pattern: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof StartRefused && pattern.test(error.message) && !error.message.includes('\n');
}
