/**
 * PLAINTEXT (RFC 5849 s3.4.4): the secrets themselves. It protects nothing of the request, so the provider allows it
 * only to consumers marked for it and over connections that nobody reads.
 */
import { equalInConstantTime } from '../../base/index.ts';
import type { SharedSecrets } from './method.ts';
import { secretPair } from './secret-pair.ts';

/** The signature: both secrets, encoded once; its carrier encodes it once more. */
export function signPlaintext(secrets: SharedSecrets): string {
  return secretPair(secrets);
}

/** Whether a signature, decoded from its carrier, is this pair of secrets. */
export function verifyPlaintext(signature: string, secrets: SharedSecrets): boolean {
  return equalInConstantTime(secretPair(secrets), signature);
}
