/**
 * Everything that is kept, in a file and back: what `backup`, `restore`, `export` and `import` do. A backup is an
 * export with everything in it that was read again before it got its name.
 */
import type { Writable } from 'node:stream';
import { nowSeconds, type Secret } from '../base/index.ts';
import { TransferRefused } from '../model/index.ts';
import type { ForeignTables } from '../storage/postgres/index.ts';
import {
  examineFile,
  examineForRestore,
  type FileHeader,
  type FileSecrets,
  type FileSummary,
  fileLines,
  type ImportReport,
  importFile,
  importModels,
  type LineMistake,
  type MergeReport,
  type ModelRecords,
  newFileSecrets,
  type OnConflict,
  openFileSecrets,
  type Protection,
  type RestoreReport,
  restoreFile,
  type Written,
  writeFile,
  writeStream,
} from '../storage/transfer/index.ts';
import type { OpenInstallation } from './open-installation.ts';

/** What every transfer is given. */
export interface TransferOptions {
  /** Under which the secrets in the file are; null leaves them to the key file. */
  readonly passphrase: Secret | null;
  /** Told how many records were dealt with, and of how many where that is known. */
  onProgress?(records: number, of?: number): void;
}

/** A backup that was written and read again. */
export interface BackupReport extends Written {
  readonly secrets: Protection;
  /** Secrets that were broken in the database already. */
  readonly shut: readonly LineMistake[];
}

/** Writes a backup, and reads it again before it gets its name. @throws {TransferRefused} */
export async function backUp(
  open: OpenInstallation,
  path: string,
  { passphrase, mayReplace, onProgress }: TransferOptions & { readonly mayReplace: boolean },
): Promise<BackupReport> {
  const { kept, clock, random } = open;
  const secrets = newFileSecrets(
    passphrase === null ? 'sealed' : 'passphrase',
    kept.sealer,
    random,
    passphrase,
  );
  let shut: readonly LineMistake[] = [];
  const verify = async (partial: string, written: Written) => {
    const summary = await examineFile(partial, 'shape', () => secrets);
    shut = summary.shut;
    requireSame(summary, written);
  };
  const place = { path, isCompressed: true, mayReplace, verify };
  const written = await writeFile(place, kept, { secrets, clock, ...(onProgress ? { onProgress } : {}) });
  return { ...written, secrets: secrets.facts.secrets, shut };
}

function requireSame(summary: FileSummary, written: Written): void {
  if (summary.mistakes.length === 0 && summary.sha256 === written.sha256) return;
  const [first] = summary.mistakes;
  throw new TransferRefused(
    `the backup was read again and is not what was written${first ? ` (line ${first.line}: ${first.sentence})` : ''}: ` +
      'the disk may be failing. Write it to another one.',
  );
}

/** How to export. */
export interface ExportOptions extends TransferOptions {
  /** A file, compressed where its name ends in `.gz`; or a stream. */
  readonly target: string | Writable;
  readonly protection: Protection;
  readonly mayReplace: boolean;
}

/** Writes an export, and notes it in the audit log: secrets may have left the house. @throws {TransferRefused} */
export async function exportData(open: OpenInstallation, options: ExportOptions): Promise<Written> {
  const { kept, clock, random, storage } = open;
  const { target, protection, mayReplace, onProgress } = options;
  const secrets = newFileSecrets(protection, kept.sealer, random, options.passphrase);
  const writing = { secrets, clock, ...(onProgress ? { onProgress } : {}) };
  const written =
    typeof target === 'string'
      ? await writeFile({ path: target, isCompressed: target.endsWith('.gz'), mayReplace }, kept, writing)
      : await writeStream(target, kept, writing);
  await storage.audit.append({
    at: nowSeconds(clock),
    actor: 'cli',
    action: 'data.export',
    object: written.sha256.slice(0, 16),
    before: null,
    after: { secrets: protection, records: written.records },
    note: protection === 'plain' ? 'plain-secrets' : null,
  });
  return written;
}

/** How to import. */
export interface ImportOptions extends TransferOptions {
  readonly onConflict: OnConflict;
  readonly withAccess: boolean;
  readonly isDryRun: boolean;
}

/** Merges a file into what is there. @throws {TransferRefused} when the file as a whole cannot be used */
export function importData(
  open: OpenInstallation,
  path: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const secretsOf = secretsReader(open, options.passphrase);
  return importFile(open.kept, { ...options, path, clock: open.clock, secretsOf });
}

/** A dump writes a table into one statement, which may be one line. */
const LONGEST_DUMP_LINE = 256 * 1024 * 1024;

/** Lines of an SQL dump, gzip opened. @throws {TransferRefused} when it cannot be read */
export async function* dumpLines(path: string): AsyncGenerator<{ number: number; text: string }> {
  for await (const { number, bytes } of fileLines(path, LONGEST_DUMP_LINE))
    yield { number, text: bytes.toString('utf8').replace(/\r$/, '') };
}

/** Tables of another program's PostgreSQL, at one moment; nothing is written there. @throws {StorageUnavailable} */
export async function foreignTables(url: Secret, names: readonly string[]): Promise<ForeignTables> {
  const { readForeignTables } = await import('../storage/postgres/index.ts');
  return readForeignTables(url, names);
}

/** Merges what another program kept, tokens included. */
export function importForeign(
  { kept, clock, random }: OpenInstallation,
  records: ModelRecords,
  options: Pick<ImportOptions, 'onConflict' | 'isDryRun' | 'onProgress'>,
): Promise<MergeReport> {
  return importModels(kept, records, { ...options, clock, random, withAccess: true });
}

/** How to restore. */
export interface RestoreDataOptions extends TransferOptions {
  readonly keepAccess: boolean;
  /** Where what is replaced is kept. */
  readonly replacedPath: string;
}

/** What was restored, and where what it replaced is; null where there was nothing. */
export interface RestoreDataReport extends RestoreReport {
  readonly replacedPath: string | null;
}

/** Replaces what is there by a backup. @throws {TransferRefused} or {StorageUnavailable} while a server runs */
export async function restoreData(
  open: OpenInstallation,
  path: string,
  { passphrase, replacedPath, ...options }: RestoreDataOptions,
): Promise<RestoreDataReport> {
  const { kept, clock } = open;
  const release = await kept.holdAlone();
  try {
    const work = { ...options, path, clock, secretsOf: secretsReader(open, passphrase) };
    const examined = await examineForRestore(kept, work);
    const isReplacing = examined.past.returned() !== null;
    if (isReplacing) await backUp(open, replacedPath, { passphrase: null, mayReplace: false });
    const report = await restoreFile(kept, work, examined);
    return { ...report, replacedPath: isReplacing ? replacedPath : null };
  } finally {
    await release();
  }
}

/** Scrypt is slow on purpose: the key is made once for each file. */
function secretsReader(
  { kept, random }: OpenInstallation,
  passphrase: Secret | null,
): (header: FileHeader) => FileSecrets {
  return (header) => openFileSecrets(header, kept.sealer, random, passphrase);
}
