/**
 * Reads the gadgets that another installation publishes: its Atom feed (RFC 4287), then each spec that the feed names,
 * all through the guarded client. A feed speaks for its own host only: specs elsewhere are told and left out, because
 * whoever trusts an installation has not trusted everybody whom it names.
 */
import {
  BOUNDS,
  type FeedFailure,
  type FeedReading,
  type FetchedSpec,
  specAddress,
} from '../gadgets/index.ts';
import { fill, type Locale, type Outbound, readXml, type XmlElement, XmlRefused } from '../web/index.ts';
import { fetchSpec, fetchTroubleWords, SpecUnavailable } from './fetch-spec.ts';
import { FEED_PATH } from './own-gadgets/published-specs.ts';

/** There is a document where the feed should be, and it is none. */
export class NotAFeed extends Error {
  constructor(url: string) {
    super(`${url} is no feed of gadgets.`);
    this.name = 'NotAFeed';
  }
}

/** Longest for one document, and for a feed with all its specs and bundles: it may name thousands of documents. */
const DOCUMENT_MS = 10_000;
const FEED_MS = 60_000;

/**
 * Reads the feed of the installation at a base URL, and its specs; those that it gives too late count as unreadable.
 * @param locale of the sentences about specs that could not be read
 * @param now milliseconds of a clock that only runs forward
 * @throws {OutboundRefused} @throws {SpecUnavailable} @throws {NotAFeed} when there is no feed to read
 */
export async function fetchFeed(
  client: Outbound,
  baseUrl: string,
  locale: Locale,
  now = () => performance.now(),
): Promise<FeedReading> {
  const outbound = untilThen(client, now() + FEED_MS, now);
  const address = baseUrl + FEED_PATH;
  const { status, body } = await outbound.fetch(address, { headers: { accept: 'application/atom+xml' } });
  if (status !== 200) throw new SpecUnavailable(address, status);
  const feed = readFeed(body, address);
  const specs: FetchedSpec[] = [];
  const failures: FeedFailure[] = [];
  for (const specUrl of feed.specUrls) {
    try {
      if (new URL(specUrl).origin === new URL(baseUrl).origin) specs.push(await fetchSpec(outbound, specUrl));
      else failures.push({ specUrl, sentence: WORDS[locale].elsewhere });
    } catch (error) {
      const sentence = fetchTroubleWords(locale, specUrl, error);
      if (sentence === null) throw error;
      failures.push({ specUrl, sentence });
    }
  }
  return { name: feed.title, specs, failures };
}

/** The same client, whose requests all end by a moment. */
function untilThen(client: Outbound, end: number, now: () => number): Outbound {
  return {
    fetch(url, request = {}) {
      const timeoutMs = Math.max(1, Math.min(DOCUMENT_MS, Math.ceil(end - now())));
      return client.fetch(url, { ...request, timeoutMs });
    },
  };
}

/** Why a feed could not be read, in a sentence; null for an error that is about something else. */
export function feedTroubleWords(locale: Locale, baseUrl: string, error: unknown): string | null {
  const address = baseUrl + FEED_PATH;
  if (error instanceof NotAFeed) return fill(WORDS[locale].notAFeed, { url: address });
  if (error instanceof SpecUnavailable) {
    return fill(WORDS[locale].unavailable, { url: address, status: error.status });
  }
  return fetchTroubleWords(locale, address, error);
}

/** What of a feed counts here. */
interface ReadFeed {
  readonly title: string;
  /** Each once, in the order of the feed. */
  readonly specUrls: readonly string[];
}

/** @throws {NotAFeed} */
function readFeed(body: Uint8Array, address: string): ReadFeed {
  const root = rootOf(body, address);
  if (plain(root.name) !== 'feed') throw new NotAFeed(address);
  const entries = root.children.filter(({ name }) => plain(name) === 'entry').slice(0, BOUNDS.feedGadgets);
  const specUrls = entries.flatMap((entry) => specAddress(linkOf(entry, address)) ?? []);
  return { title: childText(root, 'title'), specUrls: [...new Set(specUrls)] };
}

function rootOf(body: Uint8Array, address: string): XmlElement {
  try {
    return readXml(body);
  } catch (error) {
    throw error instanceof XmlRefused ? new NotAFeed(address) : error;
  }
}

/** The address of an entry's spec, absolute; '' if it names none. */
function linkOf(entry: XmlElement, address: string): string {
  const links = entry.children.filter(({ name }) => plain(name) === 'link');
  const link = links.find(({ attributes: { rel = 'alternate' } }) => rel === 'alternate') ?? links[0];
  const href = link?.attributes.href ?? '';
  return href === '' ? '' : (URL.parse(href, address)?.href ?? '');
}

function childText({ children }: XmlElement, wanted: string): string {
  return children.find(({ name }) => plain(name) === wanted)?.text.trim() ?? '';
}

/** A name without its prefix: feeds write Atom's namespace in both ways. */
function plain(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const WORDS = {
  en: {
    elsewhere: 'The feed names it, but it is on another host; add it by its own address if you trust it.',
    notAFeed: '{url} is no feed of gadgets.',
    unavailable: '{url} answered with status {status}; there is no feed of gadgets at that base URL.',
  },
  ja: {
    elsewhere:
      'フィードに含まれていますが、別のホストにあります。信頼する場合は、そのアドレスで追加してください。',
    notAFeed: '{url} はガジェットのフィードではありません。',
    unavailable:
      '{url} はステータス {status} を返しました。そのベース URL にガジェットのフィードはありません。',
  },
} as const satisfies Record<Locale, object>;
