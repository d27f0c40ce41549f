/**
 * `npm run bench`: compares Countersign with its limits and with others, in one run on one machine. Absolute times say
 * nothing about another machine; the ratios do. Options: `--rounds N`, `--requests N`, `--only NAME` (repeat; names stand
 * in scenarios.ts), `--results`: everything, the long scenarios too, kept in bench/results/ and shown in docs/guide/performance.md.
 * A scenario that cannot be run (nodes needs PostgreSQL, gateway nginx, peers Python's oauthlib) is left out, and said so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Finding, type LeftOut, printedFinding } from './finding.ts';
import { keepResults } from './results/keep-results.ts';
import { SCENARIOS, type Scenario, type World } from './scenarios.ts';
import { prepareInstallation } from './workload.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '10000' },
    only: { type: 'string', multiple: true },
    results: { type: 'boolean', default: false },
  },
});
const amount = { rounds: Number(values.rounds), requests: Number(values.requests) };
const unknown = values.only?.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(
    `no scenario ${unknown.join(', ')}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

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
if (values.results) {
  for (const { name } of SCENARIOS.filter((scenario) => !isWanted(scenario)))
    leftOut.push({ scenario: name, reason: 'it was not asked for' });
  const date = new Date().toISOString().slice(0, 10);
  const written = keepResults({ date, machine, loadAtStart, ...amount, findings, leftOut });
  console.log(`\nwritten: ${written.join(', ')}`);
}
if (hasFailed) process.exitCode = 1;

function isWanted({ name, isLong = false }: Scenario): boolean {
  return values.only?.includes(name) ?? (values.results || !isLong);
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
