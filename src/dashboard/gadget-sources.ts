/** Where gadgets come from, for whoever does not stand beside the pages: specs and feeds, and why they cannot be had. */
import type { FeedReading, FetchedSpec } from '../gadgets/index.ts';
import type { Locale, Outbound } from '../web/index.ts';
import { feedTroubleWords, fetchFeed } from './fetch-feed.ts';
import { fetchSpec, fetchTroubleWords } from './fetch-spec.ts';

/** Reads by the guarded client; sentences are in the given language, and null for errors about something else. */
export function gadgetSources(outbound: Outbound, locale: Locale) {
  return {
    fetchSpec: (specUrl: string): Promise<FetchedSpec> => fetchSpec(outbound, specUrl),
    fetchFeed: (baseUrl: string): Promise<FeedReading> => fetchFeed(outbound, baseUrl, locale),
    specTrouble: (specUrl: string, error: unknown) => fetchTroubleWords(locale, specUrl, error),
    feedTrouble: (baseUrl: string, error: unknown) => feedTroubleWords(locale, baseUrl, error),
  };
}
