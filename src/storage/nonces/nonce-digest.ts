/** One digest per consumer, token and nonce: lengths are hashed too, so no two triples can read the same. */
import { hash } from 'node:crypto';

/** SHA-256 as latin1 text, one character a byte; who stores it may keep the first 16 (128 bits). */
export function nonceDigest(consumerKey: string, token: string, nonce: string): string {
  return hash('sha256', `${consumerKey.length}:${token.length}:${consumerKey}${token}${nonce}`, 'latin1');
}
