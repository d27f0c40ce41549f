/**
 * Merges a file into a database that may be in use. Nothing is touched before all of the file was looked at. Then it
 * goes in batch by batch, each one transaction that also notes how far it came: begun again after whatever ended it,
 * the import of the same file goes on there. A record is put in whole or not at all.
 */
import type { Clock } from '../../base/index.ts';
import { FACTS, type Queries, readFact } from '../sql/index.ts';
import type { FileHeader } from './file-frame.ts';
import type { FileSecrets } from './file-secrets.ts';
import type { Kept } from './kept.ts';
import { type ImportCounts, Merge, type MergeContext, type OnConflict, type RecordSource } from './merge.ts';
import { examineFile, type FileSummary, fileRecords, type LineMistake } from './read-file.ts';
import { countRows } from './read-rows.ts';
import { RECORD_TYPES } from './record-types.ts';

/** How to merge. */
export interface MergeOptions {
  readonly clock: Clock;
  readonly onConflict: OnConflict;
  /** Whether tokens and API keys may come into an installation that has some already. */
  readonly withAccess: boolean;
  /** Look at everything, change nothing. */
  readonly isDryRun: boolean;
  /** Told how many records were dealt with so far. */
  onProgress?(records: number, of: number): void;
}

/** How to import. */
export interface ImportOptions extends MergeOptions {
  readonly path: string;
  secretsOf(header: FileHeader): FileSecrets;
}

/** What an import did, or would do. */
export interface ImportReport extends MergeReport {
  readonly summary: FileSummary;
}

/** What merging did, or would do. */
export interface MergeReport {
  readonly counts: Readonly<Record<string, ImportCounts>>;
  /** Records that could not be put in. If there were any from the start, nothing was put in. */
  readonly mistakes: readonly LineMistake[];
  /** Line up to which an earlier attempt had come; 0 for none. */
  readonly resumedAt: number;
}

/** Imports. @throws {TransferRefused} when the file as a whole cannot be used */
export async function importFile(kept: Kept, options: ImportOptions): Promise<ImportReport> {
  let secrets: FileSecrets | undefined;
  const summary = await examineFile(options.path, 'all', (header) => {
    secrets = options.secretsOf(header);
    return secrets;
  });
  const source = {
    records: () => fileRecords(options.path, 'all'),
    total: Object.values(summary.records).reduce((sum, count) => sum + count, 0),
    name: summary.sha256,
  };
  const found = [...summary.mistakes, ...summary.shut];
  return { summary, ...(await mergeSource(kept, source, secrets!, options, found)) };
}

/**
 * Merges records from anywhere.
 * @param found what is wrong with them already: then nothing is touched
 */
export async function mergeSource(
  kept: Kept,
  source: RecordSource,
  secrets: FileSecrets,
  options: MergeOptions,
  found: readonly LineMistake[],
): Promise<MergeReport> {
  const progress = await readProgress(kept.db, source);
  const withAccess = options.withAccess || (progress?.withAccess ?? (await hasNoAccess(kept.db)));
  const context: MergeContext = { ...options, kept, secrets, withAccess };
  const resumedAt = progress?.line ?? 0;
  const rehearsal = new Merge(context, source, 'rehearse');
  if (found.length === 0 && (options.isDryRun || options.onConflict === 'fail'))
    await rehearsal.run(resumedAt);
  const mistakes = [...found, ...rehearsal.mistakes];
  if (mistakes.length > 0 || options.isDryRun) return { counts: rehearsal.counts, mistakes, resumedAt };
  const merge = new Merge(context, source, 'put');
  await merge.run(resumedAt);
  await kept.learnLengths();
  return { counts: merge.counts, mistakes: merge.mistakes, resumedAt };
}

/** What an import that was not finished left. */
interface Progress {
  readonly name: string;
  readonly line: number;
  readonly withAccess: boolean;
}

async function readProgress(db: Queries, { name }: RecordSource): Promise<Progress | null> {
  const text = await readFact(db, FACTS.importProgress);
  const progress = text === null ? null : (JSON.parse(text) as Progress);
  return progress?.name === name ? progress : null;
}

async function hasNoAccess(db: Queries): Promise<boolean> {
  for (const type of RECORD_TYPES.filter(({ givesAccess }) => givesAccess))
    if ((await countRows(db, type)) > 0) return false;
  return true;
}
