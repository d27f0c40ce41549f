/**
 * The embedded database: one SQLite file in the data directory, its key file and its journal of nonces beside
 * it. Several processes may open the same directory (the server and the command line); only one of them may
 * hold the nonces in memory. What any of them commits takes effect in all of them at once.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { type Clock, nowSeconds, type RandomSource } from '../../base/index.ts';
import type { NonceLease, NonceStore, Storage } from '../../model/index.ts';
import { DATABASE_FILE, KEY_FILE, makeDirectory } from '../data-directory/index.ts';
import { lockDirectory, openJournalledNonces } from '../nonces/index.ts';
import {
  type Database,
  type DatabaseHealth,
  migrate,
  NO_LOCKS,
  type NonceKindNote,
  nonceKindNote,
  openSealer,
  type Queries,
  type SchemaStatus,
  schemaStatus,
  sqlNonceLease,
  sqlStores,
  toMigrate,
} from '../sql/index.ts';
import type { Kept } from '../transfer/index.ts';
import { CommittedChanges } from './committed-changes.ts';
import { openConnection } from './connection.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { SqliteGrounds } from './grounds.ts';
import { databaseHealth } from './health.ts';
import { sqliteKept } from './kept.ts';
import { openDatabaseNonces } from './nonces.ts';
import { rememberedStores } from './remembered.ts';

export { DATABASE_FILE, KEY_FILE } from '../data-directory/index.ts';
export type { DatabaseHealth, NonceKindNote, SchemaStatus } from '../sql/index.ts';
export { setDamagedAside } from './kept.ts';
export { isDamage } from './trouble.ts';

/** A search of a long list reads scattered rows, the same again from page to page: from memory, it takes half the time. */
const LISTS_CACHE_MEBIBYTES = 64;

/** Where the database is and what it is given from outside. */
export interface SqliteOptions {
  /** Data directory; made (mode 0700) if it is not there. Holds `countersign.db`, `secret.key` and `nonces/`. */
  readonly directory: string;
  /** The database file, when it is not `<directory>/countersign.db`. */
  readonly file?: string;
  readonly clock: Clock;
  /** Default: the operating system's. */
  readonly random?: RandomSource;
  /** 'apply' (default) brings an older schema up to date; 'leave' opens it as it is, for `db status`. */
  readonly migrations?: 'apply' | 'leave';
  /** Tokens that signed requests were checked against, kept in memory at most. Default 50 000. */
  readonly cachedGrounds?: number;
  /** Names the running boot of the machine; null if unknown. Default: what Linux says. */
  readonly readBootId?: () => string | null;
}

/** Where used nonces are kept: in memory with a journal (fast, one process), or in the database. */
export type NonceKind = 'memory' | 'database';

/** An open database. */
export interface SqliteDatabase {
  /** Refuses all use while the schema is not this program's (possible after opening with 'leave' only). */
  readonly storage: Storage;
  /** What files are written from and read into; like `storage`, only while the schema is this program's. */
  readonly kept: Kept;
  readonly schema: {
    status(): Promise<SchemaStatus>;
    /** Applies what is pending, under a lock, each step in one transaction. */
    migrate(): Promise<SchemaStatus>;
  };
  /** Reads the whole file. @throws when it is not a database any more */
  health(): DatabaseHealth;
  readonly nonceKind: NonceKindNote;
  /**
   * Opens the nonces. 'memory' takes a lock: one process at a time. Close them before `storage.close()`.
   * @param windowSeconds how far a timestamp may lie from now, as the provider's settings say
   * @param quotaPerConsumer live nonces that one consumer may hold; beyond it, 'limited'
   * @throws {StorageUnavailable} when another process holds the lock; the message says which and what to do
   */
  openNonces(kind: NonceKind, windowSeconds: number, quotaPerConsumer?: number): Promise<NonceStore>;
  /** Opens the lease for nonces that are burned in Redis. @throws {StorageUnavailable} when a process burns them in memory */
  openNonceLease(): Promise<NonceLease>;
}

