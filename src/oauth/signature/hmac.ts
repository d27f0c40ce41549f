/** HMAC (RFC 5849 s3.4.2): the base string's digest under both secrets, in base64. */
import { createHmac } from 'node:crypto';
import { equalInConstantTime } from '../../base/index.ts';
import type { Digest, SharedSecrets } from './method.ts';
import { secretPair } from './secret-pair.ts';

/** The signature in base64. */
export function signHmac(digest: Digest, baseString: string, secrets: SharedSecrets): string {
  return createHmac(digest, secretPair(secrets)).update(baseString).digest('base64');
}

/** Whether a signature is the one that these secrets give. Compared as text: each digest has one right spelling. */
export function verifyHmac(
  digest: Digest,
  baseString: string,
  signature: string,
  secrets: SharedSecrets,
): boolean {
  return equalInConstantTime(signHmac(digest, baseString, secrets), signature);
}
