/**
 * The journal of accepted nonces: numbered files of 24-byte records (timestamp, digest), each written with
 * write(2) before its nonce counts as accepted, so the kernel holds it when this process is killed. A new file
 * is begun every quarter of a window, and an old one is deleted whole once all its timestamps lie below the
 * floor: nothing is ever rewritten. Power loss is not this file's matter (see fence.ts).
 */
import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StorageUnavailable } from '../../model/index.ts';

const RECORD_BYTES = 24;
const DIGEST_AT = 8;
const SEGMENT_NAME = /^nonces-(\d{8})\.log$/;
const LARGEST_SEGMENT = 32 * 1024 * 1024;

/** write(2): gives how many bytes were written. */
type WriteBytes = (descriptor: number, bytes: Uint8Array, offset: number, length: number) => number;

interface OpenSegment {
  readonly name: string;
  readonly descriptor: number;
  readonly startedAt: number;
  bytes: number;
}

/** One accepted nonce. */
export interface JournalRecord {
  readonly timestamp: number;
  readonly digest: string;
}

/** The files, oldest first; the last one grows. */
export class Segments {
  readonly #directory: string;
  readonly #lifeSeconds: number;
  /** Highest timestamp in each file, by name. */
  readonly #highest = new Map<string, number>();
  #buffer = Buffer.alloc(64 * RECORD_BYTES);
  readonly #write: WriteBytes;
  #current: OpenSegment | null = null;

  constructor(directory: string, lifeSeconds: number, write: WriteBytes = writeSync) {
    this.#write = write;
    this.#directory = directory;
    this.#lifeSeconds = lifeSeconds;
    for (const name of readdirSync(directory).sort()) if (SEGMENT_NAME.test(name)) this.#highest.set(name, 0);
  }

  /** Hands every complete record to `take`. A torn last record was never acknowledged; it is passed over. */
  load(take: (timestamp: number, digest: string) => void): void {
    for (const name of this.#highest.keys()) {
      const bytes = readFileSync(join(this.#directory, name));
      let highest = 0;
      for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
        const timestamp = Number(bytes.readBigUInt64LE(at));
        highest = Math.max(highest, timestamp);
        take(timestamp, bytes.toString('latin1', at + DIGEST_AT, at + RECORD_BYTES));
      }
      this.#highest.set(name, highest);
    }
  }

  /**
   * Writes records, all with one write(2).
   * @throws {StorageUnavailable} nothing of them counts; the next append starts from a clean end of file
   */
  append(records: readonly JournalRecord[], now: number): void {
    try {
      const segment = this.#segment(now);
      const bytes = records.length * RECORD_BYTES;
      if (this.#buffer.length < bytes) this.#buffer = Buffer.alloc(2 * bytes);
      let highest = this.#highest.get(segment.name)!;
      for (let index = 0; index < records.length; index += 1) {
        const record = records[index]!;
        writeRecord(this.#buffer, index * RECORD_BYTES, record);
        highest = Math.max(highest, record.timestamp);
      }
      const written = this.#write(segment.descriptor, this.#buffer, 0, bytes);
      if (written !== bytes) throw new Error(`only ${written} of ${bytes} bytes were written`);
      segment.bytes += bytes;
      this.#highest.set(segment.name, highest);
    } catch (cause) {
      this.#cutTornRecord();
      throw new StorageUnavailable('the journal of nonces cannot be written', { cause });
    }
  }

  /** Deletes the files whose timestamps are all at or below the floor. The floor must be durable before. */
  dropUpTo(floor: number): void {
    for (const [name, highest] of this.#highest) {
      if (highest > floor || name === this.#current?.name) continue;
      try {
        rmSync(join(this.#directory, name), { force: true });
        this.#highest.delete(name);
      } catch {
        // Harmless: it holds only refused timestamps, and the next call tries again.
      }
    }
  }

  /** Brings everything to the disk and closes. */
  close(): void {
    for (const name of this.#highest.keys()) {
      const descriptor = openSync(join(this.#directory, name), 'r+');
      try {
        fdatasyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
    this.#closeCurrent();
  }

  #segment(now: number): OpenSegment {
    const current = this.#current;
    if (
      current !== null &&
      current.bytes < LARGEST_SEGMENT &&
      Math.abs(now - current.startedAt) < this.#lifeSeconds
    ) {
      return current;
    }
    const last = SEGMENT_NAME.exec([...this.#highest.keys()].at(-1) ?? '')?.[1] ?? '0';
    const name = `nonces-${String(Number(last) + 1).padStart(8, '0')}.log`;
    const descriptor = openSync(join(this.#directory, name), 'ax', 0o600);
    this.#closeCurrent();
    this.#highest.set(name, 0);
    this.#current = { name, descriptor, startedAt: now, bytes: 0 };
    return this.#current;
  }

  /** A short write (disk full) leaves part of a record: cut it off, or leave the file for a new one. */
  #cutTornRecord(): void {
    const segment = this.#current;
    if (segment === null) return;
    try {
      ftruncateSync(segment.descriptor, segment.bytes);
    } catch {
      this.#closeCurrent();
    }
  }

  #closeCurrent(): void {
    if (this.#current !== null) closeSync(this.#current.descriptor);
    this.#current = null;
  }
}

function writeRecord(buffer: Buffer, at: number, { timestamp, digest }: JournalRecord): void {
  // The halves of a 64-bit number: as a BigInt, each record would leave garbage behind.
  buffer.writeUInt32LE(timestamp % 2 ** 32, at);
  buffer.writeUInt32LE(Math.floor(timestamp / 2 ** 32), at + 4);
  // Sixteen bytes are written sooner than Buffer's own way to write a text has begun.
  for (let index = 0; index < RECORD_BYTES - DIGEST_AT; index += 1) {
    buffer[at + DIGEST_AT + index] = digest.charCodeAt(index);
  }
}
