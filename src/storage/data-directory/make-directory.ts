/**
 * Makes a directory that is missing, and its parents one by one. Node's own way of making several at once never ends
 * where the system answers that a directory does not exist whose parent does, as under /proc.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StorageUnavailable } from '../../model/index.ts';

/** Nobody else may look into what is made here. */
const MODE = 0o700;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'something in its path is not a directory',
  EEXIST: 'what is there is not a directory',
  ENOENT: 'nothing can be made there',
  ENOSPC: 'no space is left',
};

/** Makes the directory, unless it is there. @throws {StorageUnavailable} when it cannot be made, saying why */
export function makeDirectory(path: string): void {
  const directory = resolve(path);
  const parent = dirname(directory);
  if (isDirectory(directory)) return;
  if (!existsSync(parent)) makeDirectory(parent);
  try {
    mkdirSync(directory, { mode: MODE });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (isDirectory(directory)) return;
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? message;
    const sentence = `the directory ${directory} cannot be made: ${reason}; choose another with --data`;
    throw new StorageUnavailable(sentence, { cause: error });
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
