/** Recognises private keys that were pasted where they do not belong, so that no field stores or repeats one. */
import { KeyRefused, parsePublicKey } from '../model/index.ts';

/** No private key that anybody still uses is shorter. */
const LEAST_LENGTH = 40;

/** Whether a text is a private key in any form that the key reader knows, or contains one in PEM. */
export function holdsPrivateKey(text: string): boolean {
  if (text.length < LEAST_LENGTH) return false;
  if (/PRIVATE KEY/u.test(text)) return true;
  try {
    parsePublicKey(text, 0);
    return false;
  } catch (error) {
    return error instanceof KeyRefused && error.code === 'private-key';
  }
}
