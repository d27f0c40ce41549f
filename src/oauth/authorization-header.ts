/**
 * The `Authorization: OAuth …` header (RFC 5849 s3.5.1): a list of `name="value"`, read by hand in one pass without
 * backtracking. Read as HTTP reads it (scheme in any case, blanks around commas and equals signs, empty list
 * elements) and as clients send it (base64 signatures unencoded); all else is refused, because a parameter that
 * was skipped would be one that was not signed.
 */
import type { ParameterTaker } from './message.ts';
import { canonicalEnd, canonicalise } from './percent-encoding.ts';
import { Problem } from './problem.ts';

const SCHEME = 'oauth';
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/** Whether an Authorization header's value names the OAuth scheme. */
export function hasOAuthScheme(value: string): boolean {
  if (value.length > SCHEME.length && !isBlank(value.charCodeAt(SCHEME.length))) return false;
  return value.slice(0, SCHEME.length).toLowerCase() === SCHEME;
}

/**
 * Gives each parameter of a header whose scheme is OAuth, in order, name and value in canonical form, less the
 * header's own `realm`, which is not part of the signature.
 * @throws {Problem} parameter_rejected when the header is malformed
 */
export function readAuthorizationHeader(header: string, taker: ParameterTaker): void {
  const cursor = new HeaderCursor(header, SCHEME.length);
  let hasRealm = false;
  while (cursor.toNextElement()) {
    if (cursor.takeCanonical(taker)) continue;
    const name = cursor.readName();
    const quoted = cursor.readQuoted(name);
    if (name === 'realm') {
      if (hasRealm) throw malformed('it has two realm parameters', [name]);
      hasRealm = true;
    } else taker.take(canonicalName(name), canonicalValue(name, quoted));
  }
}

/** A place in the header that only ever moves forward. */
class HeaderCursor {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** Moves past blanks and commas to the next parameter; false at the end. */
  toNextElement(): boolean {
    this.#skip(true);
    return this.#at < this.#text.length;
  }

  /**
   * The fast path, which nearly all parameters take: name and value are canonical as they were sent, and nothing stands
   * between them but `="`. Takes such a parameter and moves past it; false, and no move, for any other, and for `realm`.
   */
  takeCanonical(taker: ParameterTaker): boolean {
    const text = this.#text;
    const start = this.#at;
    const nameEnd = canonicalEnd(text, start);
    if (nameEnd === start || text.charCodeAt(nameEnd) !== EQUALS) return false;
    if (text.charCodeAt(nameEnd + 1) !== QUOTE) return false;
    const valueEnd = canonicalEnd(text, nameEnd + 2);
    const next = valueEnd + 1;
    if (text.charCodeAt(valueEnd) !== QUOTE) return false;
    if (next < text.length && text.charCodeAt(next) !== COMMA) return false;
    const name = text.slice(start, nameEnd);
    if (name === 'realm') return false;
    this.#at = next;
    taker.take(name, text.slice(nameEnd + 2, valueEnd));
    return true;
  }

  /** The raw name in front of an equals sign; leaves the cursor behind that sign and the blanks around it. */
  readName(): string {
    const start = this.#at;
    while (isNameCharacter(this.#text.charCodeAt(this.#at))) this.#at++;
    const name = this.#text.slice(start, this.#at);
    this.#skip(false);
    if (name === '' || this.#text.charCodeAt(this.#at) !== EQUALS) {
      throw malformed('every parameter is written name="value", separated by commas');
    }
    this.#at++;
    this.#skip(false);
    return name;
  }

  /** What stands between the quotes, escapes and all; leaves the cursor at the comma behind it or the end. */
  readQuoted(name: string): string {
    if (this.#text.charCodeAt(this.#at) !== QUOTE)
      throw malformed('every value stands in double quotes', named(name));
    const start = this.#at + 1;
    const end = this.#closingQuote(start);
    if (end === -1) throw malformed('a value lacks its closing quote', named(name));
    const quoted = this.#text.slice(start, end);
    this.#at = end + 1;
    this.#skip(false);
    if (this.#at < this.#text.length && this.#text.charCodeAt(this.#at) !== COMMA) {
      throw malformed('parameters are separated by commas', named(name));
    }
    return quoted;
  }

  /** Where the string that starts there ends; a quote behind an odd number of backslashes does not end it. */
  #closingQuote(start: number): number {
    let quote = this.#text.indexOf('"', start);
    while (quote > start && this.#text.charCodeAt(quote - 1) === BACKSLASH) {
      let first = quote - 1;
      while (first > start && this.#text.charCodeAt(first - 1) === BACKSLASH) first--;
      if ((quote - first) % 2 === 0) break;
      quote = this.#text.indexOf('"', quote + 1);
    }
    return quote;
  }

  #skip(commasToo: boolean): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (!isBlank(code) && !(commasToo && code === COMMA)) return;
      this.#at++;
    }
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function isNameCharacter(code: number): boolean {
  return code > SPACE && code < 0x7f && code !== QUOTE && code !== COMMA && code !== EQUALS;
}

function canonicalName(name: string): string {
  const canonical = canonicalise(name, false);
  if (canonical === null) throw malformed('a "%" in a parameter name lacks its two hexadecimal digits');
  return canonical;
}

/** A backslash is refused: the header's grammar would drop it, percent-encoding would keep it. */
function canonicalValue(name: string, quoted: string): string {
  const canonical = canonicalise(quoted, false);
  if (canonical === null || (canonical !== quoted && quoted.includes('\\'))) {
    throw malformed(
      'a value must be percent-encoded, and each "%" needs two hexadecimal digits',
      named(name),
    );
  }
  return canonical;
}

function malformed(fault: string, rejected?: readonly string[]): Problem {
  const advice = `The Authorization header is malformed: ${fault}.`;
  return new Problem('parameter_rejected', rejected === undefined ? { advice } : { advice, rejected });
}

/** Names a parameter in a refusal if the name is short enough to be one. */
function named(name: string): readonly string[] | undefined {
  return name.length <= 64 ? [name] : undefined;
}
