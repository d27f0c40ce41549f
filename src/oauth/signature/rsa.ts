/**
 * RSASSA-PKCS1-v1_5 (RFC 5849 s3.4.3, and the same with newer digests), signature in base64. That a key is fit for
 * use (exponent, size) is decided where keys are read; that it is an RSA key at all is checked here once more,
 * because `node:crypto` would verify with whatever key it is given.
 */
import { constants, createSign, createVerify, type KeyObject } from 'node:crypto';
import type { Digest } from './method.ts';

/**
 * The signature in base64.
 * @throws {TypeError} when the key is not an RSA private key
 */
export function signRsa(digest: Digest, baseString: string, privateKey: KeyObject): string {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'rsa') {
    throw new TypeError('RSA methods sign with an RSA private key.');
  }
  return createSign(digest)
    .update(baseString)
    .sign({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, 'base64');
}

/** Whether a signature was made by the private key that belongs to this public one. */
export function verifyRsa(
  digest: Digest,
  baseString: string,
  signature: string,
  publicKey: KeyObject,
): boolean {
  if (publicKey.type !== 'public' || publicKey.asymmetricKeyType !== 'rsa') return false;
  const bytes = Buffer.from(signature, 'base64');
  // Decoding skips over whatever is not base64; a signature has one spelling, and only that one counts.
  if (bytes.toString('base64') !== signature) return false;
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING };
  // The one-shot `verify` does the same, with more around it.
  return createVerify(digest).update(baseString).verify(key, bytes);
}
