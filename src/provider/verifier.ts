/**
 * Verifiers: what shows that the person who approved and the consumer that exchanges are in touch. Short ones are
 * typed by people, who change case and add blanks; those differences do not count. @see RFC 5849 s2.2
 */
import { sha256Hex } from '../base/index.ts';

/** Wrong tries after which a request token is destroyed. */
export const VERIFIER_TRIES = 5;

/** Longest verifier that was made for typing, with the blanks and hyphens people put in. */
const LONGEST_TYPED = 16;

/** What is stored of a verifier. */
export function verifierHash(verifier: string): string {
  return sha256Hex(verifier);
}

/** What may be stored of a verifier that came: as it was sent, and as a person may have meant what they typed. */
export function verifierReadings(verifier: string): string[] {
  const asSent = verifierHash(verifier);
  if (verifier.length > LONGEST_TYPED) return [asSent];
  return [asSent, verifierHash(verifier.replaceAll(/[\s-]/g, '').toUpperCase())];
}
