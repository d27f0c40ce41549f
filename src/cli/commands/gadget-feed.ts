/** `countersign gadget subscribe` and its companions: gadgets of other installations, by their feeds. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import { feedTroubleWords, fetchFeed } from '../../dashboard/index.ts';
import {
  type FeedReading,
  type FeedReport,
  noteFeedTrouble,
  readFeedBaseUrl,
  refreshFeed,
  subscribeToFeed,
  unsubscribeFromFeed,
} from '../../gadgets/index.ts';
import { type GadgetFeed, plainBase } from '../../model/index.ts';
import { type Answer, counted } from '../answer.ts';
import { type Flags, withExamples } from '../define-command.ts';
import { gadgetsContext } from '../gadgets-context.ts';
import { type CommandContext, onData, withSetting } from '../on-data.ts';
import { outboundFor } from '../outbound-for.ts';
import { CommandRefused } from '../refusals.ts';

/** Adds the commands to the group. */
export function defineFeedCommands(gadget: Command): void {
  const subscribe = gadget
    .command('subscribe')
    .description('add all gadgets that another installation publishes')
    .argument('<URL>', 'its base URL');
  withExamples(
    onData(withSetting(subscribe, 'allowHost'), subscribeOne),
    'countersign gadget subscribe https://tracker.example.com',
  );
  const refresh = gadget
    .command('refresh')
    .description('read a feed again: add what is new, take newer specs, remove what is gone')
    .argument('<URL>', 'base URL of the installation');
  withExamples(
    onData(withSetting(refresh, 'allowHost'), refreshOne),
    'countersign gadget refresh https://tracker.example.com',
  );
  withExamples(
    onData(
      gadget
        .command('unsubscribe')
        .description('end a subscription, and remove the gadgets that it brought')
        .argument('<URL>', 'base URL of the installation'),
      unsubscribeOne,
    ),
    'countersign gadget unsubscribe https://tracker.example.com',
  );
}

async function subscribeOne(context: CommandContext, _flags: Flags, url?: string): Promise<Answer> {
  const gadgets = gadgetsContext(context);
  const baseUrl = readFeedBaseUrl(gadgets, url!);
  const reading = await readFeed(context, baseUrl, async () => {});
  return answerAbout('Subscribed to', await subscribeToFeed(gadgets, baseUrl, reading, CLI_ACTOR));
}

async function refreshOne(context: CommandContext, _flags: Flags, url?: string): Promise<Answer> {
  const gadgets = gadgetsContext(context);
  const { id, baseUrl } = await presentFeed(context, url!);
  const note = (sentence: string) => noteFeedTrouble(gadgets, id, sentence, CLI_ACTOR);
  const reading = await readFeed(context, baseUrl, note);
  return answerAbout('Read', await refreshFeed(gadgets, id, reading, CLI_ACTOR));
}

async function unsubscribeOne(context: CommandContext, _flags: Flags, url?: string): Promise<Answer> {
  const { id } = await presentFeed(context, url!);
  const { baseUrl, name } = await unsubscribeFromFeed(gadgetsContext(context), id, CLI_ACTOR);
  return { json: { baseUrl, isRemoved: true }, lines: [`Unsubscribed from ${name} (${baseUrl}).`] };
}

async function presentFeed({ storage }: CommandContext, url: string): Promise<GadgetFeed> {
  const feed = (await storage.gadgetFeeds.list()).find(({ baseUrl }) => baseUrl === plainBase(url));
  if (feed === undefined)
    throw new CommandRefused(
      `there is no subscription to ${url}; what came of which: countersign gadget list.`,
    );
  return feed;
}

/** @param note told the sentence when the feed cannot be read */
async function readFeed(
  context: CommandContext,
  baseUrl: string,
  note: (sentence: string) => Promise<void>,
): Promise<FeedReading> {
  const outbound = await outboundFor(context);
  try {
    return await fetchFeed(outbound, baseUrl, 'en');
  } catch (error) {
    const sentence = feedTroubleWords('en', baseUrl, error);
    if (sentence === null) throw error;
    await note(sentence);
    throw new CommandRefused(sentence);
  }
}

function answerAbout(done: string, { feed, added, updated, removed, failures }: FeedReport): Answer {
  const { baseUrl, name } = feed;
  return {
    json: { baseUrl, name, added, updated, removed, failures },
    lines: [
      `${done} ${name} (${baseUrl}): ${counted(added.length, 'gadget')} added, ${updated.length} updated, ${removed.length} removed.`,
      ...failures.map(({ specUrl, sentence }) => `  ${specUrl}: ${sentence}`),
    ],
  };
}
