/** The mistakes for which a use case of administration refuses, as `field code` lines. For tests only. */
import assert from 'node:assert/strict';
import { Refused } from '../../src/administration/index.ts';

/** Waits for the refusal and gives its mistakes; fails if the use case goes through. */
export async function mistakesOf(attempt: Promise<unknown>): Promise<string[]> {
  const error = await attempt.then(
    () => assert.fail('it was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Refused, String(error));
  return error.mistakes.map(({ field, code }) => `${field} ${code}`);
}
