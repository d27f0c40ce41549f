/** `countersign consumer usage`: accepted requests by signature method, and who would break without the old ones. */
import type { Command } from 'commander';
import { findConsumer, reportUsage, type UsageReport } from '../../administration/index.ts';
import { jsonRecord } from '../../base/index.ts';
import { OLD_WAYS, type OldWay, startOfDay, USAGE_DAYS_KEPT } from '../../model/index.ts';
import { type Answer, counted, shownTime, table } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { UsageRefused } from '../refusals.ts';

const WAY_WORDS: Readonly<Record<OldWay, string>> = {
  sha1: 'SHA-1 in signatures',
  legacy10: 'OAuth 1.0 of 2007',
  plaintext: 'PLAINTEXT',
};

/** Adds the command to its group. */
export function defineConsumerUsage(consumer: Command): void {
  withExamples(
    onData(
      consumer
        .command('usage')
        .description('accepted requests by signature method, and who would break without the old ones')
        .argument('[KEY]', 'only of this consumer')
        .option('--days <N>', `how far back, in days up to ${USAGE_DAYS_KEPT}, today included`, '30'),
      showUsage,
    ),
    'countersign consumer usage',
    'countersign consumer usage wiki --days 90 --json',
  );
}

async function showUsage(context: CommandContext, flags: Flags, key?: string): Promise<Answer> {
  const days = Number(flags.days);
  if (!Number.isInteger(days) || days < 1 || days > USAGE_DAYS_KEPT) {
    throw new UsageRefused(`--days: must be a whole number from 1 to ${USAGE_DAYS_KEPT}`);
  }
  if (key !== undefined) await findConsumer(context, key);
  const report = await reportUsage(context, days, key);
  return { json: usageRecord(report), lines: usageLines(report) };
}

function usageRecord({ fromDay, toDay, requests, perDay, perConsumer, dependants }: UsageReport): unknown {
  return jsonRecord({
    from: shownDay(fromDay),
    to: shownDay(toDay),
    requests,
    perDay: perDay.map((usage) => ({ ...usage, day: shownDay(usage.day) })),
    perConsumer,
    wouldBreak: dependants,
  });
}

function usageLines({ fromDay, toDay, perConsumer, dependants }: UsageReport): string[] {
  const period = `${shownDay(fromDay)} to ${shownDay(toDay)} UTC`;
  const rows = perConsumer.map(({ consumerKey, method, version, requests, lastAt }) => [
    consumerKey,
    method,
    version,
    String(requests),
    shownTime(lastAt),
  ]);
  const headings = ['CONSUMER', 'METHOD', 'VERSION', 'REQUESTS', 'LAST'];
  const lines = [`Accepted requests, ${period}`, ''];
  if (rows.length === 0) return [...lines, 'There were none.'];
  return [
    ...lines,
    ...table(headings, rows, ''),
    '',
    'Who would break without it:',
    ...OLD_WAYS.map((way) => `  ${WAY_WORDS[way]}: ${dependantWords(dependants[way])}`),
  ];
}

function dependantWords(dependants: UsageReport['dependants'][OldWay]): string {
  if (dependants.length === 0) return 'nobody';
  return dependants
    .map(({ consumerKey, requests, lastAt }) => {
      return `${consumerKey} (${counted(requests, 'request')}, last ${shownTime(lastAt)})`;
    })
    .join(', ');
}

function shownDay(day: number): string {
  return new Date(startOfDay(day) * 1000).toISOString().slice(0, 10);
}
