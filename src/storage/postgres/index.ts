/**
 * PostgreSQL, for when one machine is outgrown: any number of servers on one database. What one of them commits is in
 * force on all of them at once, because nothing that can change is remembered outside the database. The keys that
 * open its secrets stay outside it, in a file that every server has a copy of.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { type Clock, nowSeconds, type RandomSource, type Secret } from '../../base/index.ts';
import type { NonceLease, NonceStore, Storage } from '../../model/index.ts';
import { makeDirectory } from '../data-directory/index.ts';
import {
  type Database,
  type DatabaseHealth,
  migrate,
  openSealer,
  type Queries,
  ROW_LOCKS,
  type SchemaStatus,
  schemaStatus,
  sqlNonceLease,
  sqlStores,
  toMigrate,
} from '../sql/index.ts';
import type { Kept } from '../transfer/index.ts';
import { type PostgresAddress, readPostgresUrl } from './address.ts';
import { PATIENT, USUAL } from './connections.ts';
import { PostgresGrounds } from './grounds.ts';
import { serverHealth } from './health.ts';
import { postgresKept } from './kept.ts';
import { openPostgresNonces } from './nonces.ts';
import { ConnectionPool } from './pool.ts';
import { serveUnder } from './serving.ts';
import { whyNotOpened } from './trouble.ts';

export type { DatabaseHealth, SchemaStatus } from '../sql/index.ts';
export { type ForeignTables, readForeignTables } from './foreign-tables.ts';

/** Connections of one server beside those of the hot path. */
const MOST_CONNECTIONS = 10;

/** Name of the file in the data directory with the keys that open the secrets in the database. */
const KEY_FILE = 'secret.key';

/** Where the database is and what it is given from outside. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=verify-full` */
  readonly url: Secret;
  /** Data directory; made (mode 0700) if it is not there. Holds `secret.key`, the same on every server. */
  readonly directory: string;
  readonly clock: Clock;
  /** Default: the operating system's. */
  readonly random?: RandomSource;
  /** 'apply' (default) brings an older schema up to date; 'leave' opens it as it is, for `db status`. */
  readonly migrations?: 'apply' | 'leave';
}

/** An open database. */
export interface PostgresDatabase {
  /** Refuses all use while the schema is not this program's (possible after opening with 'leave' only). */
  readonly storage: Storage;
  readonly kept: Kept;
  readonly schema: {
    status(): Promise<SchemaStatus>;
    /** Applies what is pending, under a lock, each step in one transaction. */
    migrate(): Promise<SchemaStatus>;
  };
  health(): Promise<DatabaseHealth>;
  /**
   * Opens the nonces in the database. Close them before `storage.close()`.
   * @param windowSeconds how far a timestamp may lie from now, as the provider's settings say
   * @param quotaPerConsumer live nonces that one consumer may burn through this server; beyond it, 'limited'
   */
  openNonces(windowSeconds: number, quotaPerConsumer?: number): Promise<NonceStore>;
  /** What the database keeps about nonces that are burned elsewhere. */
  openNonceLease(): Promise<NonceLease>;
}

/**
 * Opens the database and brings its schema up to date.
 * @throws {StorageUnavailable} when it cannot be reached or used, is newer than this program, or its key file is
 * missing or another one; the message says what to do and never holds the password
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<PostgresDatabase> {
  const address = readPostgresUrl(options.url);
  const pool = new ConnectionPool(address, USUAL, MOST_CONNECTIONS);
  const db: Queries = new Kysely<Database>({ dialect: pool.dialect() });
  const bringUpToDate = () => migrateAlone(address, options.clock);
  try {
    await greet(pool, address);
    if (options.migrations !== 'leave') await bringUpToDate();
    const { version, latest } = await schemaStatus(db);
    const close = () => pool.end();
    const opened =
      version === latest
        ? await openStorage(options, db, address, close)
        : { storage: toMigrate<Storage>({ close }), kept: toMigrate<Kept>({}) };
    return {
      ...opened,
      schema: { status: () => schemaStatus(db), migrate: bringUpToDate },
      health: () => serverHealth(db, address),
      openNonces: (windowSeconds, quotaPerConsumer) =>
        openPostgresNonces({ db, address, clock: options.clock, windowSeconds, quotaPerConsumer }),
      openNonceLease: () => serveUnder((release) => sqlNonceLease(db, release), address),
    };
  } catch (error) {
    await pool.end();
    throw whyNotOpened(error, address);
  }
}

/** Makes a first connection, to learn why there can be none. */
async function greet(pool: ConnectionPool, address: PostgresAddress): Promise<void> {
  try {
    (await pool.connectPlainly()).release();
  } catch (error) {
    throw whyNotOpened(error, address);
  }
}

/** Over a connection of its own, on which a statement may take long. */
async function migrateAlone(address: PostgresAddress, clock: Clock): Promise<SchemaStatus> {
  const pool = new ConnectionPool(address, PATIENT, 1);
  const db = new Kysely<unknown>({ dialect: pool.dialect() });
  try {
    return await migrate(db, 'postgres', nowSeconds(clock));
  } finally {
    await pool.end();
  }
}

async function openStorage(
  { directory, clock, ...options }: PostgresOptions,
  db: Queries,
  address: PostgresAddress,
  closePool: () => Promise<void>,
): Promise<Pick<PostgresDatabase, 'storage' | 'kept'>> {
  makeDirectory(directory);
  const random = options.random ?? { bytes: (length: number) => randomBytes(length) };
  const sealer = await openSealer(db, join(directory, KEY_FILE), random);
  const grounds = new PostgresGrounds(address, sealer);
  const close = async () => {
    await grounds.close();
    await closePool();
  };
  return {
    storage: { ...sqlStores({ db, dialect: 'postgres', locks: ROW_LOCKS, sealer, clock }), grounds, close },
    kept: postgresKept(db, sealer, address),
  };
}
