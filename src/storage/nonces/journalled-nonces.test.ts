import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, beforeEach, describe, it } from 'node:test';
import { FixedClock } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import { type JournalOptions, openJournalledNonces } from './journalled-nonces.ts';

const NOW = 1_800_000_000;
const WINDOW = 300;
const root = mkdtempSync(join(tmpdir(), 'countersign-nonces-'));
after(() => rmSync(root, { recursive: true }));

let directory: string;
let clock: FixedClock;
beforeEach(() => {
  directory = mkdtempSync(join(root, 'nonces-'));
  clock = new FixedClock(NOW);
});

const open = (options: Partial<JournalOptions> = {}) =>
  openJournalledNonces({
    directory,
    clock,
    windowSeconds: WINDOW,
    history: 'journal',
    readBootId: () => 'this boot',
    ...options,
  });

const openFirst = () => open({ history: 'none' });

/** A program that opens the journal and burns; its standard output names what was acknowledged. */
const burner = (body: string) => `
  import { openJournalledNonces } from ${JSON.stringify(join(import.meta.dirname, 'journalled-nonces.ts'))};
  const nonces = await openJournalledNonces({
    directory: ${JSON.stringify(directory)}, clock: { milliseconds: () => ${NOW * 1000} }, windowSeconds: ${WINDOW},
    history: 'none', readBootId: () => 'this boot',
  });
  ${body}`;

const segments = () => readdirSync(directory).filter((name) => name.endsWith('.log'));

function diskFence(): { ceiling: number; floor: number; isClean: boolean } {
  return JSON.parse(readFileSync(join(directory, 'fence.json'), 'utf8'));
}

/** Burns in another process until it is killed; gives what it had acknowledged. */
async function acknowledgedBeforeKill(atLeast: number): Promise<string[]> {
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    burner(`for (let index = 0; ; index += 1) {
      if (await nonces.burn('wiki', 't', ${NOW} + (index % 5), 'n' + index) === 'fresh') process.stdout.write('n' + index + '\\n');
      if (index % 100 === 0) await new Promise(setImmediate);
    }`),
  ]);
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === atLeast) child.kill('SIGKILL');
  }
  return acknowledged;
}

