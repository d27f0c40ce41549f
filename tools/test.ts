/**
 * `npm test` and `npm run check`: runs the kinds of checks one after another, says what each took, and ends with
 * a table and the line `N passed, N failed`. `--quick` runs the ones of `npm run check`; names given as arguments
 * run only those kinds. With `--quick`, test files share processes (`testing/run-together.ts`), and the compiler and
 * its like run beside the tests. With `CI=true`, whatever was skipped counts as failed: nothing is left out silently.
 */
import { resolve } from 'node:path';
import { Argument, Command } from 'commander';
import { KINDS, type Kind } from './testing/kinds.ts';
import { meetNeeds } from './testing/machine-needs.ts';
import { type Outcome, seconds, summary, totals } from './testing/outcome.ts';
import { runCommands } from './testing/run-commands.ts';
import { runTests } from './testing/run-tests.ts';
import { runTestsTogether } from './testing/run-together.ts';

const say = (line: string) => console.log(line);

async function main(): Promise<number> {
  const kinds = new Argument('[kinds...]', 'only these').choices(KINDS.map(({ name }) => name));
  const program = new Command('npm test --')
    .description('Runs the checks, kind by kind.')
    .addArgument(kinds)
    .option('--quick', 'those of `npm run check`')
    .parse();
  const isQuick = program.opts<{ quick?: true }>().quick ?? false;
  process.chdir(new URL('..', import.meta.url).pathname);
  // Each test file is a process of its own; most of its time would go into reading types off the same sources.
  process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/countersign');
  const { programs = [], tests = [] } = Object.groupBy(chooseKinds(program.args, isQuick), ({ commands }) =>
    isQuick && commands.length > 0 ? 'programs' : 'tests',
  );
  const lanes = [programs, tests].map((kinds) => runInTurn(kinds, isQuick));
  const outcomes = (await Promise.all(lanes)).flat();
  const { passed, failed } = totals(outcomes, process.env.CI === 'true');
  say(`\n${summary(outcomes)}\n`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runInTurn(kinds: readonly Kind[], isQuick: boolean): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const kind of kinds) {
    say(`▶ ${kind.name}`);
    const outcome = await runKind(kind, isQuick);
    outcomes.push(outcome);
    const { passed, failures, milliseconds } = outcome;
    say(`  ${kind.name}: ${passed} passed, ${failures.length} failed, ${seconds(milliseconds)}`);
  }
  return outcomes;
}

function chooseKinds(args: readonly string[], isQuick: boolean): readonly Kind[] {
  if (isQuick) return KINDS.filter((kind) => kind.isQuick);
  return args.length === 0 ? KINDS : KINDS.filter((kind) => args.includes(kind.name));
}

async function runKind(kind: Kind, isQuick: boolean): Promise<Outcome> {
  const obstacle = meetNeeds(kind.needs, say);
  if (obstacle !== null) {
    const skip = { title: 'the whole kind', reason: obstacle };
    return { kind: kind.name, passed: 0, failures: [], skips: [skip], milliseconds: 0 };
  }
  if (kind.commands.length > 0) return runCommands(kind.name, kind.commands, say);
  const run = isQuick ? runTestsTogether : runTests;
  return run(kind.name, kind.files, kind.concurrency, say);
}

process.exitCode = await main();
