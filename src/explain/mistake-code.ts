/**
 * The closed list of mistakes that clients, proxies and settings make, by code. Each has a page of the same name, a
 * title and an advice in every language, and either a transformation under which the signature fits
 * (`near-miss/`) or a sign that shows without any signature (`evident-mistakes.ts`). They stand by what they are about,
 * as pages and documents list them.
 */

/** Found by signing anew: the signature fits when exactly this was done otherwise. Most frequent first in each group. */
const BY_SIGNING = {
  address: [
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
  ],
  method: ['head-and-get', 'other-method-signed', 'method-lower-case'],
  parameters: [
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
  ],
  order: [
    'parameters-unsorted',
    'sorted-by-decoded-value',
    'sorted-as-pairs',
    'sorted-ignoring-case',
    'sorted-by-name-only',
  ],
  encoding: [
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
  ],
  key: [
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
  ],
  algorithm: ['other-digest', 'hashed-twice', 'rsa-pss', 'rsa-bare-digest', 'plaintext-signature'],
  writing: [
    'signature-hex',
    'signature-base64-of-hex',
    'signature-base64url',
    'signature-unpadded',
    'signature-encoded-twice',
    'signature-plus-lost',
  ],
} as const;

/** Found by looking: no signature has to be made to know them. */
const BY_LOOKING = {
  request: [
    'authorization-missing',
    'other-authorization-scheme',
    'parameters-in-two-places',
    'signature-line-breaks',
    'consumer-key-blanks',
    'callback-missing',
    'verifier-missing',
    'request-token-for-access-token',
  ],
  clock: ['clock-milliseconds', 'clock-time-zone', 'clock-skew', 'nonce-repeated'],
  algorithm: [
    'method-of-other-family',
    'method-name-misspelt',
    'plaintext-not-allowed',
    'plaintext-unprotected',
  ],
  parameters: ['body-changed', 'body-hash-of-other-bytes'],
} as const;

/** Code of a mistake found by the near-miss search. */
export type SigningMistake = (typeof BY_SIGNING)[keyof typeof BY_SIGNING][number];

/** Code of a mistake that shows by itself. */
export type EvidentMistake = (typeof BY_LOOKING)[keyof typeof BY_LOOKING][number];

/** Code of a mistake. */
export type MistakeCode = SigningMistake | EvidentMistake;

/** What a mistake is about. */
export type MistakeGroup = keyof typeof BY_SIGNING | keyof typeof BY_LOOKING;

/** Mistakes of the near-miss search. */
export const SIGNING_MISTAKES: readonly SigningMistake[] = Object.values(BY_SIGNING).flat();

/** Mistakes that show by themselves. */
export const EVIDENT_MISTAKES: readonly EvidentMistake[] = Object.values(BY_LOOKING).flat();

const GROUPS = [...new Set([...Object.keys(BY_SIGNING), ...Object.keys(BY_LOOKING)])] as MistakeGroup[];

/** Mistakes by what they are about: what is signed, in the order of the base string, with what, and what is sent beside. */
export function groupMistakes(
  codes: readonly MistakeCode[],
): readonly (readonly [group: MistakeGroup, codes: readonly MistakeCode[]])[] {
  const inGroup = (group: MistakeGroup): ReadonlySet<MistakeCode> =>
    new Set(
      [BY_SIGNING, BY_LOOKING].flatMap(
        (mistakes: Partial<Record<MistakeGroup, readonly MistakeCode[]>>) => mistakes[group] ?? [],
      ),
    );
  const groups = GROUPS.map((group) => [group, codes.filter((code) => inGroup(group).has(code))] as const);
  return groups.filter(([, found]) => found.length > 0);
}
