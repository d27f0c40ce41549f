/** The signature methods and the two families they belong to: one needs a shared secret, the other a key pair. */

/** Names of the methods as they stand in `oauth_signature_method`. */
export const SIGNATURE_METHODS = [
  'HMAC-SHA1',
  'HMAC-SHA256',
  'HMAC-SHA512',
  'RSA-SHA1',
  'RSA-SHA256',
  'RSA-SHA512',
  'PLAINTEXT',
] as const;

/** A signature method. */
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** What a method needs to sign and to verify. */
export type MethodFamily = 'shared-secret' | 'rsa';

/** A digest that a method is built on, by the name `node:crypto` knows it under. */
export type Digest = 'sha1' | 'sha256' | 'sha512';

/** Secrets of the shared-secret methods, as text. @see RFC 5849 s3.4.2, s3.4.4 */
export interface SharedSecrets {
  readonly consumerSecret: string;
  /** Empty before there is a token. */
  readonly tokenSecret: string;
}

const NAMES: ReadonlySet<string> = new Set(SIGNATURE_METHODS);

/** Whether a text names a signature method; names are case-sensitive. */
export function isSignatureMethod(text: string): text is SignatureMethod {
  return NAMES.has(text);
}
