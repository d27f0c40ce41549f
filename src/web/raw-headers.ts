/**
 * One walk over the header fields as they came. Node's `headers` object hides a second Host or Authorization
 * and may cut a long list short, so every question about headers is asked of `rawHeaders`. A field that decides
 * how a message is framed or whose it is, sent twice, is an attempt to be read in two ways: refused.
 * Two Authorization fields are only collected: the OAuth parser names that problem to consumers itself.
 */
import { WireRefused } from './wire-refused.ts';

/** More header fields than any client sends. Checked here because node would drop the rest silently. */
export const MAX_HEADER_FIELDS = 200;

/** What the walk found. */
export interface HeaderFacts {
  host: string | undefined;
  readonly authorization: readonly string[];
  readonly contentType: readonly string[];
  forwardedFor: string | undefined;
  forwardedHost: string | undefined;
  forwardedProto: string | undefined;
  requestId: string | undefined;
  /** The protocol asked for, other than a mere offer of HTTP/2. */
  upgrade: string | undefined;
  hasBody: boolean;
  /** The body comes in chunks, and nothing else was done to it. */
  isChunked: boolean;
  wantsClose: boolean;
}

const NONE: readonly string[] = [];

/** Fields that may occur once only. */
type Single = 'host' | 'upgrade';

/** Fields whose repetition is one list, as RFC 9110 s5.3 has it. */
type Listed = 'forwardedFor' | 'forwardedHost' | 'forwardedProto';

class Facts implements HeaderFacts {
  host: string | undefined = undefined;
  authorization: readonly string[] = NONE;
  contentType: readonly string[] = NONE;
  forwardedFor: string | undefined = undefined;
  forwardedHost: string | undefined = undefined;
  forwardedProto: string | undefined = undefined;
  requestId: string | undefined = undefined;
  upgrade: string | undefined = undefined;
  hasBody = false;
  hasLength = false;
  isChunked = false;
  wantsClose = false;
}

/** The coding names what the next reader has to undo, and would be gone on the way there. */
const CODED = 'A body may be sent in chunks (Transfer-Encoding: chunked); no other coding is known here.';

/** Lengths of the names that matter: all other fields are passed over without looking at their letters. */
const LENGTHS = new Set([4, 7, 10, 12, 13, 14, 15, 16, 17]);

/** @throws {WireRefused} 400 for a repeated field that must be single and for a coded body, 431 for too many fields. */
export function scanHeaders(rawHeaders: readonly string[]): HeaderFacts {
  if (rawHeaders.length > MAX_HEADER_FIELDS * 2) {
    throw new WireRefused(431, `More than ${MAX_HEADER_FIELDS} header fields are not accepted.`);
  }
  const facts = new Facts();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (LENGTHS.has(name.length)) note(facts, name.toLowerCase(), rawHeaders[i + 1]!);
  }
  return facts;
}

function note(facts: Facts, name: string, value: string): void {
  switch (name) {
    case 'host':
      once(facts, 'host', 'Host', value);
      return;
    case 'authorization':
      facts.authorization = facts.authorization === NONE ? [value] : [...facts.authorization, value];
      return;
    case 'content-type':
      facts.contentType = facts.contentType === NONE ? [value] : [...facts.contentType, value];
      return;
    case 'content-length':
      if (facts.hasLength) throw repeated('Content-Length');
      facts.hasLength = true;
      facts.hasBody ||= value !== '0';
      return;
    case 'transfer-encoding':
      if (value.trim().toLowerCase() !== 'chunked') throw new WireRefused(400, CODED);
      facts.hasBody = true;
      facts.isChunked = true;
      return;
    case 'connection':
      facts.wantsClose ||= /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(value);
      return;
    case 'upgrade':
      // Offered by Java's client on every plain request; RFC 9110 s7.8 lets a server pass over it.
      if (value.trim().toLowerCase() !== 'h2c') once(facts, 'upgrade', 'Upgrade', value);
      return;
    case 'x-request-id':
      facts.requestId ??= value;
      return;
    case 'x-forwarded-for':
      join(facts, 'forwardedFor', value);
      return;
    case 'x-forwarded-host':
      join(facts, 'forwardedHost', value);
      return;
    case 'x-forwarded-proto':
      join(facts, 'forwardedProto', value);
      return;
  }
}

function once(facts: Facts, key: Single, name: string, value: string): void {
  if (facts[key] !== undefined) throw repeated(name);
  facts[key] = value;
}

function join(facts: Facts, key: Listed, value: string): void {
  const earlier = facts[key];
  facts[key] = earlier === undefined ? value : `${earlier},${value}`;
}

function repeated(name: string): WireRefused {
  return new WireRefused(400, `The header field ${name} was sent more than once.`);
}
