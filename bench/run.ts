/**
 * `npm run bench`: compares Countersign with its limits and with others, in one run on one machine. Absolute times say
 * nothing about another machine; the ratios do. `--help` tells its options; with `--results`, what was found is kept in
 * bench/results/ and shown in docs/guide/performance.md.
 * A scenario that cannot be run (nodes needs PostgreSQL, gateway nginx, peers Python's oauthlib) is left out, and said so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { positiveCount } from '../tools/positive-count.ts';
import { type Finding, type LeftOut, printedFinding } from './finding.ts';
import { keepResults } from './results/keep-results.ts';
import { SCENARIOS, type Scenario, type World } from './scenarios.ts';
import { prepareInstallation } from './workload.ts';

const names = SCENARIOS.map(({ name }) => name);
const options = new Command('npm run bench --')
  .description('Compares Countersign with the limits of this machine and with others.')
  .option('--rounds <count>', 'turns of each that is compared', positiveCount, 5)
  .option('--requests <count>', 'requests of a turn', positiveCount, 10_000)
  .addOption(new Option('--only <name...>', 'only these scenarios').choices(names))
  .option(
    '--results',
    'all scenarios, the long ones too; keeps what they found in bench/results and the guide',
  )
  .parse()
  .opts<{ rounds: number; requests: number; only?: readonly string[]; results?: true }>();
const amount = { rounds: options.rounds, requests: options.requests };

const cores = availableParallelism();
const machine = `${cpus()[0]?.model}, ${cores} cores, Node ${process.version}`;
const loadAtStart = loadavg()[0] ?? 0;
console.log(`${machine}; medians of ${amount.rounds} rounds in turn`);

const directory = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
const findings: Finding[] = [];
const leftOut: LeftOut[] = [];
try {
  const world = { directory, ...(await prepareInstallation(directory)), ...amount };
  for (const scenario of SCENARIOS.filter(isWanted)) await runOne(scenario, world);
} finally {
  await rm(directory, { recursive: true, force: true });
}
const hasFailed = leftOut.length > 0;
if (options.results) {
  for (const { name } of SCENARIOS.filter((scenario) => !isWanted(scenario)))
    leftOut.push({ scenario: name, reason: 'it was not asked for' });
  const date = new Date().toISOString().slice(0, 10);
  const written = keepResults({ date, machine, loadAtStart, ...amount, findings, leftOut });
  console.log(`\nwritten: ${written.join(', ')}`);
}
if (hasFailed) process.exitCode = 1;

function isWanted({ name, isLong = false }: Scenario): boolean {
  return options.only?.includes(name) ?? (options.results || !isLong);
}

/** One that fails takes nothing away from the others. */
async function runOne(scenario: Scenario, world: World): Promise<void> {
  keepToSecondCore();
  try {
    const found = await scenario.run(world);
    for (const line of found.flatMap(printedFinding)) console.log(line);
    findings.push(...found);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    leftOut.push({ scenario: scenario.name, reason });
    console.error(`\n${scenario.name} is left out: ${reason}`);
  }
}

/** The load comes from this process; what is measured runs on the first core. */
function keepToSecondCore(): void {
  if (cores > 1) execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' });
}
