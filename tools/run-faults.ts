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
import { Argument, Command, Option } from 'commander';
import { startPostgres } from '../test/support/postgres-server.ts';
import { startRedis } from '../test/support/redis-server.ts';
import { REDIS_DATABASES } from '../test/support/stores.ts';
import { positiveCount } from './positive-count.ts';
import { KINDS, type Kind } from './testing/kinds.ts';
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

/** What of it all is to be run, and how long. */
interface Asked {
  /** Files over SQLite, and over the servers. */
  readonly files: readonly string[];
  readonly overServers: readonly string[];
  readonly isWhole: boolean;
  readonly isLong: boolean;
  readonly seconds: number;
}

async function main(): Promise<number> {
  process.chdir(new URL('..', import.meta.url).pathname);
  const kind = KINDS.find(({ name }) => name === 'faults')!;
  const asked = readArguments(globSync([...kind.files, ...ALSO_COUNTED]));
  process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/countersign');
  const obstacle = meetNeeds(kind.needs, say);
  if (obstacle !== null) throw new Error(obstacle);

  const directory = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
  const record = join(directory, 'counts.ndjson');
  writeFileSync(record, '');
  process.env.FAULTS_RECORD = record;
  const outcomes = await runAll(kind, asked);
  const counts = readCounts(readFileSync(record, 'utf8'));
  rmSync(directory, { recursive: true });

  say(`\n${summary(outcomes)}\n`);
  for (const { promise, sentence, tries, violations } of totalsByPromise(counts)) {
    say(`promise ${promise}: ${tries} tries, ${violations} violations  ${sentence}`);
  }
  if (asked.isLong) {
    const took = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
    const run = { date: today(), machine: machine(), seconds: Math.round(took), counts };
    keep(asked.isWhole ? run : amended(JSON.parse(readFileSync(KEPT, 'utf8')) as LongRun, run));
  }
  return outcomes.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

/** @param files all that there are */
function readArguments(files: readonly string[]): Asked {
  const program = new Command('npm run faults --')
    .description('Tries the promises of SECURITY.md while things break.')
    .addArgument(new Argument('[parts...]', 'only these').choices(files.map(partOf)))
    .addOption(new Option('--over <storage>', 'only over this').choices(['sqlite', 'postgres']))
    .option('--long', 'for hours; keeps what was found in SECURITY.md')
    .option(
      '--seconds <count>',
      'how long each loop of a long run goes on',
      positiveCount,
      LONGEST_LOOP_SECONDS,
    )
    .parse();
  const { over, long = false, seconds } = program.opts<{ over?: string; long?: true; seconds: number }>();
  const isWanted = (file: string) => program.args.length === 0 || program.args.includes(partOf(file));
  return {
    files: over === 'postgres' ? [] : files.filter(isWanted),
    overServers: over === 'sqlite' ? [] : OVER_BOTH.filter(isWanted),
    isWhole: program.args.length === 0 && over === undefined,
    isLong: long,
    seconds,
  };
}

/** What a part is called on the command line. */
function partOf(file: string): string {
  return basename(file, '.test.ts');
}

async function runAll(
  { concurrency }: Kind,
  { files, overServers, isLong, seconds }: Asked,
): Promise<readonly Outcome[]> {
  if (isLong) {
    process.env.FAULTS_SECONDS = String(seconds);
    process.env.FC_RUNS = LONG_PROPERTY_RUNS;
  }
  const run = (name: string, wanted: readonly string[]) =>
    runTests(name, wanted, concurrency, say, isLong ? DAY_MS : undefined);
  const outcomes: Outcome[] = [];
  if (files.length > 0) outcomes.push(await run('over SQLite', files));
  if (overServers.length > 0)
    outcomes.push(await withServers(() => run('over PostgreSQL and Redis', overServers)));
  return outcomes;
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
