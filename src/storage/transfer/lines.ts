/**
 * Lines of a file, as they come: bounded in length, valid UTF-8, gzip opened where there is some. A file of any
 * size is read with the memory of a few lines.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TransferRefused } from '../../model/index.ts';

/** No record comes near; a longer line is not one of ours. */
const LONGEST_LINE = 1024 * 1024;
const LINE_FEED = 0x0a;

/** One line, without its end. */
export interface NumberedLine {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** Lines of a file. @throws {TransferRefused} when it cannot be read, or one is longer than so many bytes, saying so */
export async function* fileLines(path: string, longest = LONGEST_LINE): AsyncGenerator<NumberedLine> {
  try {
    yield* splitLines(await openBytes(path), longest);
  } catch (error) {
    throw asRefusal(path, error);
  }
}

async function openBytes(path: string): Promise<AsyncIterable<Buffer>> {
  const isCompressed = await startsAsGzip(path);
  const raw = createReadStream(path);
  if (!isCompressed) return raw;
  const gunzip = createGunzip();
  // The error arrives where the bytes are read.
  return pipeline(raw, gunzip, () => undefined);
}

async function startsAsGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

async function* splitLines(source: AsyncIterable<Buffer>, longest: number): AsyncGenerator<NumberedLine> {
  let pieces: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      pieces.push(chunk.subarray(from, end));
      number += 1;
      yield { number, bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces) };
      pieces = [];
      length = 0;
      from = end + 1;
    }
    pieces.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longest) {
      throw new TransferRefused(
        `line ${number + 1} is longer than ${longest} bytes: this is not the kind of file it should be.`,
      );
    }
  }
  if (length > 0) yield { number: number + 1, bytes: Buffer.concat(pieces) };
}

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a directory',
};

function asRefusal(path: string, error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_'))
    return new TransferRefused(`${path}: the compressed data is damaged or cut off.`);
  const reason = TROUBLE[code];
  return reason === undefined ? error : new TransferRefused(`${path}: ${reason}.`);
}
