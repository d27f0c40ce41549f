/**
 * The disk fails under the running server: single calls and all of them, input/output errors and a full disk. It may
 * say 503, or do what it was asked and say so; it never says so without, and it heals by itself when the disk does.
 */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../support/countersign.ts';
import { makeSmallDisk, type SmallDisk } from '../support/full-disk.ts';
import { type GrantedInstallation, startGrantedInstallation } from '../support/granted-installation.ts';
import { attachStrace } from '../support/strace.ts';
import { rounds, tallyOf } from './promise.ts';
import { now, Trial } from './trial.ts';

/** Where a fault strikes: which calls on which of the server's files. */
const SCENES: readonly (readonly [calls: string, files: readonly string[], error: string])[] = [
  ['fsync,fdatasync', ['countersign.db', 'countersign.db-wal'], 'EIO'],
  ['pwrite64', ['countersign.db-wal'], 'EIO'],
  ['pwrite64', ['countersign.db-wal'], 'ENOSPC'],
  ['pread64', ['countersign.db', 'countersign.db-wal'], 'EIO'],
  ['write', ['nonces/*.log'], 'ENOSPC'],
  ['write', ['nonces/*.log'], 'EIO'],
  ['openat,fsync,rename', ['nonces/fence.json.new', 'nonces/fence.json'], 'EIO'],
  ['openat', ['nonces/fence.json.new', 'nonces'], 'EMFILE'],
];

/** Every call, and single ones: the first, the second, the fourth. */
const MOMENTS = ['1+', '1', '2', '4'];

/** The paths; those with an asterisk are the ones that are there. */
function filesOf(directory: string, patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    const path = join(directory, pattern);
    return pattern.includes('*') ? globSync(path) : [path];
  });
}

let latest = 0;

/** A timestamp so much later than the ones before that the fence has to be raised for it. */
function laterThanAnyBefore(): number {
  latest = Math.max(now(), Math.min(latest + 3, now() + 290));
  return latest;
}

describe('a disk that fails', () => {
  const tally = tallyOf(16, 'system calls that fail: EIO, ENOSPC, EMFILE');
  let world: GrantedInstallation;
  before(async () => {
    world = await startGrantedInstallation();
  });
  after(() => world?.installation.stop());

  for (const [calls, files, error] of SCENES) {
    it(`is told, believed by nobody, and forgotten when it is over: ${error} of ${calls} on ${files[0]}`, async () => {
      const { installation } = world;
      let refusals = 0;
      for (const round of rounds({ usually: 2, long: 100 })) {
        const moment = MOMENTS[round] ?? String(round);
        const timestamp = calls.startsWith('openat') ? laterThanAnyBefore : now;
        const what = `${error} at ${moment} of ${calls} on ${files[0]}`;
        const trial = new Trial(world, tally, { what, timestamp });
        await trial.prepare();
        const paths = filesOf(installation.dataDirectory, files).flatMap((path) => ['-P', path]);
        const fault = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${moment}`];
        const strace = await attachStrace(installation.processId, [...paths, ...fault, '-o', '/dev/null']);
        await trial.suffer().finally(() => strace.detach());
        refusals += trial.refusals;
        await trial.recover();
        if (round % MOMENTS.length === 0) {
          await installation.crash();
          await trial.keepWord();
        }
      }
      tally.assertKept();
      assert.ok(refusals > 0, 'the fault never struck');
    });
  }
});

describe('a full disk', () => {
  const tally = tallyOf(16, 'a full disk');
  let disk: SmallDisk;
  let world: GrantedInstallation;
  before(async () => {
    disk = makeSmallDisk(24);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = disk.directory;
    world = await startGrantedInstallation();
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  after(async () => {
    await world?.installation.stop();
    disk?.remove();
  });

  it('is told, believed by nobody, and forgotten when there is room again', async () => {
    const { installation } = world;
    assert.ok(installation.dataDirectory.startsWith(disk.directory));
    for (const _ of rounds({ usually: 2, long: 100 })) {
      const what = disk.isMounted ? 'a full disk' : 'a disk that says it is full';
      const trial = new Trial(world, tally, { what });
      await trial.prepare();
      await disk.fill(installation.processId);
      await trial.suffer().finally(() => disk.empty());
      assert.ok(trial.refusals > 0, 'the disk was never full');
      await trial.recover();
      await installation.crash();
      await trial.keepWord();
    }
    tally.assertKept();
  });

  it('is named when the server is started on it', async () => {
    if (!disk.isMounted) return;
    const data = join(disk.directory, 'late');
    await runCommand(['user', 'list', '--data', data]);
    await disk.fill(0);
    const { status, stderr } = await runCommand(['user', 'list', '--data', data]);
    await disk.empty();
    assert.equal(status, 1);
    assert.match(stderr, /the disk is full/);
    assert.equal((await runCommand(['user', 'list', '--data', data])).status, 0);
  });
});
