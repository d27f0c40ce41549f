/** `history` and `restore` of the consumers and the service providers: who changed one, and the way back. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  consumerHistory,
  consumerView,
  findConsumer,
  findServiceProvider,
  type HistoryEntry,
  type Restoration,
  restoreConsumer,
  restoreServiceProvider,
  serviceProviderHistory,
  serviceProviderView,
} from '../../administration/index.ts';
import { jsonRecord, nowSeconds } from '../../base/index.ts';
import { type Answer, shownTime, table } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { UsageRefused } from '../refusals.ts';

interface Kind {
  /** What is named, as the usage shows it. */
  readonly argument: readonly [name: string, meaning: string];
  readonly example: string;
  history(context: CommandContext, name: string): Promise<readonly HistoryEntry[]>;
  /** Gives the record as it may be shown. */
  restore(context: CommandContext, name: string, restoration: Restoration): Promise<object>;
}

const CONSUMER: Kind = {
  argument: ['<KEY>', 'consumer key'],
  example: 'countersign consumer',
  history: async (context, key) => consumerHistory(context, await findConsumer(context, key)),
  restore: async (context, key, restoration) =>
    consumerView(await restoreConsumer(context, key, restoration, CLI_ACTOR), nowSeconds(context.clock)),
};

const PROVIDER: Kind = {
  argument: ['<NAME>', 'its name'],
  example: 'countersign provider',
  history: async (context, name) => serviceProviderHistory(context, await findServiceProvider(context, name)),
  restore: async (context, name, restoration) =>
    serviceProviderView(await restoreServiceProvider(context, name, restoration, CLI_ACTOR)),
};

/** Adds both commands to the group of the consumers. */
export function defineConsumerHistory(group: Command): void {
  defineHistory(group, CONSUMER);
  defineRestore(group, CONSUMER);
}

/** Adds both commands to the group of the service providers. */
export function defineProviderHistory(group: Command): void {
  defineHistory(group, PROVIDER);
  defineRestore(group, PROVIDER).option(
    '--end-connections',
    'make users connect again, where what their tokens are for is gone back to',
  );
}

function defineHistory(group: Command, kind: Kind): void {
  const command = group
    .command('history')
    .description('list who changed it, when and why, newest first')
    .argument(...kind.argument);
  withExamples(
    onData(command, (context, _flags, name) => showHistory(kind, context, name!)),
    `${kind.example} history ${kind === CONSUMER ? 'wiki' : 'Photos'}`,
  );
}

function defineRestore(group: Command, kind: Kind): Command {
  const command = group
    .command('restore')
    .description('go back to the settings after an entry of its history; never to an earlier key or secret')
    .argument(...kind.argument)
    .argument('<ENTRY>', 'number of the entry')
    .option('--reason <TEXT>', 'why, for the audit log');
  withExamples(
    onData(command, (context, flags, name, entry) => restore(kind, context, flags, [name!, entry!])),
    `${kind.example} restore ${kind === CONSUMER ? 'wiki' : 'Photos'} 12 --reason "the limits were too narrow"`,
  );
  return command;
}

async function showHistory(kind: Kind, context: CommandContext, name: string): Promise<Answer> {
  const history = await kind.history(context, name);
  const rows = history.map(({ id, at, actor, action, before, after, note }) => [
    String(id),
    shownTime(at),
    actor,
    action,
    Object.keys(before !== null && after !== null ? after : {}).join(', ') || '—',
    note ?? '',
  ]);
  return {
    json: jsonRecord(history),
    lines: table(['ENTRY', 'WHEN', 'WHO', 'WHAT', 'CHANGED', 'NOTE'], rows, 'Nothing was changed yet.'),
  };
}

async function restore(
  kind: Kind,
  context: CommandContext,
  flags: Flags,
  [name, text]: readonly [string, string],
): Promise<Answer> {
  if (!/^[1-9]\d{0,14}$/u.test(text)) throw new UsageRefused('<ENTRY>: must be the number of an entry');
  const record = await kind.restore(context, name, {
    entry: Number(text),
    reason: flags.reason as string | undefined,
    expectedUpdatedAt: null,
    endsConnections: flags.endConnections === true,
  });
  return { json: jsonRecord(record), lines: [`Restored ${name} to how it was after entry ${text}.`] };
}
