/**
 * A published promise: upgrades survive interruption at any statement. The real program is killed while it brings an
 * older database up to date: on SQLite at one write or sync after the other, on PostgreSQL by losing the connection
 * at one statement after the other. The next start finishes the work, and everything that was kept is there.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PROGRAM, runCommand } from '../support/countersign.ts';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { rounds, tallyOf } from './promise.ts';

const CALLS = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate'] as const;

/** A step between two kills that spreads a few of them over the whole upgrade. */
const STRIDE = 17;

async function isWhole(data: string): Promise<string> {
  const listed = await runCommand(['consumer', 'list', '--json', '--data', data]);
  if (listed.status !== 0) return `not upgraded: ${listed.stderr}`;
  const status = await runCommand(['db', 'status', '--json', '--data', data]);
  const { pending } = JSON.parse(status.stdout) as { pending: readonly unknown[] };
  return pending.length === 0 ? '' : `${pending.length} steps are left`;
}

describe('an upgrade of SQLite', () => {
  const tally = tallyOf(18, 'upgrades killed at each write, sync and deletion', 'SQLite');
  const directory = mkdtempSync(join(tmpdir(), 'countersign-upgrade-'));
  after(() => rmSync(directory, { recursive: true }));

  /** Starts the program on a new directory, which it upgrades from nothing, and kills it at call `at`. */
  function killAt(data: string, call: string, at: number): boolean {
    const files = ['countersign.db', 'countersign.db-wal', 'countersign.db-shm'];
    const paths = files.flatMap((name) => ['-P', join(data, name)]);
    const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${at}`];
    const args = ['-f', '-o', '/dev/null', ...paths, ...inject, PROGRAM, 'consumer', 'list', '--data', data];
    const { signal, status } = spawnSync('strace', args, { stdio: 'ignore' });
    return signal === 'SIGKILL' || status === 137;
  }

  it('killed at any call, is finished by the next start', async () => {
    let killed = 0;
    for (const round of rounds({ usually: 4, long: 400 })) {
      const data = join(directory, `data-${round}`);
      const call = CALLS[round % CALLS.length]!;
      const at = 1 + ((Math.floor(round / CALLS.length) * STRIDE + round) % 140);
      killed += Number(killAt(data, call, at));
      const trouble = await isWhole(data);
      tally.try(trouble === '', `${call} ${at}: ${trouble}`);
      rmSync(data, { recursive: true, force: true });
    }
    tally.assertKept();
    assert.ok(killed > 0, 'nothing was ever killed');
  });
});

describe('an upgrade of PostgreSQL', () => {
  const tally = tallyOf(18, 'upgrades cut off at each message', 'PostgreSQL');
  const directory = mkdtempSync(join(tmpdir(), 'countersign-upgrade-'));
  let postgres: PostgresServer;
  let proxy: CuttingProxy;
  before(async () => {
    postgres = await startPostgres();
    proxy = await startCuttingProxy(postgres.port);
  });
  after(async () => {
    delete process.env.COUNTERSIGN_DATABASE;
    await proxy?.close();
    await postgres?.remove();
    rmSync(directory, { recursive: true });
  });

  it('cut off at any message, is finished by the next start', async () => {
    let struck = 0;
    for (const round of rounds({ usually: 3, long: 300 })) {
      const url = new URL(await postgres.createDatabase());
      url.port = String(proxy.port);
      process.env.COUNTERSIGN_DATABASE = url.href;
      const data = join(directory, `data-${round}`);
      const before = proxy.cuts;
      proxy.cut({ afterMessages: 4 + ((round * STRIDE * 3) % 180) });
      await runCommand(['consumer', 'list', '--data', data]);
      proxy.mend();
      const trouble = await isWhole(data);
      tally.try(trouble === '', `round ${round}: ${trouble}`);
      struck += Number(proxy.cuts > before);
    }
    tally.assertKept();
    assert.ok(struck > 0, 'no connection was ever cut');
  });
});
