/**
 * The embedded database: one SQLite file in the data directory, its key file and its journal of nonces beside
 * it. Several processes may open the same directory (the server and the command line); only one of them may
 * hold the nonces. What any of them commits takes effect in all of them at once.
 */
import type { Clock, RandomSource } from '../../base/index.ts';
import type { NonceStore, Storage } from '../../model/index.ts';

/** Where the database is and what it is given from outside. */
export interface SqliteOptions {
  /** Data directory; made (mode 0700) if it is not there. Holds `countersign.db`, `secret.key`, `nonces.log`. */
  readonly directory: string;
  /** The database file, when it is not `<directory>/countersign.db`. */
  readonly file?: string;
  readonly clock: Clock;
  /** Default: the operating system's. */
  readonly random?: RandomSource;
  /** 'apply' (default) brings an older schema up to date; 'leave' opens it as it is, for `db status`. */
  readonly migrations?: 'apply' | 'leave';
  /** Signed requests' grounds kept in memory at most. Default 50 000. */
  readonly cachedGrounds?: number;
}

/** How far the schema of a database is. */
export interface SchemaStatus {
  /** Number of the last migration that was applied; 0 for an empty database. */
  readonly version: number;
  /** Number of the last migration this program knows. */
  readonly latest: number;
  /** Migrations yet to be applied, in order. */
  readonly pending: readonly { readonly number: number; readonly name: string }[];
}

/** Where used nonces are kept: in memory with a journal (fast, one process), or in the database. */
export type NonceKind = 'memory' | 'database';

/** An open database. */
export interface SqliteDatabase {
  readonly storage: Storage;
  readonly schema: {
    status(): Promise<SchemaStatus>;
    /** Applies what is pending, under a lock, each step in one transaction. */
    migrate(): Promise<SchemaStatus>;
  };
  /** Takes the directory's lock on nonces: one process at a time. Close the store before `storage.close()`. */
  openNonces(kind: NonceKind, windowSeconds: number): Promise<NonceStore>;
}

/**
 * Opens (and creates) the database.
 * @throws {StorageUnavailable} when it cannot be read, is newer than this program, or its key file is missing
 * or another one; the message says what to do.
 */
export async function openSqliteDatabase(_options: SqliteOptions): Promise<SqliteDatabase> {
  throw new Error('being written');
}
