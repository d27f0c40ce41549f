/**
 * A published promise about backups, against the real program: a kill at any moment of a backup, a restore or an import
 * leaves what was there or what was to be there, never something between.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { runCommand } from '../support/countersign.ts';
import { Kills } from '../support/kills.ts';
import { rounds, tallyOf } from './promise.ts';

const CONSUMERS = 3000;
const KILLS = 6;

describe('a kill', () => {
  const tally = tallyOf(18, 'backups, restores and imports killed at any moment');
  let data: string;
  let files: string;
  const run = async (...args: string[]) => {
    const result = await runCommand([...args, '--data', data]);
    assert.equal(result.status, 0, result.stderr);
    return result;
  };
  before(async () => {
    files = await mkdtemp(join(tmpdir(), 'countersign-kill-'));
    data = join(files, 'data');
    await runCommand(
      ['user', 'add', 'alice', '--password-stdin', '--data', data],
      'correct horse battery staple',
    );
    await run('consumer', 'add', '--key', 'wiki', '--name', 'Wiki', '--generate-secret');
    await run('export', '--output', join(files, 'one.ndjson'), '--plain-secrets');
    await writeFile(join(files, 'many.ndjson'), await multiplied(join(files, 'one.ndjson')));
  });
  after(() => rm(files, { recursive: true, force: true }));

  /** What is kept, less what was noted about the export itself. */
  async function state(): Promise<string> {
    const file = join(files, 'state.ndjson');
    await run('export', '--output', file, '--force', '--plain-secrets');
    const lines = (await readFile(file, 'utf8')).split('\n');
    return lines.filter((line) => /"type":"(?:user|consumer)"/.test(line)).join('\n');
  }

  it('in the middle of an import is made good by the same import', async () => {
    const many = join(files, 'many.ndjson');
    const unharmed = join(files, 'unharmed');
    await cp(data, unharmed, { recursive: true });
    const kills = await Kills.within(() => run('import', many, '--on-conflict', 'skip'));
    for (const _ of rounds({ usually: KILLS, long: 100 })) {
      await rm(data, { recursive: true });
      await cp(unharmed, data, { recursive: true });
      await kills.strike(['import', many, '--data', data, '--on-conflict', 'skip']);
      tally.try((await state()).includes('"consumerKey":"wiki"'), 'what was there before an import is gone');
    }
    const { stdout } = await run('import', many, '--on-conflict', 'fail', '--json');
    assert.deepEqual(JSON.parse(stdout).mistakes, []);
    assert.equal((await state()).split('\n').length, CONSUMERS + 2);
    tally.assertKept();
    assert.ok(kills.killed > 0);
  });

  it('in the middle of a backup leaves no file under its name, or a whole one', async () => {
    const kills = await Kills.within(() => run('backup', join(files, 'undisturbed.gz')));
    for (const attempt of rounds({ usually: KILLS, long: 100 })) {
      const file = join(files, `backup-${attempt}.gz`);
      await kills.strike(['backup', file, '--data', data]);
      const isWhole = !existsSync(file) || gunzipSync(await readFile(file)).includes('"type":"end"');
      tally.try(isWhole, 'half a backup');
    }
    tally.assertKept();
    assert.ok(kills.killed > 0);
  });

  it('in the middle of a restore leaves what was there or what was to be there', async () => {
    const many = join(files, 'restored-many.gz');
    await run('backup', many);
    const full = await state();
    await run('consumer', 'remove', 'wiki');
    const one = join(files, 'restored-fewer.gz');
    await run('backup', one);
    const fewer = await state();
    const kills = await Kills.within(() => run('restore', many));
    for (const attempt of rounds({ usually: KILLS, long: 100 })) {
      const file = attempt % 2 === 0 ? one : many;
      await kills.strike(['restore', file, '--data', data]);
      const now = await state();
      tally.try(now === full || now === fewer, 'neither what was there nor what was to be there');
    }
    tally.assertKept();
    assert.ok(kills.killed > 0);
  });
});

/** The export with its consumer many times over. */
async function multiplied(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(0, -1);
  const consumer = lines.find((line) => line.includes('"type":"consumer"'))!;
  const more = Array.from({ length: CONSUMERS }, (_, index) => {
    const number = String(index).padStart(6, '0');
    return consumer.replace('"consumerKey":"wiki"', `"consumerKey":"wiki-${number}"`);
  });
  return [...lines, ...more, '{"type":"end","records":{}}', ''].join('\n');
}
