/**
 * The key file: the keys that seal secrets in the database, in a file outside it (mode 0600), so that a copy of
 * the database alone opens nothing. One key a line, `<id> <256 bits in base64url>`; the last line seals, all of
 * them open, so a new key can be added while servers run.
 */
import { readFileSync, statSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RandomSource, randomAlphanumeric } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';

/** One key and the name that sealed texts carry. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const KEY_BYTES = 32;
const LINE = /^([A-Za-z0-9]{1,32}) ([A-Za-z0-9_-]{43})$/;
const HEADING =
  '# Keys that open the secrets in the database. Keep a copy apart from the database backups:\n' +
  '# without this file the stored secrets are lost, with it and the database they can be read.\n';

/**
 * Reads the keys, oldest first; null if the file is not there.
 * @throws {StorageUnavailable} when it cannot be read or holds something else
 */
export function readKeyFile(file: string): readonly SealingKey[] | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StorageUnavailable(`the key file ${file} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map(parseLine);
  if (keys.length === 0 || keys.includes(null)) {
    throw new StorageUnavailable(
      `the key file ${file} is damaged: every line must read "<id> <43 characters>". Restore it from a backup.`,
    );
  }
  return keys as SealingKey[];
}

/** Gives the keys as the file has them now; it is read only when it was replaced. The last known while it cannot be. */
export function followKeyFile(file: string): () => readonly SealingKey[] {
  let keys: readonly SealingKey[] = [];
  let seen = '';
  return () => {
    try {
      const { ino, mtimeMs, size } = statSync(file);
      const state = `${ino} ${mtimeMs} ${size}`;
      if (state === seen) return keys;
      keys = readKeyFile(file) ?? keys;
      seen = state;
    } catch (error) {
      if (keys.length === 0) throw error;
    }
    return keys;
  };
}

/** Makes the file with a first key. If another process makes it at the same time, one of the two stays. */
export async function createKeyFile(file: string, random: RandomSource): Promise<void> {
  await place(file, [newKey(random)], async (temporary) => {
    try {
      await link(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await rm(temporary);
  });
}

/** Adds a key that seals from now on; the others keep opening what they sealed. */
export async function addSealingKey(file: string, random: RandomSource): Promise<void> {
  const keys = readKeyFile(file) ?? [];
  await place(file, [...keys, newKey(random)], (temporary) => rename(temporary, file));
}

/** Adds the keys of another file that this one does not hold; they open and do not seal. Makes the file if there is none. */
export async function adoptKeys(file: string, from: string): Promise<void> {
  const present = readKeyFile(file) ?? [];
  const given = readKeyFile(from);
  if (given === null) throw new StorageUnavailable(`there is no key file ${from}`);
  const added = given.filter(({ id }) => !present.some((key) => key.id === id));
  if (added.length > 0) await place(file, [...added, ...present], (temporary) => rename(temporary, file));
}

/** Drops every key but the one that seals. What the others sealed is lost, so there must be nothing any more. */
export async function dropOlderKeys(file: string): Promise<void> {
  const keys = readKeyFile(file) ?? [];
  await place(file, keys.slice(-1), (temporary) => rename(temporary, file));
}

function newKey(random: RandomSource): SealingKey {
  return { id: randomAlphanumeric(random, 8), bytes: random.bytes(KEY_BYTES) };
}

function parseLine(line: string): SealingKey | null {
  const [, id, key] = LINE.exec(line) ?? [];
  return id === undefined || key === undefined ? null : { id, bytes: Buffer.from(key, 'base64url') };
}

/** Writes the keys to a file beside the place, durably; `move` puts it there in one step. */
async function place(
  file: string,
  keys: readonly SealingKey[],
  move: (temporary: string) => Promise<void>,
): Promise<void> {
  const lines = keys.map((key) => `${key.id} ${Buffer.from(key.bytes).toString('base64url')}\n`);
  const temporary = `${file}.${keys.at(-1)!.id}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(HEADING + lines.join(''));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await move(temporary);
    const directory = await open(dirname(file), 'r');
    await directory.sync().finally(() => directory.close());
  } catch (cause) {
    throw new StorageUnavailable(`the key file ${file} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}
