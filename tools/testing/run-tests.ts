/**
 * Runs test files through Node's own runner and counts by its events, never by reading its output. A suite is
 * not a test; a file that dies before its first test is one failure; files that hold no test at all are a
 * mistake in the pattern and fail too.
 */
import { glob } from 'node:fs/promises';
import { run } from 'node:test';
import { inspect, stripVTControlCharacters } from 'node:util';
import type { Failure, Outcome, Skip } from './outcome.ts';

/** How long one test may take before it counts as hanging, in milliseconds. */
const TEST_TIMEOUT_MS = 180_000;

/** The part of an event of the runner that is read here. */
interface TestEvent {
  readonly name: string;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: Error };
}

/** Runs all files that match and gives the outcome of that kind. `say` is told of each failure as it happens. */
export async function runTests(
  kind: string,
  patterns: readonly string[],
  concurrency: number,
  say: (line: string) => void,
): Promise<Outcome> {
  const started = performance.now();
  const files = await Array.fromAsync(glob([...patterns]));
  let passed = 0;
  const failures: Failure[] = [];
  const skips: Skip[] = [];

  const fail = (failure: Failure) => {
    failures.push(failure);
    say(`✘ ${failure.title}\n${indent(failure.text)}`);
  };
  const output = new Map<string, string>();
  const stream = run({ files: files.sort(), concurrency, timeout: TEST_TIMEOUT_MS });
  stream.on('test:pass', (event: TestEvent) => {
    if (event.details.type === 'suite') return;
    const reason = event.skip ?? event.todo;
    if (reason === undefined || reason === false) passed += 1;
    else skips.push({ title: event.name, reason: reason === true ? 'no reason given' : reason });
  });
  stream.on('test:fail', (event: TestEvent) => {
    if (event.details.type === 'suite' && isOnlyOfChildren(event.details.error)) return;
    const said = output.get(event.file ?? '') ?? '';
    fail({ title: event.name, text: describeError(event.details.error) + said });
  });
  for (const name of ['test:stdout', 'test:stderr'] as const) {
    stream.on(name, ({ file, message }) => {
      output.set(file ?? '', ((output.get(file ?? '') ?? '') + message).slice(-4000));
    });
  }
  stream.resume();
  await new Promise((resolve) => stream.once('end', resolve));

  if (passed + failures.length + skips.length === 0) {
    fail({ title: 'has tests', text: `no test found in ${patterns.join(', ')}` });
  }
  return { kind, passed, failures, skips, milliseconds: performance.now() - started };
}

/** A suite fails when a test in it does; only a failure of its own, in a hook for instance, is another one. */
function isOnlyOfChildren(error: Error | undefined): boolean {
  return error !== undefined && 'failureType' in error && error.failureType === 'subtestsFailed';
}

function describeError(error: Error | undefined): string {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  return `${stripVTControlCharacters(text)}\n`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
