/**
 * What comes in beside the arguments. Secrets come in by standard input: an argument would stand in the shell's history and in the list of
 * processes. Files are named, or `-` for standard input.
 */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CommandRefused } from './refusals.ts';

/** All of standard input, less one line end at its end. */
export async function readStandardInput(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

/** The text of a file that was named on the command line. */
export async function readNamedFile(path: string): Promise<string> {
  if (path === '-') return readStandardInput();
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileRefused(path, error);
  }
}

/** What is said of a file that cannot be read. */
export function fileRefused(path: string, error: unknown): CommandRefused {
  const { code } = error as NodeJS.ErrnoException;
  return new CommandRefused(
    `${path}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}.`,
  );
}
