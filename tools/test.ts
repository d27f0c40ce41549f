/**
 * `npm test` and `npm run check`: runs the kinds of checks one after another, says what each took, and ends with
 * a table and the line `N passed, N failed`. `--quick` runs the ones of `npm run check`; names given as arguments
 * run only those kinds. With `--quick`, test files share processes where they may (`testing/run-together.ts`). With
 * `CI=true`, whatever was skipped counts as failed: nothing is left out silently.
 */
import { resolve } from 'node:path';
import { KINDS, type Kind } from './testing/kinds.ts';
import { meetNeeds } from './testing/machine-needs.ts';
import { type Outcome, seconds, summary, totals } from './testing/outcome.ts';
import { runCommands } from './testing/run-commands.ts';
import { runTests } from './testing/run-tests.ts';
import { runTestsTogether } from './testing/run-together.ts';

const say = (line: string) => console.log(line);

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--quick' && !KINDS.some((kind) => kind.name === arg));
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(' ')}; kinds are ${KINDS.map((kind) => kind.name).join(' ')}`);
    return 2;
  }
  process.chdir(new URL('..', import.meta.url).pathname);
  // Each test file is a process of its own; most of its time would go into reading types off the same sources.
  process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/countersign');
  const outcomes: Outcome[] = [];
  for (const kind of chooseKinds(args)) {
    say(`▶ ${kind.name}`);
    const outcome = await runKind(kind, args.includes('--quick'));
    outcomes.push(outcome);
    say(`  ${outcome.passed} passed, ${outcome.failures.length} failed, ${seconds(outcome.milliseconds)}`);
  }
  const { passed, failed } = totals(outcomes, process.env.CI === 'true');
  say(`\n${summary(outcomes)}\n`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function chooseKinds(args: readonly string[]): readonly Kind[] {
  if (args.includes('--quick')) return KINDS.filter((kind) => kind.isQuick);
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

process.exitCode = await main(process.argv.slice(2));
