/**
 * Opens what the settings name as the place of everything that is kept: the one place that knows which adapters of
 * storage and of nonces there are.
 */
import type { NonceLease, NonceStore, Storage } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';
import type { DatabaseHealth, NonceKind, SchemaStatus } from '../storage/sqlite/index.ts';
import type { Kept } from '../storage/transfer/index.ts';
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
  /** Opens nonces that the database keeps; PostgreSQL keeps one kind only, `placeOfNonces` sees to it that no other is asked for. To be closed before `storage.close()`. @throws {StorageUnavailable} saying what to do */
  openNonces(kind: NonceKind): Promise<NonceStore>;
  /** Opens what the database keeps about nonces that are burned elsewhere. @throws {StorageUnavailable} saying what to do */
  openNonceLease(): Promise<NonceLease>;
}

/** What every adapter of a database gives. */
interface OpenDatabase extends Omit<OpenStorage, 'health'> {
  health(): DatabaseHealth | Promise<DatabaseHealth>;
}

/** Opens the database. @throws {StorageUnavailable} when it cannot be used, saying why */
export async function openStorage(settings: Settings, migrations: Migrations): Promise<OpenStorage> {
  const { storage, kept, schema, health, openNonces, openNonceLease } = await openDatabase(
    settings,
    migrations,
  );
  return { storage, kept, schema, health: async () => health(), openNonces, openNonceLease };
}

async function openDatabase(settings: Settings, migrations: Migrations): Promise<OpenDatabase> {
  const { data: directory, database: place, timestampWindow } = settings;
  const options = { directory, clock: systemClock, random: systemRandom, migrations };
  // Each adapter is read when it is needed: the one that is not would be a fifth of the start.
  if (place === 'embedded') {
    const { openSqliteDatabase } = await import('../storage/sqlite/index.ts');
    const database = await openSqliteDatabase(options);
    return { ...database, openNonces: (kind) => database.openNonces(kind, timestampWindow) };
  }
  const { openPostgresDatabase } = await import('../storage/postgres/index.ts');
  const database = await openPostgresDatabase({ ...options, url: place });
  return { ...database, openNonces: () => database.openNonces(timestampWindow) };
}
