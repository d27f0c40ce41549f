/** `countersign backup` and `restore`: everything in one file, and back. */
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  adoptKeyFile,
  backUp,
  KEY_FILE,
  openDespiteDamage,
  type RestoreDataReport,
  restoreData,
  systemClock,
} from '../../server/index.ts';
import type { Settings } from '../../settings/index.ts';
import { type Answer, counted } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { answering, type CommandContext, onData, readCommandSettings } from '../on-data.ts';
import { readPassphrase, withKeyFile, withPassphrase } from '../passphrase-flags.ts';
import { withProgress } from '../progress.ts';

/** Adds the commands to the program. */
export function defineBackupCommands(program: Command): void {
  const backup = program
    .command('backup <FILE>')
    .description('write everything to a file, while the server runs, and read it again')
    .option('--force', 'replace the file if there is one');
  withExamples(
    onData(
      withPassphrase(
        backup,
        'encrypt the secrets under a passphrase instead of leaving them to the key file',
      ),
      runBackup,
    ),
    'countersign backup /backups/countersign-monday.gz --data /var/lib/countersign',
  );
  const restore = program
    .command('restore <FILE>')
    .description('replace everything by a backup; the server must be stopped')
    .option(
      '--keep-tokens',
      'leave alive the tokens and API keys that the replaced database knows to be alive, too',
    );
  withExamples(
    answering(
      withKeyFile(withPassphrase(restore, 'open the secrets of a backup that was written with a passphrase')),
      (flags, file = '') => runRestore(readCommandSettings(restore).settings, flags, file),
    ),
    'countersign restore /backups/countersign-monday.gz --data /var/lib/countersign',
  );
}

async function runBackup(context: CommandContext, flags: Flags, file: string): Promise<Answer> {
  const passphrase = await readPassphrase(flags, true);
  const report = await withProgress('records', (onProgress) =>
    backUp(context, file, { passphrase, mayReplace: flags.force === true, onProgress }),
  );
  const { records, sha256, secrets, shut } = report;
  const answer: Answer = {
    json: { file, records, sha256, secrets, broken: shut },
    lines: [
      `Wrote ${file} and read it again: ${total(records)}.`,
      secrets === 'sealed'
        ? `Its secrets open only with ${join(context.settings.data, KEY_FILE)}, which is not in it: keep a copy of that file, apart from the backup.`
        : 'Its secrets open with the passphrase, which is not in it: keep it apart from the backup.',
      'Sessions, nonces and requests under way are not in it.',
    ],
  };
  if (shut.length === 0) return answer;
  const failure = `${counted(shut.length, 'secret')} in the database cannot be opened, and will not open after a restore either.`;
  return { ...answer, failure };
}

async function runRestore(settings: Settings, flags: Flags, file: string): Promise<Answer> {
  const passphrase = await readPassphrase(flags, false);
  if (flags.keyFile !== undefined) await adoptKeyFile(settings, String(flags.keyFile));
  const stamp = new Date(systemClock.milliseconds()).toISOString().replaceAll(/[:-]|\.\d+/g, '');
  const replacedPath = join(settings.data, `replaced-${stamp}.gz`);
  const keepAccess = flags.keepTokens === true;
  const { result, damaged } = await withProgress('records', (onProgress) =>
    openDespiteDamage(settings, `damaged-${stamp}`, (open) =>
      restoreData(open, file, { passphrase, keepAccess, replacedPath, onProgress }),
    ),
  );
  const [first, ...more] = restoreLines(file, result);
  const aside = damaged.length === 0 ? [] : [`The damaged database is kept in ${damaged.at(-1)}.`];
  return { json: { ...restoreDocument(file, result), damaged }, lines: [first!, ...aside, ...more] };
}

function restoreDocument(file: string, report: RestoreDataReport) {
  const { summary, endedTokens, keptTokens, endedApiKeys, returned, replacedPath } = report;
  return {
    file,
    backupOf: summary.header.createdAt,
    records: summary.records,
    endedTokens,
    keptTokens,
    endedApiKeys,
    returned,
    replaced: replacedPath,
    broken: summary.shut,
  };
}

function restoreLines(file: string, report: RestoreDataReport): string[] {
  const { summary, endedTokens, keptTokens, endedApiKeys, returned, replacedPath } = report;
  const broken = summary.shut.length;
  return [
    `Restored ${file}, a backup of ${summary.header.createdAt}: ${total(summary.records)}.`,
    ...(replacedPath === null ? [] : [`What it replaced is kept in ${replacedPath}.`]),
    'A new token epoch began:',
    `  ${counted(endedTokens, 'access token')} and ${counted(endedApiKeys, 'API key')} ended; their users approve again${keptTokens === 0 ? '' : `, ${keptTokens} stay alive`}.`,
    '  Everybody logs in again. For one time window (5 minutes, unless set otherwise) after the next start, signed requests are refused with timestamp_refused.',
    ...(returned === null ? UNKNOWN : returnedLines(returned)),
    '  Passwords, roles and consumer credentials are as they were then: change again those that were changed for safety.',
    ...(broken === 0
      ? []
      : [`  ${counted(broken, 'secret')} in it do not open; those consumers and connections need new ones.`]),
  ];
}

const UNKNOWN = [
  '  There was nothing here to compare with: users and consumers that were disabled or removed after the backup are back. Look through both lists before you start the server.',
];

function returnedLines({ users, consumers }: NonNullable<RestoreDataReport['returned']>): string[] {
  return [
    ...(users.length === 0
      ? []
      : [`  Disabled or removed after the backup, and back: users ${shortList(users)}.`]),
    ...(consumers.length === 0
      ? []
      : [`  Removed after the backup, and back: consumers ${shortList(consumers)}.`]),
  ];
}

const LISTED = 20;

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(', ');
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
}

/** `3 users, 2 consumers`. */
export function total(records: Readonly<Record<string, number>>): string {
  const kinds = Object.entries(records).map(([type, count]) =>
    counted(count, type.replaceAll('-', ' '), plural(type)),
  );
  return kinds.length === 0 ? 'nothing' : kinds.join(', ');
}

function plural(type: string): string {
  return type === 'usage' ? 'usage counts' : `${type.replaceAll('-', ' ')}s`;
}
