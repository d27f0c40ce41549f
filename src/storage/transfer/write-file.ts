/**
 * Writes everything that is kept to a file: one moment of the database, one record a line, a checksum at the end. The
 * file appears under its name only when it is whole and on the disk; whatever ends the program before leaves a file
 * that ends in `.partial`, and nothing under the name. It is for its owner only.
 */
import { createHash } from 'node:crypto';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Clock, nowSeconds } from '../../base/index.ts';
import { TransferRefused } from '../../model/index.ts';
import { type Queries, schemaStatus } from '../sql/index.ts';
import { type FileEnd, type FileHeader, FORMAT, FORMAT_VERSION } from './file-frame.ts';
import type { FileSecrets } from './file-secrets.ts';
import type { Kept } from './kept.ts';
import { readRows } from './read-rows.ts';
import { recordLine } from './record-line.ts';
import { RECORD_TYPES } from './record-types.ts';

/** What was written. */
export interface Written {
  readonly records: Readonly<Record<string, number>>;
  /** Of everything before the last line. */
  readonly sha256: string;
}

/** How to write. */
export interface WriteOptions {
  readonly secrets: FileSecrets;
  readonly clock: Clock;
  /** Told now and then how many records were written so far. */
  onProgress?(records: number): void;
}

/** Where a file goes. */
export interface FilePlace {
  readonly path: string;
  readonly isCompressed: boolean;
  /** Whether a file that is there may be replaced. */
  readonly mayReplace: boolean;
  /** Looks at the file before it gets its name. */
  verify?(partial: string, written: Written): Promise<void>;
}

/** Writes to a stream, and leaves it open. */
export async function writeStream(target: Writable, kept: Kept, options: WriteOptions): Promise<Written> {
  return kept.snapshot(async (db) => {
    const lines = new ExportLines(db, options);
    await pipeline(lines.chunks(), target, { end: false }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      throw new TransferRefused('whoever read the export ended before all of it was written.');
    });
    return lines.written;
  });
}

/** Writes a file, durably. @throws {TransferRefused} when there is one already, or it cannot be written */
export async function writeFile(place: FilePlace, kept: Kept, options: WriteOptions): Promise<Written> {
  const { path, mayReplace } = place;
  const partial = `${path}.partial`;
  try {
    if (!mayReplace && (await isThere(path))) throw thereAlready(path);
    await rm(partial, { force: true });
    const written = await writePartial(partial, place, kept, options);
    await place.verify?.(partial, written);
    await moveIntoPlace(partial, path, mayReplace);
    return written;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw asRefusal(path, error);
  }
}

async function writePartial(
  partial: string,
  { isCompressed }: FilePlace,
  kept: Kept,
  options: WriteOptions,
): Promise<Written> {
  const handle = await open(partial, 'wx', 0o600);
  const append = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) await handle.appendFile(chunk);
    await handle.sync();
  };
  try {
    return await kept.snapshot(async (db) => {
      const lines = new ExportLines(db, options);
      if (isCompressed) await pipeline(lines.chunks(), createGzip(), append);
      else await append(lines.chunks());
      return lines.written;
    });
  } finally {
    await handle.close();
  }
}

const CHUNK_BYTES = 64 * 1024;

/** The lines of an export, and what they added up to once all were taken. */
class ExportLines {
  readonly #db: Queries;
  readonly #options: WriteOptions;
  readonly #hash = createHash('sha256');
  readonly #records: Record<string, number> = {};
  written: Written = { records: {}, sha256: '' };

  constructor(db: Queries, options: WriteOptions) {
    this.#db = db;
    this.#options = options;
  }

  /** The lines, in pieces of a size that is good to write. */
  async *chunks(): AsyncGenerator<Buffer> {
    let piece = '';
    for await (const line of this.#lines()) {
      piece += `${line}\n`;
      if (piece.length < CHUNK_BYTES) continue;
      yield this.#hashed(piece);
      piece = '';
    }
    yield this.#hashed(piece);
    const sha256 = this.#hash.digest('hex');
    const end: FileEnd = { type: 'end', records: this.#records, sha256 };
    this.written = { records: this.#records, sha256 };
    yield Buffer.from(`${JSON.stringify(end)}\n`);
  }

  async *#lines(): AsyncGenerator<string> {
    const { secrets, clock, onProgress } = this.#options;
    const header: FileHeader = {
      type: 'header',
      format: FORMAT,
      version: FORMAT_VERSION,
      createdAt: new Date(nowSeconds(clock) * 1000).toISOString(),
      schema: (await schemaStatus(this.#db)).version,
      ...secrets.facts,
    };
    yield JSON.stringify(header);
    let records = 0;
    for (const type of RECORD_TYPES) {
      for await (const rows of readRows(this.#db, type)) {
        for (const row of rows) yield recordLine(type, row, secrets);
        this.#records[type.type] = (this.#records[type.type] ?? 0) + rows.length;
        records += rows.length;
        onProgress?.(records);
      }
    }
  }

  #hashed(piece: string): Buffer {
    const bytes = Buffer.from(piece);
    this.#hash.update(bytes);
    return bytes;
  }
}

/** Gives the file its name; by a link where it must be new, since a rename would replace what came in between. */
async function moveIntoPlace(partial: string, path: string, mayReplace: boolean): Promise<void> {
  if (mayReplace) await rename(partial, path);
  else {
    await link(partial, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw thereAlready(path);
      // File systems without links, such as those of USB sticks.
      if (await isThere(path)) throw thereAlready(path);
      await rename(partial, path);
    });
    await rm(partial, { force: true });
  }
  const directory = await open(dirname(path), 'r');
  await directory.sync().finally(() => directory.close());
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

function thereAlready(path: string): TransferRefused {
  return new TransferRefused(`${path} is there already: choose another name, or replace it with --force.`);
}

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory is no directory',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of disk space is used up',
  EISDIR: 'it is a directory',
};

function asRefusal(path: string, error: unknown): unknown {
  const reason = TROUBLE[(error as NodeJS.ErrnoException).code ?? ''];
  return reason === undefined ? error : new TransferRefused(`${path} cannot be written: ${reason}.`);
}
