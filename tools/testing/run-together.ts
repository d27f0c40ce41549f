/**
 * Runs test files in groups, each group in one process: most of a small file's time goes into starting a process and
 * loading the same modules. That is for speed alone. A file is counted there only if all of its tests passed; whatever
 * failed, said nothing, or stood in a group that died is run again in a process of its own, and what comes out of that
 * is told. A file that changes what processes share, or has hooks outside its suites, is never put into a group.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { run } from 'node:test';
import type { Outcome } from './outcome.ts';
import { runTests, TEST_TIMEOUT_MS, type TestEvent, testFiles } from './run-tests.ts';

/** So many files at most share a process. */
const GROUP_SIZE = 16;

const LOADER = new URL('several-files.ts', import.meta.url).pathname;

/** What only a process of its own may hold: hooks that would reach other files' tests, and what processes share. */
const NEEDS_OWN_PROCESS = /^(?:before|after)(?:Each)?\(|\bprocess\.|\bglobalThis\b|\bconsole\.|\bmock\b/m;

/** Runs all files that match and gives the outcome of that kind, as `runTests` does. */
export async function runTestsTogether(
  kind: string,
  patterns: readonly string[],
  concurrency: number,
  say: (line: string) => void,
): Promise<Outcome> {
  const started = performance.now();
  const files = await testFiles(patterns);
  const groups = inGroups(files.filter((file) => !NEEDS_OWN_PROCESS.test(readFileSync(file, 'utf8'))));
  const passes = new Map<string, number>();
  const worker = async () => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift())
      for (const [file, count] of await passesOf(group)) passes.set(file, count);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const apart = files.filter((file) => !passes.has(file));
  const together = [...passes.values()].reduce((sum, count) => sum + count, 0);
  const rest = passes.size > 0 && apart.length === 0 ? null : await runTests(kind, apart, concurrency, say);
  return {
    kind,
    passed: together + (rest?.passed ?? 0),
    failures: rest?.failures ?? [],
    skips: rest?.skips ?? [],
    milliseconds: performance.now() - started,
  };
}

/** Neighbours, which load the same modules, stay together. */
function inGroups(files: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(files.length / GROUP_SIZE);
  return Array.from({ length: count }, (_, at) => files.slice(at * GROUP_SIZE, (at + 1) * GROUP_SIZE));
}

/** How many tests passed in each file of a group in which nothing but that can be said of it. */
async function passesOf(group: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const passes = new Map<string, number>();
  const doubtful = new Set<string>();
  const stream = run({ files: [LOADER], argv: [...group], timeout: TEST_TIMEOUT_MS });
  stream.on('test:pass', ({ file = '', details, skip, todo }: TestEvent) => {
    if (details.type !== 'suite') passes.set(file, (passes.get(file) ?? 0) + 1);
    if (skip !== undefined || todo !== undefined) doubtful.add(file);
  });
  stream.on('test:fail', ({ file = '' }: TestEvent) => doubtful.add(file));
  stream.resume();
  await once(stream, 'end');
  // Tests that stand in none of its files, the loader's own failure too, could belong to any of them.
  const isClear = [...passes.keys(), ...doubtful].every((file) => group.includes(file));
  return isClear ? new Map([...passes].filter(([file]) => !doubtful.has(file))) : new Map();
}
