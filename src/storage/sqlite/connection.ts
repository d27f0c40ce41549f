/**
 * Connections to the database file, set up for keeping promises: WAL, so that readers never wait; FULL, because
 * with NORMAL a revocation that was acknowledged is undone by a power cut; foreign keys, because removals rely
 * on them.
 */
import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageUnavailable } from '../../model/index.ts';
import { makeDirectory } from '../data-directory/index.ts';
import { asTrouble } from './trouble.ts';

/** Earlier versions can damage a WAL database that two connections share. */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** Waiting for a lock at opening blocks nobody yet; later every wait holds up the event loop. */
const OPENING_TIMEOUT_MS = 10_000;
const BUSY_TIMEOUT_MS = 100;

/** What SQLite takes unless told otherwise. */
const USUAL_CACHE_MEBIBYTES = 2;

/**
 * Opens a connection, and makes the file (mode 0600) if it is not there.
 * @param cacheMebibytes how much of the database it may keep in memory
 * @throws {StorageUnavailable} when the file cannot be opened or this SQLite is too old
 */
export function openConnection(file: string, cacheMebibytes = USUAL_CACHE_MEBIBYTES): DatabaseSync {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  makeDirectory(dirname(file));
  try {
    createPrivately(file);
    const database = new DatabaseSync(file, {
      timeout: OPENING_TIMEOUT_MS,
      enableForeignKeyConstraints: true,
    });
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma trusted_schema = off;
      pragma cache_size = ${-1024 * cacheMebibytes};
      pragma busy_timeout = ${BUSY_TIMEOUT_MS};
    `);
    return database;
  } catch (error) {
    const { message } = asTrouble(error) as Error;
    throw new StorageUnavailable(`${file} cannot be opened as the database: ${message}`, { cause: error });
  }
}

/**
 * Makes the file with its mode before SQLite would with its own. Never opens one that is there: closing it again
 * would release the locks that this process's other connections hold on it (POSIX locks belong to the process),
 * and another process could then delete the WAL under them.
 */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** @throws {StorageUnavailable} for a version that can damage databases */
export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [index, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest) {
      throw new StorageUnavailable(
        `SQLite ${version} can damage a database that several processes use; ${OLDEST_SQLITE.join('.')} or newer is ` +
          'needed. Start Countersign with a newer Node.',
      );
    }
  }
}
