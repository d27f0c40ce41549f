/** `countersign export` and `import`: what is kept as lines of JSON, to move it, to read it, to merge it. */
import { type Command, Option } from 'commander';
import {
  adoptKeyFile,
  exportData,
  type ImportReport,
  importData,
  type OnConflict,
  type Protection,
} from '../../server/index.ts';
import { type Answer, counted, table } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { readPassphrase, withKeyFile, withPassphrase } from '../passphrase-flags.ts';
import { withProgress } from '../progress.ts';
import { UsageRefused } from '../refusals.ts';
import { total } from './backup.ts';

/** Adds the commands to the program. */
export function defineExportCommands(program: Command): void {
  const exporting = program
    .command('export')
    .description('write everything as lines of JSON, while the server runs')
    .option('--output <FILE>', 'a file, compressed where its name ends in .gz (default: standard output)')
    .option('--plain-secrets', 'write the secrets as they are, for everybody to read who gets the file')
    .option('--force', 'replace the file if there is one');
  withExamples(
    onData(
      withPassphrase(
        exporting,
        'encrypt the secrets under a passphrase, for an installation with another key file',
      ),
      runExport,
    ),
    'countersign export --output all.ndjson.gz --passphrase-file passphrase.txt',
    'countersign export | head',
  );
  const importing = program
    .command('import <FILE>')
    .description('merge an export or a backup into what is there; the same file again goes on where it ended')
    .addOption(
      new Option('--on-conflict <WHAT>', 'for a record that is there and says something else')
        .choices(['fail', 'skip', 'replace'])
        .default('fail'),
    )
    .option('--with-tokens', 'let tokens and API keys into an installation that has some already')
    .option('--dry-run', 'look at everything, change nothing');
  withExamples(
    onData(
      withKeyFile(withPassphrase(importing, 'open the secrets of a file that was written with a passphrase')),
      runImport,
    ),
    'countersign import all.ndjson.gz --passphrase-file passphrase.txt --dry-run',
  );
}

async function runExport(context: CommandContext, flags: Flags): Promise<Answer> {
  const passphrase = await readPassphrase(flags, true);
  const isPlain = flags.plainSecrets === true;
  if (isPlain && passphrase !== null)
    throw new UsageRefused('choose a passphrase or --plain-secrets, not both.');
  const protection: Protection = isPlain ? 'plain' : passphrase === null ? 'sealed' : 'passphrase';
  const file = flags.output === undefined ? null : String(flags.output);
  if (file === null && flags.json === true)
    throw new UsageRefused('--json prints a report on standard output: name a file with --output.');
  const options = { protection, passphrase, mayReplace: flags.force === true };
  const { records, sha256 } = await withProgress('records', (onProgress) =>
    exportData(context, { ...options, target: file ?? process.stdout, onProgress }),
  );
  return {
    json: { file, records, sha256, secrets: protection },
    lines: file === null ? [] : [`Wrote ${file}: ${total(records)}.`, SECRETS[protection]],
  };
}

const SECRETS: Readonly<Record<Protection, string>> = {
  sealed: 'Its secrets open only with this installation’s key file: for another one, give a passphrase.',
  passphrase: 'Its secrets open with the passphrase.',
  plain: 'Its secrets are readable: whoever gets this file can act as every consumer and user in it.',
};

async function runImport(context: CommandContext, flags: Flags, file: string): Promise<Answer> {
  const passphrase = await readPassphrase(flags, false);
  if (flags.keyFile !== undefined) await adoptKeyFile(context.settings, String(flags.keyFile));
  const isDryRun = flags.dryRun === true;
  const onConflict = flags.onConflict as OnConflict;
  const withAccess = flags.withTokens === true;
  const report = await withProgress('records', (onProgress) =>
    importData(context, file, { passphrase, onConflict, withAccess, isDryRun, onProgress }),
  );
  const { mistakes, counts } = report;
  const answer: Answer = {
    json: { file, dryRun: isDryRun, records: counts, mistakes, resumedAt: report.resumedAt },
    lines: importLines(report, isDryRun),
  };
  if (mistakes.length === 0) return answer;
  const touched = Object.values(counts).some(({ added, replaced }) => added + replaced > 0) && !isDryRun;
  const rest = touched ? 'the other records are in' : 'nothing was imported';
  return { ...answer, failure: `${counted(mistakes.length, 'mistake')} in ${file}; ${rest}.` };
}

const LISTED = 100;

function importLines({ counts, mistakes, resumedAt }: ImportReport, isDryRun: boolean): string[] {
  const rows = Object.entries(counts).map(([type, { added, replaced, unchanged, skipped, leftOut }]) => [
    type,
    ...[added, replaced, unchanged, skipped, leftOut].map(String),
  ]);
  const hasLeftOut = Object.values(counts).some(({ leftOut }) => leftOut > 0);
  return [
    ...mistakes.slice(0, LISTED).map(({ line, sentence }) => `line ${line}: ${sentence}`),
    ...(mistakes.length > LISTED ? [`and ${mistakes.length - LISTED} more`] : []),
    ...(resumedAt > 0 ? [`Went on after line ${resumedAt}, where it had ended before.`] : []),
    ...(isDryRun ? ['Nothing was changed; this is what would happen:'] : []),
    ...table(
      ['type', 'added', 'replaced', 'the same', 'skipped', 'left out'],
      rows,
      'No record was looked at.',
    ),
    ...(hasLeftOut ? [LEFT_OUT] : []),
  ];
}

const LEFT_OUT =
  'Tokens and API keys were left out, since this installation has some: an old file could bring back what was revoked here. --with-tokens lets them in.';
