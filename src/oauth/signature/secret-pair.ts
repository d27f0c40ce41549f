/**
 * Both secrets in one text: the key of the HMAC methods and the whole signature of PLAINTEXT. Each is encoded first,
 * so that no other pair of secrets gives the same text. The ampersand stands even if there is no token secret.
 * @see RFC 5849 s3.4.2, s3.4.4
 */
import { encodePercent } from '../percent-encoding.ts';
import type { SharedSecrets } from './method.ts';

/** `consumer secret & token secret`, each percent-encoded. */
export function secretPair(secrets: SharedSecrets): string {
  return `${encodePercent(secrets.consumerSecret)}&${encodePercent(secrets.tokenSecret)}`;
}
