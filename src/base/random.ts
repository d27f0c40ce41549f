/**
 * Unpredictable text for tokens, secrets, verifiers and identifiers. The source of bytes is handed in;
 * every alphabet is drawn from without bias.
 */

/** Gives cryptographically strong random bytes. */
export interface RandomSource {
  bytes(length: number): Uint8Array;
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits that nobody confuses when reading aloud or typing: no 0 O 1 I L U V. */
const UNAMBIGUOUS = '23456789ABCDEFGHJKMNPQRSTWXYZ';

const DIGITS = '0123456789';

/** Random letters and digits: the only characters that every OAuth library carries unharmed. */
export function randomAlphanumeric(random: RandomSource, length: number): string {
  return draw(random, ALPHANUMERIC, length);
}

/** Random characters that a person can read from one screen and type on another. */
export function randomTypeable(random: RandomSource, length: number): string {
  return draw(random, UNAMBIGUOUS, length);
}

/** Random decimal digits. */
export function randomDigits(random: RandomSource, length: number): string {
  return draw(random, DIGITS, length);
}

/** Draws evenly: a byte beyond the last whole multiple of the alphabet is thrown away, never folded. */
function draw(random: RandomSource, alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length - text.length + 8)) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
