/**
 * Gadgets of other installations, by their feeds. Subscribing and reading again are an administrator's actions; both
 * bring the directory to what the feed says at that moment, and between them nothing changes: what runs on dashboards
 * is what was pinned. A spec that could not be fetched or kept is told and leaves what there is as it is.
 */
import { nowSeconds, randomAlphanumeric, sha256Hex } from '../../base/index.ts';
import { type Gadget, type GadgetFeed, plainBase } from '../../model/index.ts';
import { eventOf, type GadgetsContext, nextUpdatedAt } from '../context.ts';
import { BOUNDS, GadgetsRefused, refused, refuseMistakes } from '../mistake.ts';
import { type FetchedSpec, pinned, specAddress, specDigest, specMistake } from './fetched-spec.ts';
import { addGadget, recordOf } from './gadgets.ts';

/** What was read at another installation. */
export interface FeedReading {
  /** What the feed calls itself. */
  readonly name: string;
  readonly specs: readonly FetchedSpec[];
  /** Specs that it names and that could not be fetched, each with a sentence that says why. */
  readonly failures: readonly FeedFailure[];
}

export interface FeedFailure {
  readonly specUrl: string;
  readonly sentence: string;
}

/** SHA-256 of what a feed says, hexadecimal: readings that are alike bring the same. */
export function readingDigest({ name, specs }: FeedReading): string {
  const texts = specs.map((spec) => [spec.specUrl, specDigest(spec)]);
  return sha256Hex(JSON.stringify([name, ...texts]));
}

/** What reading a feed brought. */
export interface FeedReport {
  readonly feed: GadgetFeed;
  /** Addresses of specs. */
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly failures: readonly FeedFailure[];
}

const ID_LENGTH = 16;

/** The base URL of an installation as people enter it. @throws {GadgetsRefused} */
export function readFeedBaseUrl({ publicUrl }: Pick<GadgetsContext, 'publicUrl'>, text: string): string {
  if (specAddress(text) === null) throw refused('baseUrl', 'base-url-malformed');
  const baseUrl = plainBase(text);
  if (baseUrl === plainBase(publicUrl)) throw refused('baseUrl', 'own-feed');
  return baseUrl;
}

/** Says why a gadget could not be kept, in the language of whoever reads it. */
export type RefusalWords = (refusal: GadgetsRefused) => string;

const inEnglish: RefusalWords = ({ message }) => message;

/** Subscribes, and adds what was read. @throws {GadgetsRefused} */
export async function subscribeToFeed(
  context: GadgetsContext,
  baseUrlText: string,
  reading: FeedReading,
  actor: string,
  words = inEnglish,
): Promise<FeedReport> {
  const baseUrl = readFeedBaseUrl(context, baseUrlText);
  const { gadgetFeeds } = context.storage;
  if ((await gadgetFeeds.list()).length >= BOUNDS.feeds) throw refused('', 'too-many-feeds');
  const now = nowSeconds(context.clock);
  const feed: GadgetFeed = {
    id: randomAlphanumeric(context.random, ID_LENGTH),
    baseUrl,
    name: reading.name.trim() || baseUrl,
    addedBy: actor,
    createdAt: now,
    fetchedAt: null,
    trouble: null,
  };
  const event = eventOf(context, actor, 'gadget-feed.add', baseUrl, { after: { name: feed.name } });
  if (!(await gadgetFeeds.add(feed, event))) throw refused('baseUrl', 'feed-taken');
  return bringTo(context, feed, reading, actor, words);
}

/** Brings the gadgets of a feed to what was read now. @throws {GadgetsRefused} */
export async function refreshFeed(
  context: GadgetsContext,
  id: string,
  reading: FeedReading,
  actor: string,
  words = inEnglish,
): Promise<FeedReport> {
  return bringTo(context, await findFeed(context, id), reading, actor, words);
}

/** Notes that a feed could not be read; its gadgets stay as they are. @throws {GadgetsRefused} */
export async function noteFeedTrouble(
  context: GadgetsContext,
  id: string,
  trouble: string,
  actor: string,
): Promise<void> {
  const feed = await findFeed(context, id);
  const event = eventOf(context, actor, 'gadget-feed.refresh', feed.baseUrl, { note: trouble });
  await context.storage.gadgetFeeds.update({ ...feed, trouble }, event);
}

