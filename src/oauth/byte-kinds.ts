/**
 * What a byte means where it stands: one table for each place that a name or a value can have. What may stand there as
 * it is, what ends it and what has to be encoded differs from place to place (RFC 5849 s3.4.1.3.1, s3.5.1); how it is
 * encoded never does (s3.6).
 */
import { STANDS_FOR_ITSELF } from './percent-encoding.ts';

/** Ends the name or value. */
export const ENDS = 0;
/** Stands for itself. */
const PLAIN = 1;
/** Begins an escape. */
export const ESCAPE = 2;
/** Is how forms write a space. */
export const SPACE_SIGN = 3;
/** Would belong to the byte behind it: a backslash between quotes, which no parameter may have. */
export const PAIRED = 4;
/** Is meant as it is, and has to be encoded. */
const ENCODED = 5;

const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => byte);

function kinds(others: Readonly<Record<string, number>>): Uint8Array {
  const usual = EVERY_BYTE.map((byte) => (STANDS_FOR_ITSELF[byte] === 1 ? PLAIN : ENCODED));
  return Uint8Array.from(usual, (kind, byte) => others[String.fromCharCode(byte)] ?? kind);
}

/** The value of a query's or a form's parameter; an equals sign in it means itself. */
export const FORM_VALUE = kinds({ '%': ESCAPE, '+': SPACE_SIGN, '&': ENDS });

/** The name before it. */
export const FORM_NAME = kinds({ '%': ESCAPE, '+': SPACE_SIGN, '&': ENDS, '=': ENDS });

/** What stands between quotes in the Authorization header. */
export const HEADER_VALUE = kinds({ '%': ESCAPE, '"': ENDS, '\\': PAIRED });

/** The name before them: nothing but what is visible in ASCII. */
export const HEADER_NAME = kinds({ '%': ESCAPE, '"': ENDS, ',': ENDS, '=': ENDS }).map((kind, byte) =>
  byte > 0x20 && byte < 0x7f ? kind : ENDS,
);

/** Ends a text in UTF-8, in which it never occurs. */
export const NEVER_IN_TEXT = 0xff;

/** A text that is not encoded yet, up to that byte. */
export const TEXT = kinds({ [String.fromCharCode(NEVER_IN_TEXT)]: ENDS });

/** Value of each hexadecimal digit; for any other byte so much that no escape with it comes to a byte. */
export const HEX_VALUES = Uint16Array.from(EVERY_BYTE, (byte) => {
  const character = String.fromCharCode(byte);
  return /[\dA-Fa-f]/.test(character) ? Number.parseInt(character, 16) : 0x1000;
});
