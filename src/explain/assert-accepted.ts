/**
 * The explanation as an assertion for test suites: a request that would be refused fails the test with the reason in
 * the failure's message, so that nobody has to go and look for it. Works with every test runner, because it throws.
 */
import type { BaseStringComparison, Explanation } from './explanation.ts';

/** A request that would be refused. The message tells problem, failed checks, first difference and causes. */
export class RequestNotAccepted extends Error {
  readonly explanation: Explanation;

  constructor(explanation: Explanation) {
    super(messageOf(explanation));
    this.name = 'RequestNotAccepted';
    this.explanation = explanation;
  }
}

/** Passes for a request that would be accepted, as far as it can be judged. @throws {RequestNotAccepted} otherwise */
export function assertAccepted(explanation: Explanation): void {
  if (explanation.problem !== null) throw new RequestNotAccepted(explanation);
}

function messageOf({ problem, checks, baseString, causes }: Explanation): string {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  return [
    `The request would be refused: ${problem}`,
    ...failed.map(
      ({ name, yours, ours }) => `  ${name}: yours ${yours ?? '(none)'}, ours ${ours ?? '(none)'}`,
    ),
    ...firstDifference(baseString),
    ...causes.map(({ title, advice }) => `  ${title}. ${advice}`),
  ].join('\n');
}

function firstDifference({ rows, firstDifference: at }: BaseStringComparison): string[] {
  const row = rows[at];
  if (row === undefined) return [];
  return [
    `  base strings differ first in ${row.name}: yours ${row.yours ?? '(none)'}, ours ${row.ours ?? '(none)'}`,
  ];
}
