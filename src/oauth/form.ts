/**
 * `application/x-www-form-urlencoded`, as queries and form bodies use it: reading every pair without normalising away
 * anything that was signed (RFC 5849 s3.4.1.3.1), and writing it so that every client reads it alike.
 */
import { FORM_NAME, FORM_VALUE } from './byte-kinds.ts';
import type { ParameterBytes, ParameterTaker } from './parameter-bytes.ts';
import { canonicalise, encodePercent } from './percent-encoding.ts';
import { Problem } from './problem.ts';

const FORM_MEDIA_TYPE = 'application/x-www-form-urlencoded';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;

/**
 * Reads each name and value of a query or form, in order. Empty pieces (`&&`) are no parameters; a piece without `=` is
 * a name with an empty value; an empty name counts as one.
 * @throws {Problem} parameter_rejected when a `%` is not followed by two hexadecimal digits
 */
export function readForm(form: string | Uint8Array, bytes: ParameterBytes, taker: ParameterTaker): void {
  bytes.load(form, AMPERSAND);
  const { source, end } = bytes;
  for (let at = 0; at < end; at += 1) {
    if (source[at] === AMPERSAND) continue;
    bytes.open();
    at = bytes.copy(at, FORM_NAME);
    if (bytes.isMalformed) throw malformed();
    bytes.closeName();
    const from = source[at] === EQUALS ? at + 1 : at;
    at = bytes.copy(from, FORM_VALUE);
    if (bytes.isMalformed) throw malformed();
    taker.take();
  }
}

/** Gives each raw piece between ampersands with its canonical name, null where that cannot be read. Never throws. */
export function* formPieces(form: string): Generator<{ piece: string; name: string | null }> {
  for (let start = 0; start <= form.length; ) {
    const end = endOfPiece(form, start);
    const piece = form.slice(start, end);
    const equals = piece.indexOf('=');
    yield { piece, name: canonicalise(equals === -1 ? piece : piece.slice(0, equals), true) };
    start = end + 1;
  }
}

/** Writes pairs of text as a form. Spaces become `%20`, which readers of forms and of percent-encoding agree on. */
export function writeForm(pairs: Iterable<readonly [name: string, value: string]>): string {
  return Array.from(pairs, ([name, value]) => `${encodePercent(name)}=${encodePercent(value)}`).join('&');
}

/**
 * Whether a body of this type is a form. The media type has to match as a whole: what merely contains its name is
 * something else, and a reader that is laxer than its neighbour lets unsigned parameters pass.
 * @throws {Problem} parameter_rejected when there are several Content-Types, so that the next reader might pick another
 */
export function isFormMediaType(contentTypes: readonly string[]): boolean {
  const contentType = contentTypes[0];
  if (contentType === undefined) return false;
  // The fast path: as nearly every client writes it.
  if (contentType === FORM_MEDIA_TYPE && contentTypes.length === 1) return true;
  const semicolon = contentType.indexOf(';');
  const mediaType = (semicolon === -1 ? contentType : contentType.slice(0, semicolon))
    .replace(/^[ \t]+|[ \t]+$/g, '')
    .toLowerCase();
  if (contentTypes.length > 1 || mediaType.includes(',')) {
    throw new Problem('parameter_rejected', {
      advice: 'The request has more than one Content-Type; send one.',
    });
  }
  return mediaType === FORM_MEDIA_TYPE;
}

function endOfPiece(form: string, start: number): number {
  const ampersand = form.indexOf('&', start);
  return ampersand === -1 ? form.length : ampersand;
}

function malformed(): Problem {
  return new Problem('parameter_rejected', {
    advice:
      'A "%" in the query or form is not followed by two hexadecimal digits; write a literal "%" as "%25".',
  });
}
