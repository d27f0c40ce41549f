/**
 * A file from its first line to its last. It is read through once before anything is done with it: each line is
 * looked at, the number of records and the checksum of the last line are compared, and every mistake is told with the
 * number of its line.
 */
import { createHash } from 'node:crypto';
import { TransferRefused } from '../../model/index.ts';
import { type FileEnd, type FileHeader, readHeader } from './file-frame.ts';
import type { FileSecrets } from './file-secrets.ts';
import { fileLines } from './lines.ts';
import { type Closeness, type ReadRecord, readRecord } from './record-line.ts';
import { fieldName, placeOf } from './record-type.ts';

/** A record and where it stood. */
export interface FoundRecord extends ReadRecord {
  readonly line: number;
}

/** Something wrong with a line. */
export interface LineMistake {
  readonly line: number;
  readonly sentence: string;
}

/** What a file holds. */
export interface FileSummary {
  readonly header: FileHeader;
  /** Good records by type. */
  readonly records: Readonly<Record<string, number>>;
  /** SHA-256 of everything before the last line: names the contents. */
  readonly sha256: string;
  /** Whether the last line confirmed it. */
  readonly isConfirmed: boolean;
  readonly mistakes: readonly LineMistake[];
  /** Secrets of good records that do not open. */
  readonly shut: readonly LineMistake[];
}

type Members = Readonly<Record<string, unknown>>;

/** The header alone. */
export async function readFileHeader(path: string): Promise<FileHeader> {
  for await (const { bytes } of fileLines(path)) return readHeader(parseMembers(bytes) ?? {});
  throw new TransferRefused(`${path}: the file is empty.`);
}

/** The good records, in order; what is wrong with the others was told by `examineFile`. */
export async function* fileRecords(path: string, closeness: Closeness): AsyncGenerator<FoundRecord> {
  for await (const { number, bytes } of fileLines(path)) {
    const members = number === 1 ? null : parseMembers(bytes);
    if (members === null || members.type === 'end') continue;
    const reading = readRecord(members, closeness);
    if (!('mistakes' in reading)) yield { line: number, ...reading };
  }
}

/**
 * Reads all of it, and tries every secret.
 * @param look is shown each good record
 * @throws {TransferRefused} when the file as a whole is none, or was cut off or altered
 */
export async function examineFile(
  path: string,
  closeness: Closeness,
  secretsOf: (header: FileHeader) => FileSecrets,
  look: (record: FoundRecord) => void | Promise<void> = () => undefined,
): Promise<FileSummary> {
  const header = await readFileHeader(path);
  const secrets = secretsOf(header);
  const mistakes: LineMistake[] = [];
  const shut: LineMistake[] = [];
  const records: Record<string, number> = {};
  const told: Record<string, number> = {};
  const hash = createHash('sha256');
  let end: FileEnd | null = null;
  for await (const { number, bytes } of fileLines(path)) {
    if (end !== null) throw new TransferRefused(`${path}: line ${number} stands behind the last line.`);
    const members = parseMembers(bytes);
    if (members?.type === 'end') {
      end = members as unknown as FileEnd;
      continue;
    }
    hash.update(bytes).update('\n');
    if (number === 1) continue;
    const type = String(members?.type);
    told[type] = (told[type] ?? 0) + 1;
    const found = members === null ? notJson(bytes) : readRecord(members, closeness);
    if ('mistakes' in found) mistakes.push(...found.mistakes.map((sentence) => ({ line: number, sentence })));
    else {
      records[found.type.type] = (records[found.type.type] ?? 0) + 1;
      shut.push(...shutSecrets(found, secrets).map((sentence) => ({ line: number, sentence })));
      await look({ line: number, ...found });
    }
  }
  const sha256 = hash.digest('hex');
  return { header, records, sha256, isConfirmed: confirm(path, end, told, sha256), mistakes, shut };
}

function shutSecrets(record: ReadRecord, secrets: FileSecrets): string[] {
  return record.type.fields
    .filter(
      ({ isSecret, column }) => isSecret && record.row[column] !== null && !opens(secrets, record, column),
    )
    .map(
      ({ column }) =>
        `its \`${fieldName(column)}\` does not open: it was altered, or belongs to another record`,
    );
}

function opens(secrets: FileSecrets, { type, row }: ReadRecord, column: string): boolean {
  try {
    secrets.open(String(row[column]), placeOf(type, row, column));
    return true;
  } catch {
    return false;
  }
}

/** @throws {TransferRefused} when the last line is missing or tells otherwise */
function confirm(path: string, end: FileEnd | null, told: Record<string, number>, sha256: string): boolean {
  if (end === null)
    throw new TransferRefused(`${path}: the last line is missing: the file was cut off. Use another copy.`);
  if (end.sha256 === undefined) return false;
  const counts = Object.entries(end.records ?? {});
  const isWhole = counts.length === Object.keys(told).length && counts.every(([type, n]) => told[type] === n);
  if (isWhole && end.sha256 === sha256) return true;
  throw new TransferRefused(
    `${path}: the checksum in the last line is not that of the file: it was damaged or edited. Use another copy; to ` +
      'import what you edited yourself, take `sha256` out of the last line.',
  );
}

function notJson(bytes: Buffer): { mistakes: string[] } {
  return { mistakes: [bytes.length === 0 ? 'it is empty' : 'it is no JSON object in UTF-8'] };
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

function parseMembers(bytes: Buffer): Members | null {
  try {
    const value: unknown = JSON.parse(DECODER.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null;
  } catch {
    return null;
  }
}
