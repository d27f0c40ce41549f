/** What files are written from and read into, over SQLite. */
import { existsSync, renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { StorageUnavailable } from '../../model/index.ts';
import { makeDirectory } from '../data-directory/index.ts';
import { lockDirectory } from '../nonces/index.ts';
import type { Sealer } from '../sealing/index.ts';
import type { Database, Queries } from '../sql/index.ts';
import type { Kept } from '../transfer/index.ts';
import { nodeSqliteDialect } from './dialect.ts';

/** @param noncesDirectory where a running server holds its lock */
export function sqliteKept(
  db: Queries,
  sealer: Sealer,
  openReader: () => DatabaseSync,
  noncesDirectory: string,
): Kept {
  return {
    db,
    sealer,
    /** A connection of its own: a read transaction on the writing one would keep everybody from writing. */
    async snapshot(work) {
      const connection = openReader();
      try {
        const reading: Queries = new Kysely<Database>({ dialect: nodeSqliteDialect(connection) });
        await sql`begin`.execute(reading);
        return await work(reading);
      } finally {
        connection.close();
      }
    },
    replace: (work) => db.transaction().execute(work),
    /** It goes by its indexes, however long they are. */
    async learnLengths() {},
    holdAlone: async () => holdAlone(noncesDirectory),
  };
}

function holdAlone(noncesDirectory: string): () => Promise<void> {
  makeDirectory(noncesDirectory);
  try {
    const release = lockDirectory(noncesDirectory, 'exclusive');
    return async () => release();
  } catch (cause) {
    throw new StorageUnavailable('a server is running on this data: stop it first, then try again', {
      cause,
    });
  }
}

/**
 * Moves a damaged database aside, with what belongs to it, so that a new one can be made in its place. No connection to
 * it may be open in this process.
 * @returns the names it has now
 * @throws {StorageUnavailable} while a server runs on it
 */
export async function setDamagedAside(
  file: string,
  noncesDirectory: string,
  suffix: string,
): Promise<string[]> {
  const release = holdAlone(noncesDirectory);
  try {
    const parts = ['-wal', '-shm', ''].map((part) => file + part).filter((part) => existsSync(part));
    for (const part of parts) renameSync(part, `${part}.${suffix}`);
    return parts.map((part) => `${part}.${suffix}`);
  } finally {
    await release();
  }
}
