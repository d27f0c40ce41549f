/**
 * The `Authorization: OAuth …` header (RFC 5849 s3.5.1): a list of `name="value"`, read by hand in one pass without
 * backtracking. Read as HTTP reads it (scheme in any case, blanks around commas and equals signs, empty list
 * elements) and as clients send it (base64 signatures unencoded); all else is refused, because a parameter that
 * was skipped would be one that was not signed.
 */
import { HEADER_NAME, HEADER_VALUE } from './byte-kinds.ts';
import type { ParameterBytes, ParameterTaker } from './parameter-bytes.ts';
import { Problem } from './problem.ts';

const SCHEME = 'oauth';
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const EQUALS = 0x3d;

/** Whether an Authorization header's value names the OAuth scheme. */
export function hasOAuthScheme(value: string): boolean {
  if (value.length > SCHEME.length && !isBlank(value.charCodeAt(SCHEME.length))) return false;
  return value.slice(0, SCHEME.length).toLowerCase() === SCHEME;
}

/**
 * Reads each parameter of a header whose scheme is OAuth, in order, less the header's own `realm`, which is not part of
 * the signature.
 * @throws {Problem} parameter_rejected when the header is malformed
 */
export function readAuthorizationHeader(header: string, bytes: ParameterBytes, taker: ParameterTaker): void {
  bytes.load(header, QUOTE);
  let hasRealm = false;
  for (let at = nextElement(bytes, SCHEME.length); at < bytes.end; at = nextElement(bytes, at)) {
    const nameFrom = at;
    bytes.open();
    const nameTo = bytes.copy(at, HEADER_NAME);
    const isNameMalformed = bytes.isMalformed;
    bytes.closeName();
    const from = openingQuote(bytes, nameFrom, nameTo) + 1;
    const to = bytes.copy(from, HEADER_VALUE);
    at = behindValue(bytes, nameFrom, nameTo, to);
    if (isRealm(bytes.source, nameFrom, nameTo)) {
      if (hasRealm) throw malformed('it has two realm parameters', ['realm']);
      hasRealm = true;
      bytes.drop();
    } else {
      if (isNameMalformed) throw malformed('a "%" in a parameter name lacks its two hexadecimal digits');
      if (bytes.isMalformed) throw malformed(MALFORMED_VALUE, named(bytes, nameFrom, nameTo));
      taker.take();
    }
  }
}

/** The place of the quote that opens a value, past the equals sign and the blanks around it. */
function openingQuote(bytes: ParameterBytes, nameFrom: number, nameTo: number): number {
  const { source, end } = bytes;
  const equals = skipBlanks(bytes, nameTo);
  if (nameFrom === nameTo || source[equals] !== EQUALS) {
    throw malformed('every parameter is written name="value", separated by commas');
  }
  const quote = skipBlanks(bytes, equals + 1);
  if (quote === end || source[quote] !== QUOTE)
    throw malformed('every value stands in double quotes', named(bytes, nameFrom, nameTo));
  return quote;
}

/** The place of the comma behind a value, or the end. @param quote where the value ends */
function behindValue(bytes: ParameterBytes, nameFrom: number, nameTo: number, quote: number): number {
  if (quote === bytes.end) throw malformed('a value lacks its closing quote', named(bytes, nameFrom, nameTo));
  const next = skipBlanks(bytes, quote + 1);
  if (next < bytes.end && bytes.source[next] !== COMMA)
    throw malformed('parameters are separated by commas', named(bytes, nameFrom, nameTo));
  return next;
}

/** Moves past blanks; no further than to the sign at the end. */
function skipBlanks({ source }: ParameterBytes, from: number): number {
  let at = from;
  while (isBlank(source[at]!)) at += 1;
  return at;
}

/** Moves past commas too: a list may have empty elements. */
function nextElement({ source }: ParameterBytes, from: number): number {
  let at = from;
  while (source[at] === COMMA || isBlank(source[at]!)) at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

const REALM = new TextEncoder().encode('realm');

function isRealm(source: Uint8Array, from: number, to: number): boolean {
  return to - from === REALM.length && REALM.every((byte, index) => source[from + index] === byte);
}

/** A backslash is refused: the header's grammar would drop it, percent-encoding would keep it. */
const MALFORMED_VALUE = 'a value must be percent-encoded, and each "%" needs two hexadecimal digits';

function malformed(fault: string, rejected?: readonly string[]): Problem {
  const advice = `The Authorization header is malformed: ${fault}.`;
  return new Problem('parameter_rejected', rejected === undefined ? { advice } : { advice, rejected });
}

/** Names a parameter in a refusal if the name is short enough to be one. */
function named(bytes: ParameterBytes, from: number, to: number): readonly string[] | undefined {
  return to - from <= 64 ? [bytes.sourceText(from, to)] : undefined;
}