/** Ends a subscription, and removes what it brought. @throws {GadgetsRefused} */
export async function unsubscribeFromFeed(
  context: GadgetsContext,
  id: string,
  actor: string,
): Promise<GadgetFeed> {
  const feed = await findFeed(context, id);
  const event = eventOf(context, actor, 'gadget-feed.remove', feed.baseUrl, { before: { name: feed.name } });
  if (!(await context.storage.gadgetFeeds.remove(id, event))) throw refused('', 'feed-unknown');
  return feed;
}

/** The feed of that id. @throws {GadgetsRefused} `feed-unknown` */
export async function findFeed({ storage }: GadgetsContext, id: string): Promise<GadgetFeed> {
  const feed = await storage.gadgetFeeds.find(id);
  if (feed === null) throw refused('', 'feed-unknown');
  return feed;
}

async function bringTo(
  context: GadgetsContext,
  feed: GadgetFeed,
  { name, specs, failures }: FeedReading,
  actor: string,
  words: RefusalWords,
): Promise<FeedReport> {
  const { storage } = context;
  const there = (await storage.gadgets.list()).filter(({ feedId }) => feedId === feed.id);
  const work = { added: [] as string[], updated: [] as string[], failures: [...failures] };
  for (const spec of specs.slice(0, BOUNDS.feedGadgets)) {
    const present = there.find(({ specUrl }) => specUrl === spec.specUrl);
    const outcome = await bring(context, spec, present?.id ?? null, feed.id, actor);
    if (outcome === 'added' || outcome === 'updated') work[outcome].push(spec.specUrl);
    else if (outcome !== 'same') work.failures.push({ specUrl: spec.specUrl, sentence: words(outcome) });
  }
  const named = new Set([...specs, ...failures].map(({ specUrl }) => specUrl));
  const gone = there.filter(({ specUrl }) => !named.has(specUrl));
  for (const { id, specUrl } of gone) {
    await storage.gadgets.remove(id, eventOf(context, actor, 'gadget.remove', specUrl));
  }
  const removed = gone.map(({ specUrl }) => specUrl);
  const trouble = work.failures.map(({ specUrl, sentence }) => `${specUrl}: ${sentence}`).join('\n') || null;
  const next = { ...feed, name: name.trim() || feed.name, fetchedAt: nowSeconds(context.clock), trouble };
  const counts = { added: work.added.length, updated: work.updated.length, removed: removed.length };
  const event = eventOf(context, actor, 'gadget-feed.refresh', feed.baseUrl, {
    after: counts,
    note: trouble,
  });
  if (!(await storage.gadgetFeeds.update(next, event))) throw refused('', 'feed-unknown');
  return { feed: next, ...work, removed };
}

type Brought = 'added' | 'updated' | 'same' | GadgetsRefused;

async function bring(
  context: GadgetsContext,
  spec: FetchedSpec,
  presentId: string | null,
  feedId: string,
  actor: string,
): Promise<Brought> {
  try {
    const present = presentId === null ? null : await context.storage.gadgets.findById(presentId);
    if (present !== null) return await update(context, present, spec, actor);
    await addGadget(context, spec, actor, feedId);
    return 'added';
  } catch (error) {
    if (error instanceof GadgetsRefused) return error;
    throw error;
  }
}

async function update(
  context: GadgetsContext,
  present: Gadget,
  spec: FetchedSpec,
  actor: string,
): Promise<Brought> {
  refuseMistakes([specMistake(spec)]);
  const next: Gadget = { ...present, ...pinned(spec), updatedAt: nextUpdatedAt(context, present.updatedAt) };
  if (next.sha256 === present.sha256) return 'same';
  const fields = { before: recordOf(present), after: recordOf(next) };
  const event = eventOf(context, actor, 'gadget.update', spec.specUrl, fields);
  const isDone = await context.storage.gadgets.update(next, present.updatedAt, event);
  if (!isDone) throw refused('', 'changed-meanwhile');
  return 'updated';
}
