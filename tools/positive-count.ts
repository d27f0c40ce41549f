/** Reading counts that developers give to the tools. */
import { InvalidArgumentError } from 'commander';

/**
 * A count of something that has to happen at least once.
 * @throws {InvalidArgumentError} for anything else than a whole number from 1 on
 */
export function positiveCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('Give a whole number from 1 on.');
  return count;
}
