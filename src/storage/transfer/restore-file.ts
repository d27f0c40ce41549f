/**
 * Replaces everything that is kept by what a file holds, in one transaction: whatever ends the program, the database
 * is either as it was or as the file says. A restored database would know nothing of what was revoked since, so a
 * restore begins a new token epoch: tokens and API keys from before it are dead, sessions and half-made requests are
 * gone, and the nonces of one whole window are refused.
 */
import { sql } from 'kysely';
import { type Clock, nowSeconds } from '../../base/index.ts';
import { TransferRefused } from '../../model/index.ts';
import { FACTS, type Queries, recordEvent, removeFact, writeFact } from '../sql/index.ts';
import type { FileHeader } from './file-frame.ts';
import type { FileSecrets } from './file-secrets.ts';
import type { Kept } from './kept.ts';
import { addRows, batches, sealedRow } from './put-rows.ts';
import { examineFile, type FileSummary, fileRecords } from './read-file.ts';
import type { RecordType, Row } from './record-type.ts';
import { LEFT_BEHIND, RECORD_TYPES } from './record-types.ts';
import { ReplacedPast, type Returned } from './replaced-past.ts';

/** How to restore. */
export interface RestoreOptions {
  readonly path: string;
  secretsOf(header: FileHeader): FileSecrets;
  readonly clock: Clock;
  /** Whether tokens and API keys stay that are alive in the replaced database too: it knows what was revoked. */
  readonly keepAccess: boolean;
  onProgress?(records: number, of: number): void;
}

/** What a restore did. */
export interface RestoreReport {
  readonly summary: FileSummary;
  /** Access tokens that worked or could be renewed at the time of the backup, and are dead now. */
  readonly endedTokens: number;
  readonly keptTokens: number;
  readonly endedApiKeys: number;
  /** What the replaced database knew to be gone, and is back; null where there was nothing to compare with. */
  readonly returned: Returned | null;
}

/** Looks at all of the file, and at what of the present database it would undo. Changes nothing. */
export async function examineForRestore(
  kept: Kept,
  options: RestoreOptions,
): Promise<{ readonly secrets: FileSecrets; readonly summary: FileSummary; readonly past: ReplacedPast }> {
  const past = new ReplacedPast(kept.db, options.keepAccess);
  let secrets: FileSecrets | undefined;
  const secretsOf = (header: FileHeader) => {
    secrets = options.secretsOf(header);
    return secrets;
  };
  const summary = await examineFile(options.path, 'shape', secretsOf, (record) => past.compare(record));
  await past.flush();
  if (!summary.isConfirmed) {
    throw new TransferRefused(
      `${options.path} has no checksum: it was edited. Use countersign import for it.`,
    );
  }
  if (summary.mistakes.length > 0) {
    const sentences = summary.mistakes.slice(0, 20).map(({ line, sentence }) => `line ${line}: ${sentence}`);
    throw new TransferRefused(...sentences, 'nothing was restored: use another backup.');
  }
  return { secrets: secrets!, summary, past };
}

/** Restores what `examineForRestore` has looked at. */
export async function restoreFile(
  kept: Kept,
  options: RestoreOptions,
  examined: Awaited<ReturnType<typeof examineForRestore>>,
): Promise<RestoreReport> {
  const { secrets, summary, past } = examined;
  const now = nowSeconds(options.clock);
  const total = Object.values(summary.records).reduce((sum, count) => sum + count, 0);
  const report = await kept.replace(async (trx) => {
    await emptyTables(trx);
    const ended = { tokens: 0, apiKeys: 0, kept: 0 };
    let done = 0;
    for await (const batch of batches(fileRecords(options.path, 'shape'))) {
      const { type } = batch[0]!;
      const rows = batch
        .map((record) => inNewEpoch(type, sealedRow(record, secrets), past, now, ended))
        .filter((row) => row !== null);
      if ((await addRows(trx, type, rows)) !== rows.length)
        throw new TransferRefused(
          `two records of type ${type.type} contradict each other; nothing was restored.`,
        );
      done += batch.length;
      options.onProgress?.(done, total);
    }
    await beginEpoch(trx);
    await recordRestore(trx, summary, now, ended);
    return {
      summary,
      endedTokens: ended.tokens,
      keptTokens: ended.kept,
      endedApiKeys: ended.apiKeys,
      returned: past.returned(),
    };
  });
  await kept.learnLengths();
  return report;
}

async function emptyTables(trx: Queries): Promise<void> {
  const left = Object.entries(LEFT_BEHIND).filter(([, { isEmptied }]) => isEmptied);
  const tables = [...left.map(([table]) => table), ...RECORD_TYPES.toReversed().map(({ table }) => table)];
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(trx);
}

interface Ended {
  tokens: number;
  apiKeys: number;
  kept: number;
}

/** The row as it stands in the new epoch; null where it ends with the old one. */
function inNewEpoch(type: RecordType, row: Row, past: ReplacedPast, now: number, ended: Ended): Row | null {
  if (!type.givesAccess || past.isAlive(type, row)) {
    if (type.table === 'access_tokens') ended.kept += 1;
    return row;
  }
  if (type.table === 'api_keys') {
    ended.apiKeys += 1;
    return null;
  }
  if (row.revoked_at !== null) return row;
  if (Number(row.session_expires_at) > now) ended.tokens += 1;
  return { ...row, revoked_at: now };
}

/**
 * Nonces that were accepted since are unknown here. The note of a kind that no store is makes whichever store is
 * opened next refuse the whole window in which they could be replayed.
 */
async function beginEpoch(trx: Queries): Promise<void> {
  await writeFact(trx, FACTS.nonceKind, 'restored');
  await removeFact(trx, FACTS.setupHash);
  await removeFact(trx, FACTS.importProgress);
}

async function recordRestore(trx: Queries, summary: FileSummary, at: number, ended: Ended): Promise<void> {
  const object = summary.sha256.slice(0, 16);
  const after = {
    backupOf: summary.header.createdAt,
    endedTokens: ended.tokens,
    endedApiKeys: ended.apiKeys,
  };
  await recordEvent(trx, {
    at,
    actor: 'cli',
    action: 'data.restore',
    object,
    before: null,
    after,
    note: null,
  });
}
