/**
 * What may be shown of a credential: enough to recognise it and to judge its strength, never enough to use it.
 */
import { type ConsumerCredential, type PublicKeyFacts, publicKeyFacts } from '../model/index.ts';

/** Why a credential is weaker than it should be. */
export type Weakness = PublicKeyFacts['weaknesses'][number] | 'short-secret';

/** A public key, as it is shown. */
export interface KeyFacts {
  readonly kind: 'public-key';
  readonly bits: number;
  /** SHA-256 of the DER SubjectPublicKeyInfo, in hexadecimal. */
  readonly fingerprint: string;
  /** SubjectPublicKeyInfo in PEM. */
  readonly pem: string;
  /** Dates (seconds since 1970) and signature algorithm of the certificate that it came in, if it did. */
  readonly certificate: {
    readonly notBefore: number | null;
    readonly notAfter: number | null;
    readonly signature: string | null;
  } | null;
  readonly weaknesses: readonly Weakness[];
}

/** A shared secret, as it is shown. */
export interface SecretFacts {
  readonly kind: 'shared-secret';
  /** Its last four characters, to recognise it by; null if it is too short to give any away. */
  readonly ending: string | null;
  readonly weaknesses: readonly Weakness[];
}

export type CredentialFacts = KeyFacts | SecretFacts;

/** Shorter secrets can be guessed offline by whoever sees one signed request. */
const STRONG_SECRET_LENGTH = 20;

/** What may be shown of a credential. @param now seconds since 1970, against which certificates are dated */
export function credentialFacts(credential: ConsumerCredential, now: number): CredentialFacts {
  if (credential.kind === 'shared-secret') return secretFacts(credential.secret.reveal());
  const facts = publicKeyFacts(credential.spki, credential.certificate, now);
  const { notBefore, notAfter, certificateSignature: signature } = facts;
  return {
    kind: 'public-key',
    bits: facts.bits,
    fingerprint: facts.fingerprint,
    pem: publicKeyPem(facts.spki),
    certificate: facts.certificate === null ? null : { notBefore, notAfter, signature },
    weaknesses: facts.weaknesses,
  };
}

/** A public key in PEM. @param spki DER SubjectPublicKeyInfo in base64 */
export function publicKeyPem(spki: string): string {
  const lines = spki.match(/.{1,64}/gu) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

function secretFacts(secret: string): SecretFacts {
  const isStrong = secret.length >= STRONG_SECRET_LENGTH;
  return {
    kind: 'shared-secret',
    ending: isStrong ? secret.slice(-4) : null,
    weaknesses: isStrong ? [] : ['short-secret'],
  };
}
