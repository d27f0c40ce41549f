/**
 * Opens what the settings name as the place of everything that is kept: the one place that knows which adapters of
 * storage and of nonces there are.
 */
import type { NonceLease, NonceStore, Storage } from '../model/index.ts';
import {
  type DatabaseHealth,
  type NonceKind,
  openSqliteDatabase,
  type SchemaStatus,
} from '../storage/sqlite/index.ts';
import type { Kept } from '../storage/transfer/index.ts';
import type { Settings } from './settings/index.ts';
import { systemClock, systemRandom } from './system.ts';

/** Whether an older schema is brought up to date, or opened as it is: then only `schema` and `health` work. */
export type Migrations = 'apply' | 'leave';

/** What the settings name, open. */
export interface OpenStorage {
  readonly storage: Storage;
  readonly kept: Kept;
  readonly schema: {
    status(): Promise<SchemaStatus>;
    /** Applies what is pending, under a lock, each step in one transaction. */
    migrate(): Promise<SchemaStatus>;
  };
  /** Looks at the whole database; may take a while. @throws when it cannot be read */
  health(): Promise<DatabaseHealth>;
  /** Opens nonces of a kind that the database keeps. To be closed before `storage.close()`. @throws {StorageUnavailable} saying what to do */
  openNonces(kind: NonceKind): Promise<NonceStore>;
  /** Opens what the database keeps about nonces that are burned elsewhere. @throws {StorageUnavailable} saying what to do */
  openNonceLease(): Promise<NonceLease>;
}

/** Opens the database. @throws {StorageUnavailable} when it cannot be used, saying why */
export async function openStorage(settings: Settings, migrations: Migrations): Promise<OpenStorage> {
  const { data: directory, timestampWindow } = settings;
  const database = await openSqliteDatabase({
    directory,
    clock: systemClock,
    random: systemRandom,
    migrations,
  });
  return {
    storage: database.storage,
    kept: database.kept,
    schema: database.schema,
    health: async () => database.health(),
    openNonces: (kind) => database.openNonces(kind, timestampWindow),
    openNonceLease: () => database.openNonceLease(),
  };
}
