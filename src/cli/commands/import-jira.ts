/** `countersign import-jira`: consumers and tokens out of a Jira’s SQL dump or database, so that its clients go on working. */
import { type Command, Option } from 'commander';
import { jsonRecord, nowSeconds, Secret } from '../../base/index.ts';
import {
  convertJira,
  JIRA_TABLES,
  type JiraConversion,
  type JiraRemark,
  type JiraTables,
  readDump,
  readRows,
} from '../../jira-import/index.ts';
import {
  dumpLines,
  foreignTables,
  importForeign,
  type MergeReport,
  type OnConflict,
} from '../../server/index.ts';
import { type Answer, counted, shownTime, table } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { withProgress } from '../progress.ts';

/** Adds the command to the program. */
export function defineImportJiraCommand(program: Command): void {
  const command = program
    .command('import-jira')
    .argument('<SOURCE>', 'an SQL dump, or postgres://USER@HOST/DATABASE')
    .description(
      'take over consumers and access tokens from a Jira, Confluence or Bitbucket: from its SQL dump or its PostgreSQL',
    )
    .option('--add-users', 'add users who are not here, without a password')
    .addOption(
      new Option('--on-conflict <WHAT>', 'for a consumer or token that is here and says something else')
        .choices(['fail', 'skip', 'replace'])
        .default('fail'),
    )
    .option('--dry-run', 'look at everything, change nothing');
  withExamples(
    onData(command, run),
    'pg_dump --table "oauthsp*" --table app_user --table cwd_user jira > jira.sql',
    'countersign import-jira jira.sql --dry-run',
    'PGPASSWORD=… countersign import-jira postgres://jira@db.example.com/jira --dry-run',
  );
}

async function run(context: CommandContext, flags: Flags, source: string): Promise<Answer> {
  const isDryRun = flags.dryRun === true;
  const { tables, from } = await readSource(source);
  const conversion = await convertJira(tables, {
    now: nowSeconds(context.clock),
    findUser: async (name) => (await context.storage.users.find(name))?.name ?? null,
    addUsers: flags.addUsers === true,
  });
  const onConflict = flags.onConflict as OnConflict;
  const report = await withProgress('records', (onProgress) =>
    importForeign(context, conversion, { onConflict, isDryRun, onProgress }),
  );
  const answer: Answer = {
    json: document(from, isDryRun, conversion, report),
    lines: lines(isDryRun, conversion, report),
  };
  const { length } = report.mistakes;
  return length === 0
    ? answer
    : { ...answer, failure: `${counted(length, 'record')} could not be imported.` };
}

/** @returns also where the tables are from: of a URL, which may hold a password, no more than may be shown */
async function readSource(source: string): Promise<{ tables: JiraTables; from: string }> {
  if (!/^postgres(?:ql)?:/i.test(source))
    return { tables: await readDump(await dumpLines(source)), from: source };
  const { tables, from } = await foreignTables(new Secret(source), JIRA_TABLES);
  return { tables: readRows(tables), from };
}

function document(file: string, dryRun: boolean, conversion: JiraConversion, report: MergeReport) {
  const { users, consumers, tokens, skipped, notes } = conversion;
  return jsonRecord({
    file,
    dryRun,
    users: users.map(({ name, displayName, isDisabled }) => ({ name, displayName, isDisabled })),
    consumers: consumers.map(({ key, name, callback, twoLegged }) => ({ key, name, callback, twoLegged })),
    tokens: tokens.map(({ id, consumerKey, userName, createdAt, expiresAt, sessionExpiresAt }) => ({
      id,
      consumer: consumerKey,
      user: userName,
      createdAt,
      expiresAt,
      renewableUntil: sessionExpiresAt,
    })),
    skipped,
    notes,
    records: report.counts,
    mistakes: report.mistakes,
  });
}

const LISTED = 50;

function lines(isDryRun: boolean, conversion: JiraConversion, { counts, mistakes }: MergeReport): string[] {
  const { users, consumers, tokens, skipped, notes } = conversion;
  const tokensOf = Map.groupBy(tokens, ({ consumerKey }) => consumerKey);
  const rows = consumers.map(({ key, name, twoLegged, callback }) => {
    const own = tokensOf.get(key) ?? [];
    const last =
      own.length === 0 ? null : own.reduce((latest, { expiresAt }) => Math.max(latest, expiresAt), 0);
    const legs = twoLegged.allowed ? (twoLegged.executeAs ?? 'anonymous') : 'no';
    return [
      key,
      name,
      legs,
      twoLegged.mayImpersonate ? 'yes' : 'no',
      String(own.length),
      shownTime(last),
      callback ?? '—',
    ];
  });
  const outcome = Object.entries(counts).map(
    ([type, { added, replaced, unchanged, skipped: left }]) =>
      `${type}: ${added} added, ${replaced} replaced, ${unchanged} the same, ${left} skipped`,
  );
  return [
    ...table(
      ['CONSUMER', 'NAME', '2-LEGGED AS', 'IMPERSONATES', 'TOKENS', 'LAST EXPIRES', 'CALLBACK'],
      rows,
      'No consumer can be taken over.',
    ),
    ...(users.length === 0 ? [] : ['', `Users to add: ${users.map(({ name }) => name).join(', ')}`]),
    ...remarks('Left out:', skipped),
    ...remarks('Taken over differently:', notes),
    ...(mistakes.length === 0 ? [] : ['', ...mistakes.slice(0, LISTED).map(({ sentence }) => sentence)]),
    '',
    ...(isDryRun ? ['Nothing was changed; this is what would happen:'] : []),
    ...outcome,
  ];
}

function remarks(heading: string, all: readonly JiraRemark[]): string[] {
  if (all.length === 0) return [];
  const shown = all
    .slice(0, LISTED)
    .map(({ line, about, sentence }) => `  ${line === null ? '' : `line ${line}, `}${about}: ${sentence}`);
  const more = all.length > LISTED ? [`  and ${all.length - LISTED} more; --json tells all`] : [];
  return ['', heading, ...shown, ...more];
}
