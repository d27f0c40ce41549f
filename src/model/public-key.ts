/**
 * A consumer's public key: which keys are good enough to verify with, and what is to be known about one.
 * `node:crypto` takes any key: with e = 1 everybody can forge, a curve key verifies under an RSA method, a giant modulus
 * stalls the process. So the policy stands here, and is asked on import and again before each key's first use.
 * How pasted text becomes a key is left to `public-key-text.ts`. Expiry of a certificate is shown, never enforced:
 * only the key in it is used.
 */
import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';

/** Why a key was refused. */
export type KeyRefusal =
  | 'private-key'
  | 'not-a-key'
  | 'not-rsa'
  | 'weak-exponent'
  | 'too-short'
  | 'too-long'
  | 'empty';

/** Least and greatest modulus, in bits. */
export const KEY_BITS = { least: 1024, greatest: 8192 } as const;

/** Public exponents below are open to forgery; ones of many digits make each verification as slow as signing. */
const LEAST_EXPONENT = 65_537n;
const GREATEST_EXPONENT = 2n ** 64n;

/** Below this many bits a key works, and is shown as weak. */
const SHORT_KEY_BITS = 2048;

const SENTENCES: Readonly<Record<KeyRefusal, string>> = {
  'private-key':
    'This is a private key. It was not kept; treat it as disclosed, and give the public key that belongs to a new one.',
  'not-a-key':
    'This is not a public key in a form that can be read: PEM, base64 DER, an X.509 certificate or a JWK.',
  'not-rsa': 'Only RSA keys can verify OAuth signatures; this key is of another kind.',
  'weak-exponent': 'The RSA public exponent must be odd, at least 65537 and below 2 to the 64th.',
  'too-short': `The RSA key is shorter than ${KEY_BITS.least} bits.`,
  'too-long': `The RSA key is longer than ${KEY_BITS.greatest} bits.`,
  empty: 'The public key is missing.',
};

/** A key that cannot be used. Its message is a sentence for people and never holds any of the input. */
export class KeyRefused extends Error {
  readonly code: KeyRefusal;

  constructor(code: KeyRefusal) {
    super(SENTENCES[code]);
    this.name = 'KeyRefused';
    this.code = code;
  }
}

/** Something about an acceptable key that its administrator should know. */
export type KeyWeakness =
  | 'short-key'
  | 'sha1-certificate'
  | 'expired-certificate'
  | 'not-yet-valid-certificate';

/** What there is to know about a public key. */
export interface PublicKeyFacts {
  /** DER SubjectPublicKeyInfo in base64: how the key is stored and published. */
  readonly spki: string;
  /** The certificate it came in, base64 DER, or null. */
  readonly certificate: string | null;
  readonly bits: number;
  readonly exponent: bigint;
  /** SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
  /** Validity of the certificate, seconds since 1970; null without one. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** Algorithm the certificate is signed with, such as `sha1WithRSAEncryption`; null without one. */
  readonly certificateSignature: string | null;
  readonly weaknesses: readonly KeyWeakness[];
}

/**
 * The facts about a stored key.
 * @param now seconds since 1970, for the certificate's validity
 * @throws {KeyRefused} when the key or the certificate cannot be read, or the key is not acceptable
 */
export function publicKeyFacts(spki: string, certificate: string | null, now: number): PublicKeyFacts {
  const key = publicKeyObject(spki);
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails!;
  const paper = certificate === null ? null : certificateFacts(certificate);
  return {
    spki,
    certificate,
    bits: modulusLength!,
    exponent: publicExponent!,
    fingerprint: createHash('sha256').update(spki, 'base64').digest('hex'),
    notBefore: paper?.notBefore ?? null,
    notAfter: paper?.notAfter ?? null,
    certificateSignature: paper?.signature ?? null,
    weaknesses: weaknessesOf(modulusLength!, paper, now),
  };
}

/**
 * The key to verify with, from its stored form. Costs some tens of microseconds: whoever verifies often keeps it.
 * @throws {KeyRefused} when it cannot be read or is not acceptable
 */
export function publicKeyObject(spki: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
  } catch {
    // The cause is left out: what fails to parse may be a secret that was pasted into the wrong field.
    throw new KeyRefused('not-a-key');
  }
  requireAcceptable(key);
  return key;
}

/**
 * The key policy.
 * @throws {KeyRefused} not-rsa, too-short, too-long or weak-exponent
 */
export function requireAcceptable(key: KeyObject): void {
  if (key.type !== 'public' || key.asymmetricKeyType !== 'rsa') throw new KeyRefused('not-rsa');
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < KEY_BITS.least) throw new KeyRefused('too-short');
  if (modulusLength > KEY_BITS.greatest) throw new KeyRefused('too-long');
  if (!hasOddModulus(key)) throw new KeyRefused('not-rsa');
  const isOdd = publicExponent % 2n === 1n;
  if (!isOdd || publicExponent < LEAST_EXPONENT || publicExponent >= GREATEST_EXPONENT) {
    throw new KeyRefused('weak-exponent');
  }
}

/** The product of two primes is odd; whoever gives another number can be forged by everybody who factors it. */
function hasOddModulus(key: KeyObject): boolean {
  const modulus = Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url');
  return (modulus.at(-1) ?? 0) % 2 === 1;
}

interface CertificateFacts {
  readonly notBefore: number;
  readonly notAfter: number;
  readonly signature: string;
}

function certificateFacts(certificate: string): CertificateFacts {
  try {
    const paper = new X509Certificate(Buffer.from(certificate, 'base64'));
    return {
      notBefore: Math.floor(paper.validFromDate.getTime() / 1000),
      notAfter: Math.floor(paper.validToDate.getTime() / 1000),
      signature: paper.signatureAlgorithm ?? paper.signatureAlgorithmOid,
    };
  } catch {
    throw new KeyRefused('not-a-key');
  }
}

function weaknessesOf(bits: number, paper: CertificateFacts | null, now: number): KeyWeakness[] {
  const weaknesses: KeyWeakness[] = [];
  if (bits < SHORT_KEY_BITS) weaknesses.push('short-key');
  if (paper === null) return weaknesses;
  if (/sha1|md5/i.test(paper.signature)) weaknesses.push('sha1-certificate');
  if (paper.notAfter < now) weaknesses.push('expired-certificate');
  if (paper.notBefore > now) weaknesses.push('not-yet-valid-certificate');
  return weaknesses;
}
