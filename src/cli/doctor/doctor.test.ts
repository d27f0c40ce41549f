import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Installation, runCommand, startInstallation } from '../../../test/support/countersign.ts';
import type { Consumer } from '../../model/index.ts';
import { sha1Finding } from './checks/rsa.ts';

interface Report {
  readonly status: number;
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly state: string;
    readonly finding: string;
    readonly advice: string | null;
  }[];
}

async function doctor(...args: string[]): Promise<Report> {
  const { status, stdout, stderr } = await runCommand(['doctor', ...args, '--json']);
  assert.notEqual(stdout, '', stderr);
  return { status, ...(JSON.parse(stdout) as Omit<Report, 'status'>) };
}

function check({ checks }: Report, name: string) {
  const found = checks.find((one) => one.name === name);
  assert.ok(found !== undefined, name);
  return found;
}

describe('countersign doctor', () => {
  let installation: Installation;
  let here: string[];
  before(async () => {
    installation = await startInstallation();
    here = ['--data', installation.dataDirectory, '--public-url', installation.url];
  });
  after(() => installation?.stop());

  it('finds a fresh installation well, line by line', async () => {
    const report = await doctor(...here);
    assert.equal(report.status, 0);
    assert.equal(report.ok, true);
    assert.deepEqual(
      report.checks.map(({ name, state }) => `${name}: ${state}`),
      [
        'clock: ok',
        'public URL: ok',
        'proxy: ok',
        'RSA: ok',
        'RSA-SHA1: ok',
        'keys: ok',
        'database: ok',
        'schema: ok',
        'nonces: ok',
        'permissions: ok',
        'ends soon: ok',
        'unused consumers: ok',
        'methods in use: ok',
        'legacy: ok',
      ],
    );
    const { stdout } = await runCommand(['doctor', ...here]);
    assert.equal(stdout.match(/^✔ /gm)?.length, report.checks.length);
  });

  it('fails for a data directory that others may read, and says how to close it', async () => {
    await chmod(installation.dataDirectory, 0o755);
    const report = await doctor(...here);
    await chmod(installation.dataDirectory, 0o700);
    assert.equal(report.status, 1);
    assert.equal(check(report, 'permissions').state, 'failed');
    assert.match(check(report, 'permissions').advice ?? '', /chmod go-rwx/);
  });

  it('warns of weak consumers and of what they are allowed beyond the usual', async () => {
    const facts = ['--name', 'Old', '--allow-plaintext', '--legacy-1.0', '--secret-stdin'];
    await installation.command(['consumer', 'add', '--key', 'old', ...facts], 'too short');
    const report = await doctor(...here);
    assert.equal(report.status, 0);
    assert.match(check(report, 'keys').finding, /old \(short-secret\)/);
    assert.match(
      check(report, 'legacy').finding,
      /PLAINTEXT is allowed to old, and nobody used it within 90 days; OAuth 1\.0 of 2007 is allowed to old/,
    );
    await installation.command(['consumer', 'remove', 'old']);
  });

  it('fails when another installation is behind the public URL', async () => {
    const other = await startInstallation();
    const report = await doctor('--data', installation.dataDirectory, '--public-url', other.url);
    await other.stop();
    assert.equal(report.status, 1);
    assert.match(check(report, 'public URL').finding, /leads to another installation/);
  });

  it('fails when the clock behind the public URL is another, and when that is no installation', async () => {
    const yesterday = createServer((_, response) => {
      response.setHeader('Date', new Date(Date.now() - 86_400_000).toUTCString());
      response.end('hello');
    });
    await new Promise<void>((resolve) => yesterday.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(yesterday.address() as AddressInfo).port}`;
    const report = await doctor('--data', installation.dataDirectory, '--public-url', url);
    yesterday.close();
    assert.match(check(report, 'clock').finding, /8640\d s ahead of/);
    assert.equal(check(report, 'clock').state, 'failed');
    assert.match(check(report, 'public URL').advice ?? '', /Another program is behind this address/);
  });

  it('fails when nobody answers, and when everybody is believed', async () => {
    const report = await doctor(
      ...here.slice(0, 2),
      '--public-url',
      'http://127.0.0.1:9',
      '--trust-proxy',
      '0.0.0.0/0',
    );
    assert.equal(check(report, 'public URL').state, 'failed');
    assert.equal(check(report, 'clock').state, 'skipped');
    assert.equal(check(report, 'proxy').state, 'failed');
    const halves = ['--trust-proxy', '0.0.0.0/1', '--trust-proxy', '128.0.0.0/1'];
    const { state, finding } = check(await doctor(...here.slice(0, 2), ...halves), 'proxy');
    assert.deepEqual([state, finding.includes('0.0.0.0/1, 128.0.0.0/1')], ['failed', true]);
  });

  it('says how to go on where the operating system switched SHA-1 signatures off', () => {
    assert.equal(sha1Finding(true, []).state, 'ok');
    const { state, advice } = sha1Finding(false, []);
    assert.equal(state, 'warning');
    for (const way of [/RSA-SHA256/, /OPENSSL_CONF/, /update-crypto-policies/])
      assert.match(advice ?? '', way);
    const consumer = { credential: { kind: 'public-key' } } as Consumer;
    assert.equal(sha1Finding(false, [{ consumer, lastUsedAt: null }]).state, 'failed');
  });
});

describe('countersign doctor, where a proxy names people', () => {
  it('tries whether a client can choose the name, and says what the proxy has to do', async () => {
    const naming = ['--user-header', 'Remote-User', '--trust-proxy'];
    // Trusted, the doctor itself is such a client; untrusted, what it claims is ignored.
    for (const [proxy, state] of [
      ['127.0.0.1', 'failed'],
      ['192.0.2.1', 'ok'],
    ] as const) {
      const installation = await startInstallation([...naming, proxy]);
      try {
        const { dataDirectory: data, url } = installation;
        const found = check(await doctor('--data', data, '--public-url', url, ...naming, proxy), 'proxy');
        assert.equal(found.state, state, found.finding);
        if (state === 'failed') assert.match(found.advice ?? '', /set or delete that field in every request/);
      } finally {
        await installation.stop();
      }
    }
  });
});

describe('countersign doctor, where there is no sound database', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-doctor-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('makes nothing, and skips what it cannot look at with the reason', async () => {
    const nowhere = join(directory, 'nothing');
    const report = await doctor('--data', nowhere, '--listen', '127.0.0.1:0');
    assert.equal(report.status, 0);
    for (const name of ['clock', 'public URL', 'keys', 'database', 'schema', 'permissions']) {
      assert.equal(check(report, name).state, 'skipped', name);
    }
    await assert.rejects(chmod(nowhere, 0o700), { code: 'ENOENT' });
  });

  it('fails for a file that is no database', async () => {
    await writeFile(join(directory, 'countersign.db'), 'this is no database, and never was one'.repeat(99), {
      mode: 0o600,
    });
    const report = await doctor('--data', directory, '--listen', '127.0.0.1:0');
    assert.equal(report.status, 1);
    assert.equal(check(report, 'database').state, 'failed');
    assert.equal(check(report, 'keys').state, 'skipped');
  });
});
