/**
 * `npm run faults`: tries the published promises and prints, for each, how often it was tried and how often it was
 * broken: over SQLite, and what does not depend on it over PostgreSQL and Redis too. `--long` goes on much longer: every
 * loop until its full count, or for `--seconds N` each, and never less than the count that is published for it. What a
 * long run found is kept in test/faults/last-long-run.json, and its table is written into SECURITY.md. Names of files and
 * `--over sqlite` or `--over postgres` run a part; what that finds takes the place of what was found for it before.
 */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/support/postgres-server.ts';
import { startRedis } from '../test/support/redis-server.ts';
import { REDIS_DATABASES } from '../test/support/stores.ts';
import { KINDS } from './testing/kinds.ts';
import { amended, type LongRun, readCounts, replaceTable, totalsByPromise } from './testing/long-run.ts';
import { meetNeeds } from './testing/machine-needs.ts';
import { type Outcome, summary } from './testing/outcome.ts';
import { runTests } from './testing/run-tests.ts';

/** A loop of a long run ends at its full count, or after this time. */
const LONGEST_LOOP_SECONDS = 3600;

/** Where a promise is held by what is true of the pure core alone. */
const ALSO_COUNTED = ['test/conformance/properties.test.ts'];

/** What is tried over PostgreSQL and Redis in the same words as over SQLite. */
const OVER_BOTH = [
  ...['access', 'acknowledged-revocation', 'consent', 'exchange', 'hostile-load', 'key-rotation', 'methods'],
  ...['moved-clock', 'replay', 'restored-backup', 'revocation', 'secrets'],
].map((name) => `test/faults/${name}.test.ts`);

/** Cases of each property in a long run. */
const LONG_PROPERTY_RUNS = '3000';

/** What the last long run found. */
const KEPT = 'test/faults/last-long-run.json';

const DAY_MS = 86_400_000;

const say = (line: string) => console.log(line);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { long: { type: 'boolean' }, seconds: { type: 'string' }, over: { type: 'string' } },
    allowPositionals: true,
  });
  const isWanted = (file: string) =>
    positionals.length === 0 || positionals.includes(basename(file, '.test.ts'));
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
  const timeout = values.long ? DAY_MS : undefined;
  const run = (name: string, files: readonly string[]) =>
    runTests(name, files, kind.concurrency, say, timeout);
  const outcomes: Outcome[] = [];
  if (values.over !== 'postgres') {
    const files = globSync([...kind.files, ...ALSO_COUNTED]).filter(isWanted);
    outcomes.push(await run('over SQLite', files));
  }
  if (values.over !== 'sqlite') {
    const files = OVER_BOTH.filter(isWanted);
    if (files.length > 0) outcomes.push(await withServers(() => run('over PostgreSQL and Redis', files)));
  }
  const counts = readCounts(readFileSync(process.env.FAULTS_RECORD, 'utf8'));
  rmSync(directory, { recursive: true });

  say(`\n${summary(outcomes)}\n`);
  for (const { promise, sentence, tries, violations } of totalsByPromise(counts)) {
    say(`promise ${promise}: ${tries} tries, ${violations} violations  ${sentence}`);
  }
  if (values.long) {
    const took = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
    const run = { date: today(), machine: machine(), seconds: Math.round(took), counts };
    const isWhole = positionals.length === 0 && values.over === undefined;
    keep(isWhole ? run : amended(JSON.parse(readFileSync(KEPT, 'utf8')) as LongRun, run));
  }
  return outcomes.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

/** Does something while each installation that a test makes keeps its data in a PostgreSQL and its nonces in a Redis. */
async function withServers<T>(work: () => Promise<T>): Promise<T> {
  await using opened = new AsyncDisposableStack();
  const postgres = await startPostgres({ fsync: 'on' });
  opened.defer(() => postgres.remove());
  const redis = await startRedis('--databases', String(REDIS_DATABASES));
  opened.defer(() => redis.stop());
  process.env.FAULTS_POSTGRES = postgres.url('postgres');
  process.env.FAULTS_REDIS = redis.url;
  return await work();
}

/** Keeps what a long run found, also where something was broken. */
function keep(run: LongRun): void {
  writeFileSync(KEPT, `${JSON.stringify(run, null, 2)}\n`);
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
