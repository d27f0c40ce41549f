/** How a database is: whether its file is whole, and whether it keeps what it promises through a power cut. Reads only. */
import type { DatabaseSync } from 'node:sqlite';
import type { DatabaseHealth } from '../sql/index.ts';

const FULL = 2;

/** Asks SQLite. Reads the whole file, so it takes a while for a large one. */
export function databaseHealth(connection: DatabaseSync): DatabaseHealth {
  const value = (pragma: string) => Object.values(connection.prepare(`pragma ${pragma}`).get() ?? {})[0];
  return {
    product: `SQLite ${process.versions.sqlite ?? '0'}`,
    assurance: 'whole, write-ahead log, every commit flushed',
    faults: [
      ...damages(String(value('quick_check(1)'))),
      ...weaknesses(String(value('journal_mode')), Number(value('synchronous')) >= FULL),
    ],
  };
}

function damages(verdict: string): DatabaseHealth['faults'] {
  if (verdict === 'ok') return [];
  return [{ finding: `the file is damaged: ${verdict}`, advice: 'Stop the server and restore a backup.' }];
}

/** Another journal mode is what file systems give that cannot share memory. */
function weaknesses(journalMode: string, isFlushed: boolean): DatabaseHealth['faults'] {
  if (journalMode === 'wal' && isFlushed) return [];
  return [
    {
      finding: `journal mode ${journalMode}${isFlushed ? '' : ', commits that are not flushed'}`,
      advice: 'Put the data directory on a local file system: a network share cannot keep what is promised.',
    },
  ];
}
