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
