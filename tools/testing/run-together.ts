/**
 * Runs test files in groups, each group in one process: most of a small file's time goes into starting a process and
 * loading the same modules. That is for speed alone. A file is counted there only if all of its tests passed; whatever
 * failed, said nothing, or stood in a group that died is run again in a process of its own, and what comes out of that
 * is told. A file that leaves something of its process changed is a failure here, whatever its tests say: the next
 * ones would have found it.
 */
import { once } from 'node:events';
import { relative } from 'node:path';
import { run } from 'node:test';
import type { Failure, Outcome } from './outcome.ts';
import { isLeftBehind } from './process-state.ts';
import { runTests, TEST_TIMEOUT_MS, type TestEvent, testFiles } from './run-tests.ts';

/** So many files at most share a process. */
const GROUP_SIZE = 16;

const LOADER = new URL('several-files.ts', import.meta.url).pathname;

/** Runs all files that match and gives the outcome of that kind, as `runTests` does. */
export async function runTestsTogether(
  kind: string,
  patterns: readonly string[],
  concurrency: number,
  say: (line: string) => void,
): Promise<Outcome> {
  const started = performance.now();
  const files = await testFiles(patterns);
  const groups = inGroups(files);
  const together = new Together(say);
  const worker = async () => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) await together.run(group);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const apart = files.filter((file) => !together.passes.has(file));
  const rest = files.length > 0 && apart.length === 0 ? null : await runTests(kind, apart, concurrency, say);
  return {
    kind,
    passed: [...together.passes.values()].reduce((sum, count) => sum + count, rest?.passed ?? 0),
    failures: [...together.leftBehind, ...(rest?.failures ?? [])],
    skips: rest?.skips ?? [],
    milliseconds: performance.now() - started,
  };
}

/** Neighbours, which load the same modules, stay together. */
function inGroups(files: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(files.length / GROUP_SIZE);
  return Array.from({ length: count }, (_, at) => files.slice(at * GROUP_SIZE, (at + 1) * GROUP_SIZE));
}

/** What came out of the groups so far. */
class Together {
  /** How many tests passed in each file of which nothing but that can be said. */
  readonly passes = new Map<string, number>();
  readonly leftBehind: Failure[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Each file is one suite of the group's process; what it holds is reported before it. */
  async run(group: readonly string[]): Promise<void> {
    let passed = 0;
    let isClear = true;
    const stream = run({ files: [LOADER], argv: [...group], timeout: TEST_TIMEOUT_MS });
    const close = (file: string) => {
      if (isClear && passed > 0 && group.includes(file)) this.passes.set(file, passed);
      passed = 0;
      isClear = true;
    };
    stream.on('test:pass', ({ name, nesting, details, skip, todo }: TestEvent) => {
      if (skip !== undefined || todo !== undefined) isClear = false;
      if (nesting === 0) close(name);
      else if (details.type !== 'suite') passed += 1;
    });
    stream.on('test:fail', ({ name, nesting, details }: TestEvent) => {
      isClear = false;
      if (nesting > 0) return;
      this.#noteLeftBehind(name, details.error);
      close(name);
    });
    stream.resume();
    await once(stream, 'end');
  }

  #noteLeftBehind(file: string, error: Error | undefined): void {
    if (!isLeftBehind(error?.cause)) return;
    const failure = { title: relative('', file), text: error.cause.message };
    this.leftBehind.push(failure);
    this.#say(`✘ ${failure.title}\n    ${failure.text}`);
  }
}
