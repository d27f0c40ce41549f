/** How a database is: whether its file is whole, and whether it keeps what it promises through a power cut. Reads only. */
import type { DatabaseSync } from 'node:sqlite';

/** What SQLite says of the database. */
export interface DatabaseHealth {
  readonly sqliteVersion: string;
  /** `wal` where it should be; another mode on file systems that cannot share memory. */
  readonly journalMode: string;
  /** Whether each commit is on disk before it is acknowledged. */
  readonly isDurable: boolean;
  /** What is wrong in the file, at most ten sentences; empty if it is whole. */
  readonly damages: readonly string[];
}

const FULL = 2;
const MOST_DAMAGES = 10;

/** Asks SQLite. Reads the whole file, so it takes a while for a large one. */
export function databaseHealth(connection: DatabaseSync): DatabaseHealth {
  const value = (pragma: string) => Object.values(connection.prepare(`pragma ${pragma}`).get() ?? {})[0];
  const rows = connection.prepare(`pragma quick_check(${MOST_DAMAGES})`).all();
  const sentences = rows.map((row) => String(Object.values(row)[0]));
  return {
    sqliteVersion: process.versions.sqlite ?? '0',
    journalMode: String(value('journal_mode')),
    isDurable: Number(value('synchronous')) >= FULL,
    damages: sentences.filter((sentence) => sentence !== 'ok'),
  };
}
