/**
 * Changes of one row that the audit log tells of: the row and the entry are written together, or neither is. A row
 * that is not there, or not as it was when it was read, is changed by nobody and leaves no entry.
 */
import type { AuditEvent } from '../../model/index.ts';
import { recordEvent } from './audit.ts';
import type { Queries } from './context.ts';
import { transact } from './transact.ts';

/** An insertion, an update or a removal that is not sent yet. */
interface Change {
  executeTakeFirst(): Promise<Partial<Record<(typeof COUNTS)[number], bigint | undefined>> | undefined>;
}

const COUNTS = ['numInsertedOrUpdatedRows', 'numUpdatedRows', 'numDeletedRows'] as const;

/** Makes the change; gives whether it touched exactly one row. */
export async function changeOne(change: Change): Promise<boolean> {
  const result = await change.executeTakeFirst();
  return COUNTS.some((count) => result?.[count] === 1n);
}

/**
 * Makes a change of one row and, if it touched that row, records it.
 * @param trx the transaction in which the change was prepared
 * @param event null: a change that the log does not tell of
 * @returns whether the row was touched
 */
export async function changeRecorded(
  trx: Queries,
  change: Change,
  event: AuditEvent | null,
): Promise<boolean> {
  if (!(await changeOne(change))) return false;
  if (event !== null) await recordEvent(trx, event);
  return true;
}

/** The same in a transaction of its own. */
export function transactChange(
  db: Queries,
  prepare: (trx: Queries) => Change,
  event: AuditEvent | null,
): Promise<boolean> {
  return transact(db, (trx) => changeRecorded(trx, prepare(trx), event));
}
