/** `countersign audit list`: who changed what, as the console's audit log shows it, newest first. */
import { type Command, Option } from 'commander';
import { SHEETS } from '../../administration/index.ts';
import { jsonRecord, nowSeconds } from '../../base/index.ts';
import {
  AUDIT_ACTIONS,
  type AuditFilter,
  type ListPlace,
  type Page,
  type RecordedAuditEvent,
} from '../../model/index.ts';
import { durationSeconds } from '../../settings/index.ts';
import { type Answer, shownTime, table } from '../answer.ts';
import { commandGroup, type Flags, givenFlags, withExamples } from '../define-command.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { asksForSheet, printSheet, withSheet } from '../print-sheet.ts';
import { UsageRefused } from '../refusals.ts';

/** Adds the command to the program. */
export function defineAuditCommands(program: Command): void {
  const audit = commandGroup(program, 'audit', 'the audit log: who changed what, and when');
  const command = audit
    .command('list')
    .description('list the entries, newest first')
    .option('--search <TEXT>', 'only those whose actor, action, object or note contains this')
    .option('--actor <NAME>', 'only of this user; cli is the command line')
    .addOption(new Option('--action <ACTION>', 'only of this kind').choices(AUDIT_ACTIONS))
    .option('--object <NAME>', 'only about this consumer key, user, service provider or token id')
    .option('--since <DURATION>', 'only of the time up to now, such as 12h or 30d')
    .option('--limit <N>', 'only the newest so many');
  withExamples(
    onData(withSheet(command), list),
    'countersign audit list --limit 20',
    'countersign audit list --action consumer.edit --since 30d',
    'countersign audit list --actor alice --csv > audit.csv',
  );
}

/** What is asked for. */
interface Asked {
  readonly filter: AuditFilter;
  readonly search: string;
  /** Seconds since 1970; nothing before it. */
  readonly since: number;
  readonly limit: number;
}

/** Where the log is read next. */
interface Part {
  readonly offset: number;
  readonly after?: ListPlace;
  readonly limit: number;
  readonly countUpTo: number;
}

function readAsked({ clock }: CommandContext, flags: Flags): Asked {
  const duration = flags.since === undefined ? null : durationSeconds(String(flags.since));
  if (flags.since !== undefined && duration === null)
    throw new UsageRefused('--since: must be a duration such as 12h or 30d');
  const limit = flags.limit === undefined ? Number.POSITIVE_INFINITY : Number(flags.limit);
  if (flags.limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0))
    throw new UsageRefused('--limit: must be a whole number from 1 on');
  return {
    filter: givenFlags<AuditFilter>(flags, ['actor', 'action', 'object']),
    search: String(flags.search ?? ''),
    since: duration === null ? 0 : nowSeconds(clock) - duration,
    limit,
  };
}

async function list(context: CommandContext, flags: Flags): Promise<Answer> {
  const isSheet = asksForSheet(flags);
  const read = reading(context, readAsked(context, flags));
  if (isSheet) return printSheet(SHEETS.audit, read);
  const rows = await everyEntry(read);
  return {
    json: rows.map(jsonRecord),
    lines: table(
      ['WHEN', 'WHO', 'WHAT', 'OBJECT', 'CHANGED', 'NOTE'],
      rows.map(({ at, actor, action, object, before, after, note }) => [
        shownTime(at),
        actor,
        action,
        object,
        Object.keys(before !== null && after !== null ? after : {}).join(', ') || '—',
        note ?? '',
      ]),
      'No entry matches.',
    ),
  };
}

/** A page of what is asked for; one that is not full, and leads nowhere, is the last. */
function reading({ storage }: CommandContext, { filter, search, since, limit }: Asked) {
  let left = limit;
  return async (part: Part): Promise<Page<RecordedAuditEvent>> => {
    const wanted = Math.min(left, part.limit);
    if (wanted === 0) return { rows: [], total: 0 };
    const page = await storage.audit.list(filter, { search, ...part, limit: wanted });
    const rows = page.rows.filter(({ at }) => at >= since);
    left -= rows.length;
    return rows.length < part.limit ? { rows, total: rows.length } : page;
  };
}

const PAGE_ROWS = 500;

async function everyEntry(
  read: (part: Part) => Promise<Page<RecordedAuditEvent>>,
): Promise<RecordedAuditEvent[]> {
  const entries: RecordedAuditEvent[] = [];
  let after: ListPlace | undefined;
  for (;;) {
    const place = after === undefined ? {} : { after };
    const { rows, end } = await read({ offset: entries.length, ...place, limit: PAGE_ROWS, countUpTo: 1 });
    entries.push(...rows);
    after = end;
    if (rows.length < PAGE_ROWS) return entries;
  }
}
