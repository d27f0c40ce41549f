/** Recognises private keys that were pasted where they do not belong, so that no field stores or repeats one. */
import { type KeyRefusal, KeyRefused, parsePublicKey } from '../model/index.ts';

/** No private key that anybody still uses is shorter. */
const LEAST_LENGTH = 40;

/** What a text about private keys lacks, and a text with one has: its armour, or much of it without a blank. */
const KEY_MATERIAL = /BEGIN [A-Z0-9 ]{0,40}PRIVATE\s+KEY|PRIVATE\s+KEY\s*-|[A-Za-z0-9+/_-]{40}/iu;

/** Whether a text is a private key in any form that the key reader knows, or contains one in PEM. */
export function holdsPrivateKey(text: string): boolean {
  if (text.length < LEAST_LENGTH || whyNoPublicKey(text) !== 'private-key') return false;
  const isProse = /private/iu.test(text) && !KEY_MATERIAL.test(text);
  return !isProse;
}

/**
 * Whether the text of a public-key field has to be kept from sight: it is a private key, or nothing that can be read
 * and long enough to be one in a form that nobody thought of.
 */
export function mayBePrivateKey(text: string): boolean {
  if (text.length < LEAST_LENGTH) return false;
  const refusal = whyNoPublicKey(text);
  return refusal === 'private-key' || refusal === 'not-a-key';
}

/** Null: it is a public key that may be used. */
function whyNoPublicKey(text: string): KeyRefusal | null {
  try {
    parsePublicKey(text, 0);
    return null;
  } catch (error) {
    if (error instanceof KeyRefused) return error.code;
    throw error;
  }
}
