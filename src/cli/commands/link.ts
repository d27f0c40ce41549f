/**
 * `countersign link` and `unlink`: the relation with another installation, by its base URL. Each side's
 * administrators open their own side; no installation can enter itself into another.
 */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import {
  consumerView,
  endOfLink,
  ensureInstallation,
  findLink,
  isOpen,
  LINK_DIRECTIONS,
  type Link,
  type LinkDirection,
  type LinkEnd,
  linkInstallation,
  refusal,
  serviceProviderView,
  unlinkInstallation,
} from '../../administration/index.ts';
import { jsonRecord, nowSeconds } from '../../base/index.ts';
import { type Installation, plainBase } from '../../model/index.ts';
import { type Answer, counted, facts } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { type CommandContext, onData, withSetting } from '../on-data.ts';
import { fetchInformation } from '../outbound-for.ts';
import { UsageRefused } from '../refusals.ts';

/** Adds the commands to the program. */
export function defineLinkCommands(program: Command): void {
  const link = program
    .command('link')
    .description('link another installation: they may ask our users, we may ask theirs')
    .argument('<URL>', 'its base URL')
    .option('--own-direction <WHICH>', `what to open here: ${LINK_DIRECTIONS.join(', ')}`, 'both')
    .option('--as <NAME>', 'what it is called here as a service provider (default: its own name)')
    .option('--accept-new-key', 'its administrators confirm that they changed its key');
  withExamples(
    onData(withSetting(link, 'allowHost'), establish),
    'countersign link https://wiki.example.com',
    'countersign link https://tracker.example.com --own-direction outgoing',
  );
  withExamples(
    onData(
      program
        .command('unlink')
        .description('end the link with another installation, with all access through it')
        .argument('<URL>', 'its base URL')
        .option('--dry-run', 'say what would end, and change nothing'),
      end,
    ),
    'countersign unlink https://wiki.example.com --dry-run',
    'countersign unlink https://wiki.example.com',
  );
}

async function establish(context: CommandContext, flags: Flags, url?: string): Promise<Answer> {
  const direction = LINK_DIRECTIONS.find((one) => one === flags.ownDirection);
  if (direction === undefined) {
    throw new UsageRefused(`--own-direction: must be one of ${LINK_DIRECTIONS.join(', ')}`);
  }
  const us = await ensureInstallation(context, context.settings);
  const baseUrl = plainBase(url!);
  const information = await fetchInformation(context, baseUrl);
  const link = await linkInstallation(
    context,
    {
      baseUrl,
      information,
      direction,
      providerName: flags.as as string | undefined,
      acceptsNewKey: flags.acceptNewKey === true,
    },
    CLI_ACTOR,
  );
  return linkAnswer(context, us, link, { baseUrl, name: information.name, direction });
}

function linkAnswer(
  context: CommandContext,
  us: Installation,
  { consumer, provider }: Link,
  done: { readonly baseUrl: string; readonly name: string; readonly direction: LinkDirection },
): Answer {
  const { baseUrl, name, direction } = done;
  const view = consumer === null ? null : consumerView(consumer, nowSeconds(context.clock));
  const there = direction === 'outgoing' ? 'incoming' : direction === 'incoming' ? 'outgoing' : 'both';
  return {
    json: jsonRecord({
      baseUrl,
      direction,
      consumer: view,
      provider: provider === null ? null : serviceProviderView(provider),
    }),
    lines: [
      `Linked ${name} (${baseUrl}).`,
      ...(consumer === null ? [] : [`  ${name} may read ${us.name}’s data on behalf of users who approve.`]),
      ...(provider === null
        ? []
        : [`  ${us.name} may read ${name}’s data on behalf of users who approve there.`]),
      '',
      ...facts([
        ...(view === null ? [] : ([['Consumer', view.key]] as const)),
        ...(view?.credential.kind === 'public-key'
          ? ([['Key fingerprint', `SHA-256 ${view.credential.fingerprint}`]] as const)
          : []),
        ...(provider === null ? [] : ([['Service provider', provider.name]] as const)),
        ['Our consumer key', us.consumerKey],
      ]),
      '',
      `This opens our side. The administrators of ${name} do the same on theirs:`,
      `  countersign link OUR-BASE-URL${there === 'both' ? '' : ` --own-direction ${there}`}`,
    ],
  };
}

async function end(context: CommandContext, flags: Flags, url?: string): Promise<Answer> {
  const baseUrl = plainBase(url!);
  const link = await findLink(context, baseUrl);
  if (!isOpen(link)) throw refusal('baseUrl', 'not-found', { text: baseUrl });
  const ends = await endOfLink(context, link, nowSeconds(context.clock));
  const isDryRun = flags.dryRun === true;
  if (!isDryRun) await unlinkInstallation(context, baseUrl, CLI_ACTOR);
  return {
    json: {
      baseUrl,
      isDone: !isDryRun,
      consumer: link.consumer?.key ?? null,
      provider: link.provider?.name ?? null,
      ...ends,
    },
    lines: [
      isDryRun ? `Unlinking ${baseUrl} would end:` : `Unlinked ${baseUrl}. This ended:`,
      ...endLines(link, ends),
    ],
  };
}

function endLines({ consumer, provider }: Link, { usersLosingAccess, usersDisconnected }: LinkEnd): string[] {
  return [
    ...(consumer === null
      ? []
      : [`  consumer ${consumer.key}: access to the data of ${counted(usersLosingAccess, 'user')}`]),
    ...(provider === null
      ? []
      : [`  service provider ${provider.name}: connections of ${counted(usersDisconnected, 'user')}`]),
    '  What they hold about us stays until their administrators end it.',
  ];
}