describe('the journal of nonces', () => {
  it('loses nothing that was acknowledged when its process is killed', async () => {
    for (const atLeast of [1, 300, 2000]) {
      directory = mkdtempSync(join(root, 'killed-'));
      const acknowledged = await acknowledgedBeforeKill(atLeast);
      ok(acknowledged.length >= atLeast);
      const nonces = await open();
      for (const nonce of acknowledged) {
        const timestamp = NOW + (Number(nonce.slice(1)) % 5);
        equal(await nonces.burn('wiki', 't', timestamp, nonce), 'used', nonce);
      }
      equal(await nonces.burn('wiki', 't', NOW - WINDOW, 'honest'), 'fresh', 'nothing honest is refused');
      await nonces.close();
    }
  });

  it('tells equal nonces of one turn apart by their timestamps', async () => {
    const nonces = await openFirst();
    const times = [NOW, NOW + 1, NOW + 2, NOW + 1, NOW, NOW + 2];
    const outcomes = await Promise.all(times.map((time) => nonces.burn('wiki', 't', time, 'n')));
    deepEqual(outcomes, ['fresh', 'fresh', 'fresh', 'used', 'used', 'used']);
    await nonces.close();
  });

  it('is not trusted after a power cut: everything that may have been accepted is refused', async () => {
    const nonces = await openFirst();
    const timestamps = [NOW - 200, NOW, NOW + 3, NOW + 150, NOW + WINDOW];
    for (const timestamp of timestamps) equal(await nonces.burn('wiki', 't', timestamp, 'n'), 'fresh');
    const { ceiling } = diskFence();
    const running = directory;
    directory = mkdtempSync(join(root, 'cut-'));
    cpSync(running, directory, { recursive: true });
    await nonces.close();

    for (const name of segments()) truncateSync(join(directory, name), 0);
    for (const bootId of ['another boot', null]) {
      const restarted = await open({ readBootId: () => bootId });
      for (const timestamp of timestamps) equal(await restarted.burn('wiki', 't', timestamp, 'n'), 'unsure');
      equal(restarted.earliestTimestamp(), ceiling + 1);
      await restarted.close();
    }
  });

  it('lets honest consumers in a few seconds after a power cut', async () => {
    const nonces = await openFirst();
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1);
      equal(await nonces.burn('wiki', 't', NOW + second, 'n'), 'fresh');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    ok(diskFence().ceiling <= NOW + 60 + 10);
    await nonces.close();
  });

  it('never accepts a timestamp above the ceiling that is on the disk', async () => {
    const nonces = await openFirst();
    for (let ahead = 0; ahead <= WINDOW; ahead += 3) {
      equal(await nonces.burn('wiki', 't', NOW + ahead, 'n'), 'fresh');
      ok(diskFence().ceiling >= NOW + ahead);
    }
    const together = Array.from({ length: 50 }, () => nonces.burn('wiki', 't', NOW + 2 * WINDOW, 'one'));
    const outcomes = await Promise.all(together);
    equal(outcomes.filter((outcome) => outcome === 'fresh').length, 1);
    await nonces.close();
  });

  it('is trusted after a reboot when it was closed in order', async () => {
    const nonces = await openFirst();
    equal(await nonces.burn('wiki', 't', NOW, 'n'), 'fresh');
    await nonces.close();
    equal(diskFence().isClean, true);
    const restarted = await open({ readBootId: () => 'another boot' });
    equal(diskFence().isClean, false);
    deepEqual(
      [await restarted.burn('wiki', 't', NOW, 'n'), await restarted.burn('wiki', 't', NOW, 'other')],
      ['used', 'fresh'],
    );
    await restarted.close();
  });

  it('that is gone is not taken for a first start', async () => {
    const nonces = await openFirst();
    equal(await nonces.burn('wiki', 't', NOW, 'n'), 'fresh');
    await nonces.close();
    rmSync(directory, { recursive: true });
    const restarted = await open();
    equal(await restarted.burn('wiki', 't', NOW, 'n'), 'unsure');
    equal(await restarted.burn('wiki', 't', NOW + WINDOW, 'n'), 'unsure');
    equal(await restarted.burn('wiki', 't', NOW + WINDOW + 1, 'n'), 'fresh');
    await restarted.close();
  });

  it('keeps its floor across a restart with the clock moved back ten minutes', async () => {
    const nonces = await openFirst();
    equal(await nonces.burn('wiki', 't', NOW, 'n'), 'fresh');
    clock.advance(600);
    equal(await nonces.burn('wiki', 't', NOW + 600, 'n'), 'fresh');
    await nonces.close();
    clock.advance(-600);
    const restarted = await open();
    ok(['unsure', 'used'].includes(await restarted.burn('wiki', 't', NOW, 'n')));
    await restarted.close();
  });

  it('deletes what is past, and stays small', async () => {
    const nonces = await openFirst();
    for (let second = 0; second < 3000; second += 10) {
      clock.advance(10);
      equal(await nonces.burn('wiki', 't', NOW + second, 'n'), 'fresh');
    }
    ok(segments().length <= 8, `${segments().length} files`);
    await nonces.close();
  });

  it('is one process’s alone, and free again when that one is killed', async () => {
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      burner(`console.log('open'); setInterval(() => {}, 1000);`),
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await rejects(open(), (error: Error) => {
      ok(error instanceof StorageUnavailable);
      match(error.message, new RegExp(`process ${child.pid}\\b.*stop that one.*--data`, 's'));
      return true;
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    await (await open()).close();
  });
});

describe('a journal that cannot be written', () => {
  it('accepts and counts nothing, and works again when it can', async () => {
    const nonces = await open({ history: 'none', quotaPerConsumer: 3 });
    equal(await nonces.burn('wiki', 't', NOW, 'before'), 'fresh');
    renameSync(directory, `${directory}-away`);
    clock.advance(WINDOW / 2);
    await rejects(async () => nonces.burn('wiki', 't', NOW, 'n'), StorageUnavailable);
    await rejects(async () => nonces.burn('wiki', 't', NOW + WINDOW, 'n'), StorageUnavailable);
    await rejects(nonces.status(), StorageUnavailable);
    renameSync(`${directory}-away`, directory);
    equal((await nonces.status()).remembered, 1);
    equal(await nonces.burn('wiki', 't', NOW, 'n'), 'fresh');
    equal(await nonces.burn('wiki', 't', NOW + WINDOW, 'n'), 'fresh');
    equal(await nonces.burn('wiki', 't', NOW, 'one too many'), 'limited');
    equal((await nonces.status()).remembered, 3);
    await nonces.close();
  });

  it('keeps what it acknowledged when the disk is full in the middle of a record', async () => {
    // A limit on the size of files cuts the write that crosses it short, as a full disk does.
    const script = burner(`
      const outcomes = [];
      for (let index = 0; index < 400; index += 1) {
        try {
          outcomes.push(await nonces.burn('wiki', 't', ${NOW}, 'n' + index));
        } catch (error) {
          outcomes.push(error.name);
        }
      }
      console.log(JSON.stringify(outcomes));`);
    const limited = `ulimit -f 8 && exec "$0" --input-type=module -e "$1"`;
    const outcomes = JSON.parse(
      String(execFileSync('sh', ['-c', limited, process.execPath, script])),
    ) as string[];
    deepEqual(new Set(outcomes), new Set(['fresh', 'StorageUnavailable']));
    const nonces = await open();
    for (const [index, outcome] of outcomes.entries()) {
      const expected = outcome === 'fresh' ? 'used' : 'fresh';
      equal(await nonces.burn('wiki', 't', NOW, `n${index}`), expected, `n${index}`);
    }
    await nonces.close();
  });
});