/**
 * Opens the database, makes it if it is not there, and brings its schema up to date.
 * @throws {StorageUnavailable} when it cannot be opened, is newer than this program, or its key file is missing
 * or another one; the message says what to do
 */
export async function openSqliteDatabase(options: SqliteOptions): Promise<SqliteDatabase> {
  const file = options.file ?? join(options.directory, DATABASE_FILE);
  const connections = [openConnection(file, LISTS_CACHE_MEBIBYTES)];
  const writer = connections[0]!;
  let onCommit: () => void = () => undefined;
  const dialect = nodeSqliteDialect(writer, { onCommit: () => onCommit() });
  const db: Queries = new Kysely<Database>({ dialect });
  const bringUpToDate = () => migrate(db, 'sqlite', nowSeconds(options.clock));
  const close = async () => {
    for (const connection of connections) if (connection.isOpen) connection.close();
    onCommit();
  };
  try {
    if (options.migrations !== 'leave') await bringUpToDate();
    const { version, latest } = await schemaStatus(db);
    const openReader = () => {
      connections.push(openConnection(file));
      return connections.at(-1)!;
    };
    const opened =
      version === latest
        ? await openStorage(options, db, openReader, close, (listener) => {
            onCommit = listener;
          })
        : { storage: toMigrate<Storage>({ close }), kept: toMigrate<Kept>({}) };
    return {
      ...opened,
      schema: { status: () => schemaStatus(db), migrate: bringUpToDate },
      health: () => databaseHealth(writer),
      nonceKind: nonceKindNote(db),
      openNonces: (kind, windowSeconds, quotaPerConsumer) =>
        openNonces({ kind, windowSeconds, quotaPerConsumer, ...options, db, writer }),
      openNonceLease: async () =>
        sqlNonceLease(db, lockDirectory(nonceDirectory(options.directory), 'shared')),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openStorage(
  { directory, clock, ...options }: SqliteOptions,
  db: Queries,
  openReader: () => DatabaseSync,
  close: () => Promise<void>,
  listenToCommits: (listener: () => void) => void,
): Promise<Pick<SqliteDatabase, 'storage' | 'kept'>> {
  makeDirectory(directory);
  const random = options.random ?? { bytes: (length: number) => randomBytes(length) };
  const sealer = await openSealer(db, join(directory, KEY_FILE), random);
  const reader = openReader();
  reader.exec('pragma query_only = on');
  const changes = new CommittedChanges(reader);
  listenToCommits(() => changes.lookAgain());
  const grounds = new SqliteGrounds(reader, changes, sealer, options.cachedGrounds ?? 50_000);
  const stores = sqlStores({ db, dialect: 'sqlite', locks: NO_LOCKS, sealer, clock });
  return {
    storage: { ...rememberedStores(stores, changes), grounds, close },
    kept: sqliteKept(db, sealer, openReader, join(directory, 'nonces')),
  };
}

/** What opening the nonces needs. */
interface NonceOptions extends SqliteOptions {
  readonly kind: NonceKind;
  readonly windowSeconds: number;
  readonly quotaPerConsumer?: number | undefined;
  readonly db: Queries;
  readonly writer: DatabaseSync;
}

/** A store that takes over from one of the other kind cannot know its nonces, and refuses their whole window. */
async function openNonces({ kind, db, ...options }: NonceOptions): Promise<NonceStore> {
  const directory = nonceDirectory(options.directory);
  const noted = nonceKindNote(db);
  const previous = await noted.read();
  const burnedElsewhere = previous !== null && previous !== kind;
  const history = previous === null ? 'none' : burnedElsewhere ? 'elsewhere' : 'journal';
  const nonces =
    kind === 'memory'
      ? await openJournalledNonces({ ...options, directory, history })
      : await openDatabaseNonces({ ...options, db, directory, burnedElsewhere });
  if (previous !== kind) await noted.write(kind);
  return nonces;
}

/** Where processes tell each other that they burn nonces. */
function nonceDirectory(data: string): string {
  const directory = join(data, 'nonces');
  makeDirectory(directory);
  return directory;
}
