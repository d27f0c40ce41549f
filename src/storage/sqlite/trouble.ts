/**
 * Which errors of SQLite mean that storage cannot answer: disk full, I/O, busy, read-only, damaged, closed. They
 * become `StorageUnavailable`. Mistakes in a statement stay what they are: nobody should wait for those to pass.
 */
import { StorageUnavailable } from '../../model/index.ts';

/** SQLite's primary result codes that tell of trouble with the storage. @see https://www.sqlite.org/rescode.html */
const TROUBLES = new Map<number, string>([
  [5, 'another process holds the database'],
  [6, 'a table is locked'],
  [7, 'out of memory'],
  [8, 'the database is read-only'],
  [9, 'the operation was interrupted'],
  [10, 'the disk reports an input/output error'],
  [11, 'the database file is damaged'],
  [13, 'the disk is full'],
  [14, 'the database file cannot be opened'],
  [15, 'the database cannot be locked'],
  [26, 'the file is not a database'],
]);

/** Of the input/output errors, the one that a full disk gives when a database is opened. */
const NO_ROOM_TO_OPEN = 4874;

const BUSY = 5;
const FULL = 13;
const DAMAGES: ReadonlySet<number> = new Set([11, 26]);

/** The error as callers should see it. */
export function asTrouble(error: unknown): unknown {
  if (error instanceof StorageUnavailable || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_INVALID_STATE') return new StorageUnavailable('the database is closed', { cause: error });
  const trouble = TROUBLES.get(codeOf(error) === NO_ROOM_TO_OPEN ? FULL : primaryCode(error));
  return trouble === undefined ? error : new StorageUnavailable(trouble, { cause: error });
}

/** Whether another connection is writing at the moment. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && primaryCode(error) === BUSY;
}

/** Whether an error, or what caused it, says that the file is damaged or no database at all. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return DAMAGES.has(primaryCode(error)) || isDamage(error.cause);
}

function primaryCode(error: Error): number {
  return codeOf(error) & 0xff;
}

function codeOf(error: Error): number {
  return (error as { errcode?: number }).errcode ?? 0;
}
