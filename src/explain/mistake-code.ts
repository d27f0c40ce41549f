/**
 * The closed list of mistakes that clients, proxies and settings make, by code. Each has a page of the same name, a
 * title and an advice in every language, and either a transformation under which the signature fits
 * (`near-miss/`) or a sign that shows without any signature (`evident-mistakes.ts`).
 */

/** Found by signing anew: the signature fits when exactly this was done otherwise. Most frequent first in each layer. */
export const SIGNING_MISTAKES = [
  // the address
  'signed-http-for-https',
  'signed-https-for-http',
  'signed-seen-host',
  'signed-other-loopback-name',
  'signed-other-www',
  'host-not-lower-case',
  'default-port-signed',
  'port-not-signed',
  'other-port-signed',
  'path-prefix-not-signed',
  'path-prefix-signed',
  'trailing-slash',
  'double-slash',
  'path-decoded',
  'path-encoded-again',
  'path-escapes-other-case',
  'path-normalised',
  'path-lower-case',
  'path-only-signed',
  'query-in-address',
  // the method
  'head-and-get',
  'other-method-signed',
  'method-lower-case',
  // which parameters
  'query-not-signed',
  'query-lost',
  'form-not-signed',
  'form-type-missing',
  'json-as-form',
  'empty-token-not-signed',
  'empty-token-signed',
  'version-not-signed',
  'version-signed-not-sent',
  'token-not-signed',
  'callback-not-signed',
  'verifier-not-signed',
  'body-hash-not-signed',
  'realm-signed',
  'signature-signed',
  'duplicates-dropped',
  'empty-values-dropped',
  'array-brackets',
  'parameter-added',
  'protocol-parameters-not-signed',
  // their order
  'parameters-unsorted',
  'sorted-by-decoded-value',
  'sorted-as-pairs',
  'sorted-ignoring-case',
  'sorted-by-name-only',
  // their encoding
  'encoded-twice',
  'query-signed-raw',
  'plus-signed-literally',
  'space-as-plus',
  'values-not-encoded',
  'parameters-encoded-once',
  'lower-case-hex',
  'marks-not-encoded',
  'tilde-encoded',
  'latin1-encoding',
  'unicode-form',
  'address-not-encoded',
  'callback-encoding',
  'base-string-newline',
  // the key
  'token-secret-missing',
  'ampersand-missing',
  'secret-with-newline',
  'secret-with-blanks',
  'secret-trimmed',
  'secret-quoted',
  'key-not-encoded',
  'key-encoded-twice',
  'secrets-swapped',
  'consumer-secret-twice',
  'consumer-key-for-secret',
  'token-for-secret',
  'secret-base64-decoded',
  'secret-hex-decoded',
  'old-credential',
  // the algorithm
  'other-digest',
  'hashed-twice',
  'rsa-pss',
  'rsa-bare-digest',
  'plaintext-signature',
  // how the signature is written
  'signature-hex',
  'signature-base64-of-hex',
  'signature-base64url',
  'signature-unpadded',
  'signature-encoded-twice',
  'signature-plus-lost',
] as const;

/** Found by looking: no signature has to be made to know them. */
export const EVIDENT_MISTAKES = [
  'authorization-missing',
  'other-authorization-scheme',
  'parameters-in-two-places',
  'signature-line-breaks',
  'clock-milliseconds',
  'clock-time-zone',
  'clock-skew',
  'nonce-repeated',
  'method-of-other-family',
  'method-name-misspelt',
  'plaintext-not-allowed',
  'plaintext-unprotected',
  'consumer-key-blanks',
  'callback-missing',
  'verifier-missing',
  'request-token-for-access-token',
  'body-changed',
  'body-hash-of-other-bytes',
] as const;

/** Code of a mistake found by the near-miss search. */
export type SigningMistake = (typeof SIGNING_MISTAKES)[number];

/** Code of a mistake that shows by itself. */
export type EvidentMistake = (typeof EVIDENT_MISTAKES)[number];

/** Code of a mistake. */
export type MistakeCode = SigningMistake | EvidentMistake;
