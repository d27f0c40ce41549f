/**
 * Verifying a message's signature (RFC 5849 s3.2) with the key of the consumer it names. The key decides the family
 * of methods; the method that the sender names only picks within it. Says nothing about nonce, time or token.
 */
import type { KeyObject } from 'node:crypto';
import { signatureBaseString } from './base-string.ts';
import type { OAuthMessage } from './message.ts';
import { findAlgorithm } from './signature/algorithms.ts';
import type { SharedSecrets } from './signature/method.ts';

/** What a consumer's signature is verified with. */
export type VerificationKey =
  | { readonly kind: 'public-key'; readonly key: KeyObject }
  | ({ readonly kind: 'shared-secret' } & SharedSecrets);

/**
 * Whether the message was signed by who holds the key. False also when there is no signature, when the method is
 * unknown or of the other family, and for an empty consumer secret: nobody is ever known by the absence of one.
 */
export function verifySignature(message: OAuthMessage, key: VerificationKey): boolean {
  const algorithm = findAlgorithm(message.protocol.signatureMethod);
  const signature = message.protocol.signature;
  if (algorithm === undefined || signature === undefined) return false;
  if (key.kind === 'public-key') {
    return algorithm.family === 'rsa' && algorithm.verify(signatureBaseString(message), signature, key.key);
  }
  if (algorithm.family !== 'shared-secret' || key.consumerSecret === '') return false;
  return algorithm.verify(signatureBaseString(message), signature, key);
}
