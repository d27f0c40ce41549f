/** What running one kind gave: exact counts, what failed and what was skipped for which reason. */

/** One failure, as it is shown. */
export interface Failure {
  readonly title: string;
  readonly text: string;
}

/** One thing that did not run. */
export interface Skip {
  readonly title: string;
  readonly reason: string;
}

/** The result of one kind. */
export interface Outcome {
  readonly kind: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly skips: readonly Skip[];
  readonly milliseconds: number;
}

/** Passed and failed over all kinds. Where `isStrict`, what was skipped counts as failed. */
export function totals(outcomes: readonly Outcome[], isStrict: boolean): { passed: number; failed: number } {
  let passed = 0;
  let failed = 0;
  for (const outcome of outcomes) {
    passed += outcome.passed;
    failed += outcome.failures.length + (isStrict ? outcome.skips.length : 0);
  }
  return { passed, failed };
}

/** The table by kind, and under it what failed and what was skipped. */
export function summary(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((one) => [
    one.kind,
    String(one.passed),
    String(one.failures.length),
    String(one.skips.length),
    seconds(one.milliseconds),
  ]);
  const lines = table(['kind', 'passed', 'failed', 'skipped', 'time'], rows);
  for (const { kind, skips } of outcomes) {
    for (const skip of skips) lines.push(`skipped  ${kind}: ${skip.title}: ${skip.reason}`);
  }
  for (const { kind, failures } of outcomes) {
    for (const failure of failures) lines.push(`FAILED   ${kind}: ${failure.title}`);
  }
  return lines.join('\n');
}

/** A duration for people. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Columns aligned: the first to the left, the others, which are numbers, to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
