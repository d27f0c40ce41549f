/**
 * One transaction, done for certain or not at all. What is handed in may run more than once: of transactions that
 * block each other, or that could not be put in any order, the database undoes one, and that one is done again.
 * A COMMIT whose answer was lost is never sent again: it may have happened, and then a second one would do the thing
 * twice. Instead what it left behind is looked for; if it is not seen, the caller is told that nothing is certain.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { StorageUnavailable } from '../../model/index.ts';
import type { Queries } from './context.ts';

/** The database undid this transaction for the sake of another one; nothing of it happened. */
export class TransactionUndone extends StorageUnavailable {}

/** The connection was lost after COMMIT was sent and before its answer came. */
export class CommitUnknown extends StorageUnavailable {}

const MOST_TRIES = 10;
const LONGEST_LOOK_MS = 2000;
const PAUSE_MS = 50;

/**
 * Does the work in one transaction.
 * @param isVisible whether the work with that outcome is seen in the database, by something only it can have left
 * @throws {StorageUnavailable} when it was not done, or nobody can tell
 */
export async function transact<T>(
  db: Queries,
  work: (trx: Queries) => Promise<T>,
  isVisible?: (outcome: T) => Promise<boolean>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const sent: { outcome?: T } = {};
    try {
      return await db.transaction().execute(async (trx) => {
        sent.outcome = await work(trx);
        return sent.outcome;
      });
    } catch (error) {
      if (error instanceof TransactionUndone && tries < MOST_TRIES) continue;
      const canTell = error instanceof CommitUnknown && isVisible !== undefined && 'outcome' in sent;
      if (canTell && (await isSeen(() => isVisible(sent.outcome as T)))) return sent.outcome as T;
      throw error;
    }
  }
}

/** Looks for a while: the database may have to come back first, or to finish the COMMIT it was sent. */
async function isSeen(look: () => Promise<boolean>): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < LONGEST_LOOK_MS; await pause(PAUSE_MS)) {
    try {
      if (await look()) return true;
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
    }
  }
  return false;
}
