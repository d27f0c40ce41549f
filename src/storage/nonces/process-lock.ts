/**
 * A lock on a directory that ends with the process that holds it, however it ends: the kernel's own file lock,
 * taken through SQLite because Node offers no other way. Nothing is left to clean up after a kill, process
 * numbers used twice and containers with their own numbering cannot confuse it. The number in the file beside
 * it serves the error message only.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageUnavailable } from '../../model/index.ts';

/**
 * Takes the lock, alone or together with others that share it; the function given back releases it.
 * @throws {StorageUnavailable} when another process holds it
 */
export function lockDirectory(directory: string, manner: 'exclusive' | 'shared'): () => void {
  const database = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
  const holderFile = join(directory, 'holder');
  try {
    database.exec(manner === 'exclusive' ? 'begin exclusive' : 'begin; select count(*) from sqlite_schema');
  } catch (cause) {
    database.close();
    throw new StorageUnavailable(
      `${directory} is in use by ${holder(holderFile)}. Two servers cannot share one journal of nonces: ` +
        'stop that one, give this one another --data directory, or run both with --nonces database.',
      { cause },
    );
  }
  noteHolder(holderFile);
  return () => database.close();
}

/** A courtesy to whoever comes second: a full disk does not take the lock away. */
function noteHolder(file: string): void {
  try {
    writeFileSync(file, `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // The message will speak of the holder before, or of another process.
  }
}

function holder(file: string): string {
  try {
    return `process ${readFileSync(file, 'utf8').trim()}`;
  } catch {
    return 'another process';
  }
}
