/**
 * Runs test files through Node's own runner and counts by its events, never by reading its output. A suite is
 * not a test; a file that dies before its first test is one failure. A file without a test, which the runner itself
 * lets pass, is a failure here, and so is a kind without files.
 */
import { once } from 'node:events';
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { inspect, stripVTControlCharacters } from 'node:util';
import type { Failure, Outcome, Skip } from './outcome.ts';

/** How long one test may take before it counts as hanging, in milliseconds. */
export const TEST_TIMEOUT_MS = 300_000;

/** How many characters of a file's output are kept. */
const KEPT_OUTPUT = 4000;

/** The part of an event of the runner that is read here. */
export interface TestEvent {
  readonly name: string;
  /** 0 for what stands in no suite or other test. */
  readonly nesting: number;
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
  timeout = TEST_TIMEOUT_MS,
): Promise<Outcome> {
  const started = performance.now();
  const files = await testFiles(patterns);
  const tally = new Tally(files, say);
  if (files.length === 0) tally.fail('has tests', `no file matches ${patterns.join(', ')}`);
  else await tally.count(run({ files, concurrency, timeout }));
  const { passed, failures, skips } = tally;
  return { kind, passed, failures, skips, milliseconds: performance.now() - started };
}

/** The files that match, in order. */
export async function testFiles(patterns: readonly string[]): Promise<readonly string[]> {
  return (await Array.fromAsync(glob([...patterns]))).map((file) => resolve(file)).sort();
}

/** Counts what the runner reports. */
class Tally {
  passed = 0;
  readonly failures: Failure[] = [];
  readonly skips: Skip[] = [];
  readonly #files: readonly string[];
  readonly #say: (line: string) => void;
  /** What each file printed last: shown with its failures. */
  readonly #output = new Map<string, string>();

  constructor(files: readonly string[], say: (line: string) => void) {
    this.#files = files;
    this.#say = say;
  }

  async count(stream: ReturnType<typeof run>): Promise<void> {
    stream.on('test:pass', (event: TestEvent) => this.#pass(event));
    stream.on('test:fail', (event: TestEvent) => this.#fail(event));
    for (const name of ['test:stdout', 'test:stderr'] as const) {
      stream.on(name, ({ file, message }) => this.#keepOutput(file ?? '', message));
    }
    stream.resume();
    await once(stream, 'end');
  }

  fail(title: string, text: string): void {
    this.failures.push({ title, text });
    this.#say(`✘ ${title}\n${indent(text)}`);
  }

  #pass({ name, skip, todo, details }: TestEvent): void {
    const reason = skip ?? todo ?? false;
    if (details.type === 'suite') return;
    if (this.#files.includes(name)) this.fail(name, 'holds no test');
    else if (reason === false) this.passed += 1;
    else this.skips.push({ title: name, reason: reason === true ? 'no reason given' : reason });
  }

  #fail({ name, file, details: { error } }: TestEvent): void {
    if (!isOnlyOfChildren(error))
      this.fail(name, describeError(error) + (this.#output.get(file ?? '') ?? ''));
  }

  #keepOutput(file: string, message: string): void {
    this.#output.set(file, ((this.#output.get(file) ?? '') + message).slice(-KEPT_OUTPUT));
  }
}

/** A suite, or a test with tests in it, fails when one of them does; that is counted already. */
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
