/**
 * `npm run faults`: tries the published promises and prints, for each, how often it was tried and how often it was
 * broken. `--long` goes on much longer: every loop until its full count, or for `--seconds N` each. What a long run
 * found is kept in test/faults/last-long-run.json, and its table is written into SECURITY.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS } from './testing/kinds.ts';
import { type LongRun, readCounts, replaceTable, totalsByPromise } from './testing/long-run.ts';
import { meetNeeds } from './testing/machine-needs.ts';
import { seconds, summary } from './testing/outcome.ts';
import { runTests } from './testing/run-tests.ts';

/** A loop of a long run ends at its full count, or after this time. */
const LONGEST_LOOP_SECONDS = 3600;

/** Where a promise is held by what is true of the pure core alone. */
const ALSO_COUNTED = ['test/conformance/properties.test.ts'];

/** Cases of each property in a long run. */
const LONG_PROPERTY_RUNS = '3000';

const DAY_MS = 86_400_000;

const say = (line: string) => console.log(line);

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { long: { type: 'boolean' }, seconds: { type: 'string' } } });
  process.chdir(new URL('..', import.meta.url).pathname);
  process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/countersign');
  const kind = KINDS.find(({ name }) => name === 'faults')!;
  const obstacle = meetNeeds(kind.needs, say);
  if (obstacle !== null) throw new Error(obstacle);

  const directory = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
  process.env.FAULTS_RECORD = join(directory, 'counts.ndjson');
  writeFileSync(process.env.FAULTS_RECORD, '');
  if (values.long) {
    process.env.FAULTS_SECONDS = values.seconds ?? String(LONGEST_LOOP_SECONDS);
    process.env.FC_RUNS = LONG_PROPERTY_RUNS;
  }
  const files = [...kind.files, ...ALSO_COUNTED];
  const outcome = await runTests('faults', files, 1, say, values.long ? DAY_MS : undefined);
  const counts = readCounts(readFileSync(process.env.FAULTS_RECORD, 'utf8'));
  rmSync(directory, { recursive: true });

  say(`\n${summary([outcome])}\n`);
  for (const { promise, sentence, tries, violations } of totalsByPromise(counts)) {
    say(`promise ${promise}: ${tries} tries, ${violations} violations  ${sentence}`);
  }
  if (values.long) {
    keep({ date: today(), machine: machine(), took: seconds(outcome.milliseconds), counts });
  }
  return outcome.failures.length === 0 ? 0 : 1;
}

/** Keeps what a long run found, also where something was broken. */
function keep(run: LongRun): void {
  writeFileSync('test/faults/last-long-run.json', `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync('SECURITY.md', replaceTable(readFileSync('SECURITY.md', 'utf8'), run));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model.trim()}, ${memory} GiB, ${process.platform}, Node ${process.versions.node}`;
}

process.exitCode = await main();
