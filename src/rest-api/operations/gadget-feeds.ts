/** Operations on feeds: the gadgets of other installations, looked at, subscribed to, read again, and let go. */
import {
  type FeedReading,
  findFeed,
  noteFeedTrouble,
  readFeedBaseUrl,
  readingDigest,
  refreshFeed,
  specDigest,
  subscribeToFeed,
  unsubscribeFromFeed,
} from '../../gadgets/index.ts';
import { ApiProblem } from '../api-problem.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { FeedPreview, feedReportOf, NewFeed } from '../schemas/gadget-specs.ts';
import { BaseUrl, GadgetFeed, GadgetFeedList } from '../schemas/gadgets.ts';

const group = 'Gadgets';

const FeedReport = feedReportOf(GadgetFeed);

async function show({ gadgets }: RestApiContext, { id = '' }: Readonly<Record<string, string>>) {
  return findFeed(gadgets, id);
}

export const gadgetFeedOperations: readonly Operation[] = [
  operation({
    id: 'listGadgetFeeds',
    group,
    method: 'GET',
    path: '/gadget-feeds',
    summary: 'Installations whose gadgets are subscribed to',
    scope: 'read',
    status: 200,
    answer: GadgetFeedList,
    run: async ({ gadgets }) => ({ value: { items: await gadgets.storage.gadgetFeeds.list() } }),
  }),
  operation({
    id: 'previewGadgetFeed',
    group,
    method: 'POST',
    path: '/gadget-feeds/preview',
    summary: 'Read what an installation publishes; nothing is changed',
    scope: 'write',
    status: 200,
    body: BaseUrl,
    answer: FeedPreview,
    async run(context, { body }) {
      const baseUrl = readFeedBaseUrl(context.gadgets, body.baseUrl);
      const reading = await read(context, baseUrl);
      const { name, specs, failures } = reading;
      const gadgets = specs.map(({ xml: _text, bundles: _texts, ...told }, index) => ({
        ...told,
        digest: specDigest(specs[index]!),
      }));
      return { value: { baseUrl, digest: readingDigest(reading), name, gadgets, failures } };
    },
  }),
  operation({
    id: 'addGadgetFeed',
    group,
    method: 'POST',
    path: '/gadget-feeds',
    summary: 'Subscribe to the feed that was looked at, and add the gadgets that it publishes',
    scope: 'write',
    status: 201,
    body: NewFeed,
    answer: FeedReport,
    async run(context, { body, actor }) {
      const baseUrl = readFeedBaseUrl(context.gadgets, body.baseUrl);
      const reading = seen(await read(context, baseUrl), body.digest);
      const report = await subscribeToFeed(context.gadgets, baseUrl, reading, actor);
      return { value: report, location: `/gadget-feeds/${report.feed.id}` };
    },
  }),
  operation({
    id: 'readGadgetFeed',
    group,
    method: 'GET',
    path: '/gadget-feeds/{id}',
    summary: 'One subscription',
    scope: 'read',
    status: 200,
    answer: GadgetFeed,
    current: show,
    run: async (context, { params }) => ({ value: await show(context, params) }),
  }),
  operation({
    id: 'refreshGadgetFeed',
    group,
    method: 'POST',
    path: '/gadget-feeds/{id}/refresh',
    summary: 'Read a feed again: add what is new, take newer specs, remove what is gone',
    scope: 'write',
    status: 200,
    answer: FeedReport,
    current: show,
    async run(context, { params: { id = '' }, actor }) {
      const { gadgets } = context;
      const { baseUrl } = await findFeed(gadgets, id);
      const note = (sentence: string) => noteFeedTrouble(gadgets, id, sentence, actor);
      return { value: await refreshFeed(gadgets, id, await read(context, baseUrl, note), actor) };
    },
  }),
  operation({
    id: 'removeGadgetFeed',
    group,
    method: 'DELETE',
    path: '/gadget-feeds/{id}',
    summary: 'End a subscription, and remove the gadgets that it brought',
    scope: 'write',
    status: 204,
    answer: null,
    current: show,
    async run({ gadgets }, { params: { id = '' }, actor }) {
      await unsubscribeFromFeed(gadgets, id, actor);
      return {};
    },
  }),
];

/** The reading, if it is the one that was looked at. @throws {ApiProblem} changed-meanwhile */
function seen(reading: FeedReading, digest: string): FeedReading {
  if (readingDigest(reading) === digest) return reading;
  throw new ApiProblem('changed-meanwhile', {
    detail: 'What it publishes changed between the preview and now. Look at it again before you go on.',
  });
}

/**
 * @param note told the sentence when the feed cannot be read
 * @throws {ApiProblem} fetch-failed
 */
async function read(
  { gadgetSources }: RestApiContext,
  baseUrl: string,
  note: (sentence: string) => Promise<void> = async () => {},
): Promise<FeedReading> {
  try {
    return await gadgetSources.fetchFeed(baseUrl);
  } catch (error) {
    const sentence = gadgetSources.feedTrouble(baseUrl, error);
    if (sentence === null) throw error;
    await note(sentence);
    throw new ApiProblem('fetch-failed', { detail: sentence });
  }
}
