/**
 * What the bytes of a signature may be, by the ways in which clients write them. The right one is base64 with its
 * padding; the others are told apart by their form alone, so trying them costs nothing.
 */
import type { SigningMistake } from '../mistake-code.ts';

/** Bytes that the sent text may stand for. */
export interface SignatureReading {
  /** The mistake in writing them; null for the right way. */
  readonly mistake: SigningMistake | null;
  readonly bytes: Buffer;
  /** The text that was read, for PLAINTEXT. */
  readonly text: string;
}

/** Every reading of a sent signature that makes sense, the right one first. */
export function readSignature(sent: string): readonly SignatureReading[] {
  const readings = [exactly(sent, null)];
  const withPlus = sent.replaceAll(' ', '+');
  if (withPlus !== sent) readings.push(exactly(withPlus, 'signature-plus-lost'));
  const decodedOnce = decodeLoosely(sent);
  if (decodedOnce !== sent) readings.push(exactly(decodedOnce, 'signature-encoded-twice'));
  readings.push(fromHex(sent, 'signature-hex'), fromHex(asText(sent), 'signature-base64-of-hex'));
  const standard = withPlus.replaceAll('-', '+').replaceAll('_', '/');
  const padded = standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');
  readings.push(exactly(padded, /[-_]/.test(sent) ? 'signature-base64url' : 'signature-unpadded'));
  return readings.filter((one): one is SignatureReading => one !== null);
}

/** Strict base64; null for anything else, unless it is the text as sent, which PLAINTEXT compares as it is. */
function exactly(text: string, mistake: SigningMistake | null): SignatureReading | null {
  const bytes = Buffer.from(text, 'base64');
  const isExact = bytes.length > 0 && bytes.toString('base64') === text;
  if (!isExact && mistake !== null && mistake !== 'signature-encoded-twice') return null;
  return { mistake, bytes: isExact ? bytes : Buffer.alloc(0), text };
}

function fromHex(text: string, mistake: SigningMistake): SignatureReading | null {
  return /^(?:[0-9a-f]{2}){20,1024}$/i.test(text)
    ? { mistake, bytes: Buffer.from(text, 'hex'), text: '' }
    : null;
}

/** Base64 read as text: the hexadecimal digits that were encoded in place of the bytes they stand for. */
function asText(sent: string): string {
  return Buffer.from(sent, 'base64').toString('latin1');
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
