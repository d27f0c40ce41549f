/** An answer as a gadget reads it: text, a few headers that hold nothing of anybody's, and feeds brought to JSON. */
import { type ContainerRequest, feedJson } from '../../gadgets/index.ts';
import { type PageContext, readXml, XmlRefused } from '../../web/index.ts';
import { type ContainerAnswer, refusedAnswer } from './answers.ts';
import { messages } from './messages.ts';

/** What came back, before it is made readable. */
export interface Fetched {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Headers that gadgets are given. */
const HEADERS = [
  'cache-control',
  'content-language',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'link',
  'location',
  'retry-after',
  'x-ausername',
  'x-total-count',
];

const FEED_BOUNDS = { maxBytes: 1_048_576, maxDepth: 32, maxNodes: 50_000, maxAttributes: 32 };

/** Makes it readable. */
export function readable(
  c: PageContext,
  request: ContainerRequest,
  { status, headers, body }: Fetched,
): ContainerAnswer {
  const kept = HEADERS.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const answer = { rc: status, headers: Object.fromEntries(kept) };
  const isFeed = request.contentType === 'FEED' && status >= 200 && status <= 299;
  if (!isFeed) return { ...answer, body: decoded(body, headers['content-type']) };
  const feed = readFeed(body, request);
  return feed === null
    ? refusedAnswer(415, c.messages(messages).notAFeed)
    : { ...answer, body: JSON.stringify(feed) };
}

function readFeed(body: Uint8Array, request: ContainerRequest) {
  try {
    return feedJson(readXml(body, FEED_BOUNDS), request.url.href, request);
  } catch (error) {
    if (error instanceof XmlRefused) return null;
    throw error;
  }
}

const UTF8 = new TextDecoder();

function decoded(body: Uint8Array, contentType = ''): string {
  const charset = /charset=["']?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  if (charset === undefined) return UTF8.decode(body);
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return UTF8.decode(body);
  }
}
