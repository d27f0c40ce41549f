/** Bytes and the few texts made of them that several modules need: comparison, digests, base64. */
import { hash, timingSafeEqual } from 'node:crypto';

/** No bytes at all. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);

/**
 * Whether two texts are equal, in a time that depends on their lengths only. Use it wherever one of the two
 * is a secret or is derived from one.
 */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

/** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}
