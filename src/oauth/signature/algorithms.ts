/**
 * Which algorithm each signature method is. A closed map: the sender's text selects a row or none, and the row's
 * family must be that of the key at hand, so a public key can never be used as an HMAC secret or the other way round.
 */
import type { KeyObject } from 'node:crypto';
import { signHmac, verifyHmac } from './hmac.ts';
import type { Digest, MethodFamily, SharedSecrets, SignatureMethod } from './method.ts';
import { signPlaintext, verifyPlaintext } from './plaintext.ts';
import { signRsa, verifyRsa } from './rsa.ts';

interface SharedSecretAlgorithm {
  readonly family: 'shared-secret';
  readonly digest: Digest | null;
  sign(baseString: string, secrets: SharedSecrets): string;
  verify(baseString: string, signature: string, secrets: SharedSecrets): boolean;
}

interface RsaAlgorithm {
  readonly family: 'rsa';
  readonly digest: Digest;
  sign(baseString: string, privateKey: KeyObject): string;
  verify(baseString: string, signature: string, publicKey: KeyObject): boolean;
}

/** What signs and verifies under one method. */
export type SignatureAlgorithm = SharedSecretAlgorithm | RsaAlgorithm;

const BY_NAME = {
  'HMAC-SHA1': hmac('sha1'),
  'HMAC-SHA256': hmac('sha256'),
  'HMAC-SHA512': hmac('sha512'),
  'RSA-SHA1': rsa('sha1'),
  'RSA-SHA256': rsa('sha256'),
  'RSA-SHA512': rsa('sha512'),
  PLAINTEXT: {
    family: 'shared-secret',
    digest: null,
    sign: (_baseString, secrets) => signPlaintext(secrets),
    verify: (_baseString, signature, secrets) => verifyPlaintext(signature, secrets),
  },
} as const satisfies Record<SignatureMethod, SignatureAlgorithm>;

const ALGORITHMS: readonly (readonly [string, SignatureAlgorithm])[] = Object.entries(BY_NAME);

/** The algorithm a method's name stands for; undefined for any other text. */
export function findAlgorithm(method: string | undefined): SignatureAlgorithm | undefined {
  for (let at = 0; at < ALGORITHMS.length; at += 1)
    if (ALGORITHMS[at]![0] === method) return ALGORITHMS[at]![1];
  return undefined;
}

/** Whether a method needs a shared secret or a key pair. */
export function methodFamily(method: SignatureMethod): MethodFamily {
  return BY_NAME[method].family;
}

function hmac(digest: Digest): SharedSecretAlgorithm {
  return {
    family: 'shared-secret',
    digest,
    sign: (baseString, secrets) => signHmac(digest, baseString, secrets),
    verify: (baseString, signature, secrets) => verifyHmac(digest, baseString, signature, secrets),
  };
}

function rsa(digest: Digest): RsaAlgorithm {
  return {
    family: 'rsa',
    digest,
    sign: (baseString, privateKey) => signRsa(digest, baseString, privateKey),
    verify: (baseString, signature, publicKey) => verifyRsa(digest, baseString, signature, publicKey),
  };
}
