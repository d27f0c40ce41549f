/**
 * Doing one thing to several objects, one after the other: each is a change of its own, with its own audit entry. What
 * is refused does not stop the rest; storage that does not answer does, because it would not answer for the rest either.
 */
import { AccountRefused } from '../../../accounts/index.ts';
import { Refused } from '../../../administration/index.ts';
import { StorageUnavailable } from '../../../model/index.ts';
import type { PageContext } from '../../../web/index.ts';
import { accountErrors } from '../../people/messages.ts';
import { fieldError } from '../form-errors.ts';
import { selectionMessages } from './words.ts';

/** An object that was chosen. */
export interface Chosen {
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** In how many cases access of a user, or of an application to a user's data, ends with it. */
  readonly ends: number;
}

/** An object to which it was not done, and why. */
export interface Failure {
  readonly name: string;
  readonly why: string;
}

/** What became of all. */
export interface Outcome {
  readonly done: number;
  /** Accesses that ended. */
  readonly ended: number;
  readonly failures: readonly Failure[];
  /** Storage stopped answering on the way. */
  readonly isBroken: boolean;
}

/** Does it to each. Errors that are nobody's to see go on. */
export async function doToEach(
  c: PageContext,
  chosen: readonly Chosen[],
  work: (chosen: Chosen) => Promise<unknown>,
): Promise<Outcome> {
  const t = c.messages(selectionMessages);
  const failures: Failure[] = [];
  let [done, ended, isBroken] = [0, 0, false];
  for (const one of chosen) {
    if (isBroken) {
      failures.push({ name: one.name, why: t.notTried });
      continue;
    }
    try {
      await work(one);
      done += 1;
      ended += one.ends;
    } catch (error) {
      isBroken = error instanceof StorageUnavailable;
      failures.push({ name: one.name, why: isBroken ? t.storage : reasonOf(c, error) });
    }
  }
  return { done, ended, failures, isBroken };
}

function reasonOf(c: PageContext, error: unknown): string {
  if (error instanceof Refused) return error.mistakes.map((one) => fieldError(c, one).message).join(' ');
  if (!(error instanceof AccountRefused)) throw error;
  return accountErrors(c, error)
    .map(({ message }) => message)
    .join(' ');
}
