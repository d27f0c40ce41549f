/**
 * Opens what an installation keeps: its data directory and the database in it. The server and the commands both
 * come in here, also at the same time; what one commits is in force in the other at once.
 */
import type { Clock, RandomSource } from '../base/index.ts';
import { type Storage, StorageUnavailable } from '../model/index.ts';
import {
  openSqliteDatabase,
  openSqliteSchema,
  type SqliteDatabase,
  type SqliteSchema,
} from '../storage/sqlite/index.ts';
import type { Settings } from './settings/index.ts';
import { StartRefused, systemErrorCode } from './start-refused.ts';
import { systemClock, systemRandom } from './system.ts';

/** An installation's data, open. */
export interface OpenInstallation {
  readonly storage: Storage;
  readonly openNonces: SqliteDatabase['openNonces'];
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Opens the data directory, and makes it if there is none. @throws {StartRefused} when it cannot be used, saying why */
export async function openInstallation({ data: directory }: Settings): Promise<OpenInstallation> {
  try {
    const database = await openSqliteDatabase({ directory, clock: systemClock, random: systemRandom });
    const { storage, openNonces } = database;
    return { storage, openNonces, clock: systemClock, random: systemRandom };
  } catch (error) {
    throw asStartRefused(error, directory);
  }
}

/** Opens the database's schema alone, as it is. @throws {StartRefused} when it cannot be used, saying why */
export function openSchema({ data: directory }: Settings): SqliteSchema {
  try {
    return openSqliteSchema({ directory, clock: systemClock });
  } catch (error) {
    throw asStartRefused(error, directory);
  }
}

/** Turns an error about the data directory into one that says what to do. */
export function asStartRefused(error: unknown, directory: string): unknown {
  if (error instanceof StorageUnavailable) return new StartRefused(error.message, { cause: error });
  const code = systemErrorCode(error);
  const reason = code === undefined ? undefined : DIRECTORY_TROUBLE[code];
  if (reason === undefined) return error;
  return new StartRefused(`the data directory ${directory} ${reason}; choose another with --data`, {
    cause: error,
  });
}

const DIRECTORY_TROUBLE: Readonly<Record<string, string>> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only file system',
  ENOTDIR: 'is not a directory',
  EEXIST: 'is not a directory',
  ENOSPC: 'has no space left',
};
