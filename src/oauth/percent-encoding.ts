/**
 * Percent-encoding (RFC 5849 s3.6): the one canonical spelling in which names and values are kept, compared and signed.
 * Whatever arrives is brought into it byte by byte, without passing through text: two pieces come out equal
 * exactly if their bytes are, so `%FF` and `%FE`, which both decode to U+FFFD, can never stand for one another.
 * Text on the wire is a string whose characters are bytes (U+0000 to U+00FF), as `node:http` and latin-1 decoding give it.
 */
import { Problem } from './problem.ts';

const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';

/** Canonical spelling of each byte: itself if it is unreserved, `%XX` otherwise. */
const SPELLING: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return UNRESERVED.includes(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** 1 for each byte that stands for itself, 0 for the others. */
export const STANDS_FOR_ITSELF: Uint8Array = Uint8Array.from(SPELLING, (spelling) =>
  spelling.length === 1 ? 1 : 0,
);

const PERCENT = 0x25;
const PLUS = 0x2b;
/** Letters from here on are lower-case. */
const LOWER_CASE = 0x61;

/**
 * Canonical form of a text's UTF-8 bytes. An unpaired surrogate, which has no UTF-8 form, counts as U+FFFD.
 * @see RFC 5849 s3.6
 */
export function encodePercent(text: string): string {
  if (isUnreserved(text)) return text;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (mark) => SPELLING[mark.charCodeAt(0)]!);
}

/**
 * The text that a percent-encoded form stands for.
 * @throws {Problem} parameter_rejected when an escape is malformed or the bytes are not UTF-8
 */
export function decodePercent(encoded: string): string {
  if (!encoded.includes('%')) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    throw new Problem('parameter_rejected', { advice: 'A percent-encoded value is not valid UTF-8.' });
  }
}

/** Canonical form of bytes that are meant literally: a `%` among them is a character like any other. */
export function encodeWireBytes(wire: string): string {
  let encoded = '';
  let run = 0;
  for (let at = 0; at < wire.length; at++) {
    const code = wire.charCodeAt(at);
    if (code <= 0x7e && STANDS_FOR_ITSELF[code] === 1) continue;
    encoded += wire.slice(run, at) + (SPELLING[code] ?? encodePercent(wire[at]!));
    run = at + 1;
  }
  return run === 0 ? wire : encoded + wire.slice(run);
}

/**
 * Canonical form of a piece as it was sent, with its escapes undone first; null if an escape is malformed or a
 * character is no byte. `plusIsSpace` is for queries and form bodies, never for the Authorization header.
 * @see RFC 5849 s3.4.1.3.1
 */
export function canonicalise(piece: string, plusIsSpace: boolean): string | null {
  const start = canonicalEnd(piece, 0);
  if (start === piece.length) return piece;
  let encoded = piece.slice(0, start);
  for (let at = start; at < piece.length; at++) {
    let byte = piece.charCodeAt(at);
    if (byte === PERCENT) {
      byte = hexPair(piece, at + 1);
      at += 2;
    } else if (byte === PLUS && plusIsSpace) byte = 0x20;
    const spelling = SPELLING[byte];
    if (spelling === undefined) return null;
    encoded += spelling;
  }
  return encoded;
}

/** Canonical form of what was percent-encoded twice. */
export function encodedOnce(text: string): string {
  return text.includes('%') ? text.replaceAll('%25', '%') : text;
}

/** Where what is canonical as it stands ends, from a place on: nearly always at the end. */
function canonicalEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 0x7e && STANDS_FOR_ITSELF[code] === 1) at += 1;
    else if (code === PERCENT && isCanonicalEscape(text, at)) at += 3;
    else return at;
  }
  return at;
}

/** Whether the escape there is spelt as the canonical form would spell it: needed, and in upper case. */
function isCanonicalEscape(piece: string, at: number): boolean {
  const byte = hexPair(piece, at + 1);
  if (byte < 0 || STANDS_FOR_ITSELF[byte] === 1) return false;
  return piece.charCodeAt(at + 1) < LOWER_CASE && piece.charCodeAt(at + 2) < LOWER_CASE;
}

/** Whether every character of the text stands for itself: true of nearly all that is ever sent. */
function isUnreserved(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7e || STANDS_FOR_ITSELF[code] === 0) return false;
  }
  return true;
}

/** Value of two hexadecimal digits, or -1 if there are none at that place. */
function hexPair(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Value of one hexadecimal digit, or -1; past the end of the text `code` is NaN, which is none. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const upper = code & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}
