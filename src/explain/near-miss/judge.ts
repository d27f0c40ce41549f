/**
 * Whether a way of signing gives the signature that was sent, or the text that the client says it signed. What is
 * compared with is the client's; nothing that was computed here leaves this file but yes or no.
 */
import {
  constants,
  createHmac,
  hash,
  type KeyObject,
  publicDecrypt,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { equalInConstantTime } from '../../base/index.ts';
import type { SigningMistake } from '../mistake-code.ts';
import type { Attempt, Digest } from './attempt.ts';
import { readSignature, type SignatureReading } from './signature-spellings.ts';

/** A match: with the mistake in writing the signature, when there is one. */
export interface Match {
  readonly spelling: SigningMistake | null;
}

/** Judges attempts. */
export interface Judge {
  /** Null when the attempt does not give what was sent. */
  judge(attempt: Attempt, baseString: string): Match | null;
}

/** Dear operations on a public key that one explanation may cost at most. */
const MOST_RSA_OPERATIONS = 60;

/** Beginning of the block that RSA signs, before the digest itself. @see RFC 8017 s9.2 note 1 */
const DIGEST_PREFIXES: Readonly<Record<Digest, string>> = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
  sha512: '3051300d060960864801650304020305000440',
};

/** Judges by the text that the client printed. */
export function judgeByText(printed: string): Judge {
  return { judge: (_attempt, baseString) => (baseString === printed ? { spelling: null } : null) };
}

/** Judges by an HMAC or PLAINTEXT signature. */
export function judgeBySecret(signature: string): Judge {
  const readings = readSignature(signature);
  return {
    judge: ({ key, digest, scheme, hashedFirst }, baseString) => {
      if (key.kind !== 'secret') return null;
      if (scheme === 'plain' || digest === null) return findText(readings, key.key);
      const bytes = createHmac(digest, key.key)
        .update(messageOf(baseString, digest, hashedFirst))
        .digest();
      return findBytes(readings, bytes);
    },
  };
}

/**
 * Judges by an RSA signature. What the key recovers from the signature says which digest of which text was signed, so
 * one operation with the key serves all attempts, and each further one costs a digest only.
 */
export function judgeByPublicKey(signature: string): Judge {
  const keys = new Map<string, RecoveredSignature[]>();
  let pssLeft = MOST_RSA_OPERATIONS;

  function recover(id: string, key: KeyObject): RecoveredSignature[] {
    const known =
      keys.get(id) ?? longReadings(signature).map((one) => ({ ...one, block: blockOf(one.bytes, key) }));
    keys.set(id, known);
    return known;
  }

  function fits(
    { digest, scheme, hashedFirst, key }: Attempt,
    one: RecoveredSignature,
    text: string,
  ): boolean {
    if (digest === null || key.kind !== 'public-key') return false;
    if (scheme !== 'pss')
      return one.block !== null && isBlockOf(one.block, digest, scheme, messageOf(text, digest, hashedFirst));
    if (one.block !== null || pssLeft === 0) return false;
    pssLeft -= 1;
    return isPss(one.bytes, digest, key.key, text);
  }

  return {
    judge: (attempt, baseString) => {
      if (attempt.key.kind !== 'public-key') return null;
      const found = recover(attempt.key.id, attempt.key.key).find((one) => fits(attempt, one, baseString));
      return found === undefined ? null : { spelling: found.mistake };
    },
  };
}

/** A reading of the signature with what the public key recovers from it; null when that is no signed block. */
interface RecoveredSignature extends SignatureReading {
  readonly block: string | null;
}

/** Readings long enough for the shortest key that is accepted. */
function longReadings(signature: string): SignatureReading[] {
  return readSignature(signature).filter(({ bytes }) => bytes.length >= 128);
}

function isBlockOf(
  block: string,
  digest: Digest,
  scheme: Attempt['scheme'],
  message: string | Buffer,
): boolean {
  const prefix = scheme === 'bare-digest' ? '' : DIGEST_PREFIXES[digest];
  if (!block.startsWith(prefix)) return false;
  const signed = hash(digest, message, 'hex');
  return block === prefix + signed || (scheme === 'bare-digest' && block === hexOf(signed));
}

function isPss(signature: Buffer, digest: Digest, key: KeyObject, baseString: string): boolean {
  const options = {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  };
  return verify(digest, Buffer.from(baseString), options, signature);
}

/** Whether a signature was made by the private key of this public one at all, whatever it signed. */
export function isMadeByKey(signature: string, key: KeyObject): boolean {
  return longReadings(signature).some(({ bytes }) => blockOf(bytes, key) !== null);
}

function messageOf(baseString: string, digest: Digest, hashedFirst: Attempt['hashedFirst']): string | Buffer {
  if (hashedFirst === 'no') return baseString;
  return hashedFirst === 'hex' ? hash(digest, baseString, 'hex') : hash(digest, baseString, 'buffer');
}

/** The signed block in hexadecimal digits; null when the signature is not one of this key with that padding. */
function blockOf(signature: Buffer, key: KeyObject): string | null {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).toString('hex');
  } catch {
    return null;
  }
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}

function findBytes(readings: readonly SignatureReading[], bytes: Buffer): Match | null {
  for (const reading of readings) {
    if (reading.bytes.length === bytes.length && timingSafeEqual(reading.bytes, bytes))
      return { spelling: reading.mistake };
  }
  return null;
}

function findText(readings: readonly SignatureReading[], key: string | Buffer): Match | null {
  if (typeof key !== 'string') return null;
  for (const { text, mistake } of readings) {
    if (text !== '' && equalInConstantTime(text, key)) return { spelling: mistake };
  }
  return null;
}
