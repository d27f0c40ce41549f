/**
 * Opens what an installation keeps: its data directory and its database. The server and the commands both
 * come in here, also at the same time; what one commits is in force in the other at once.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, RandomSource } from '../base/index.ts';
import { type Storage, StorageUnavailable } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';
import { DATABASE_FILE } from '../storage/data-directory/index.ts';
import { type Migrations, type OpenStorage, openStorage } from './open-storage.ts';
import { StartRefused, systemErrorCode } from './start-refused.ts';
import { systemClock, systemRandom } from './system.ts';

/** An installation's data, open. */
export interface OpenInstallation {
  readonly storage: Storage;
  readonly kept: OpenStorage['kept'];
  readonly openNonces: OpenStorage['openNonces'];
  readonly openNonceLease: OpenStorage['openNonceLease'];
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Opens what the settings name, and makes it if there is none. @throws {StartRefused} when it cannot be used, saying why */
export async function openInstallation(settings: Settings): Promise<OpenInstallation> {
  const { storage, kept, openNonces, openNonceLease } = await openOrRefuse(settings, 'apply');
  return { storage, kept, openNonces, openNonceLease, clock: systemClock, random: systemRandom };
}

/**
 * Does work on an installation; when its database turns out to be damaged, moves it aside and does the work on a new one.
 * @returns what the work gave, and where the damaged database is now
 */
export async function openDespiteDamage<T>(
  settings: Settings,
  suffix: string,
  work: (open: OpenInstallation) => Promise<T>,
): Promise<{ readonly result: T; readonly damaged: readonly string[] }> {
  const onOpened = async () => {
    const open = await openInstallation(settings);
    return work(open).finally(() => open.storage.close());
  };
  try {
    return { result: await onOpened(), damaged: [] };
  } catch (error) {
    const { isDamage, setDamagedAside } = await import('../storage/sqlite/index.ts');
    if (!isDamage(error)) throw error;
    const file = join(settings.data, DATABASE_FILE);
    const damaged = await setDamagedAside(file, join(settings.data, 'nonces'), suffix);
    return { result: await onOpened(), damaged };
  }
}

/** Whether there may be an installation already: with PostgreSQL, opening it will tell. Nothing is made or opened. */
export function hasInstallation({ data, database }: Settings): boolean {
  return database !== 'embedded' || existsSync(join(data, DATABASE_FILE));
}

/** The schema of a database that was opened as it is. */
export type OpenSchema = OpenStorage['schema'] & Pick<OpenStorage, 'health'> & { close(): Promise<void> };

/** Opens the database without bringing its schema up to date. @throws {StartRefused} when it cannot be used, saying why */
export async function openSchema(settings: Settings): Promise<OpenSchema> {
  const { schema, health, storage } = await openOrRefuse(settings, 'leave');
  return { ...schema, health, close: () => storage.close() };
}

async function openOrRefuse(settings: Settings, migrations: Migrations): Promise<OpenStorage> {
  try {
    return await openStorage(settings, migrations);
  } catch (error) {
    throw asStartRefused(error, settings.data);
  }
}

/** Turns an error about what is kept into one that says what to do. */
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
