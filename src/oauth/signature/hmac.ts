/**
 * HMAC (RFC 5849 s3.4.2, RFC 2104): the base string's digest under both secrets, in base64. Setting up a keyed digest
 * costs OpenSSL several times what hashing a typical base string does, so those of ordinary length go through two
 * one-shot digests over prepared memory instead, which is what an HMAC is; long ones through `createHmac`.
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Digest, SharedSecrets } from './method.ts';
import { secretPair } from './secret-pair.ts';

/** Characters of a base string that the prepared memory holds, each of three bytes at most. */
const ORDINARY_LENGTH = 2_048;

const INNER_PAD = 0x36363636;
const OUTER_PAD = 0x5c5c5c5c;

/** Memory of one kind of digest. Nothing is awaited between filling and hashing, so one of each serves all. */
class KeyedDigest {
  readonly #digest: Digest;
  readonly #blockBytes: number;
  /** The secrets whose key the blocks begin with. */
  #consumerSecret: string | null = null;
  #tokenSecret: string | null = null;
  /** The key with zeros behind it, as bytes and as words. */
  readonly #key: Buffer;
  readonly #keyWords: Int32Array;
  readonly #inner: Buffer;
  readonly #innerWords: Int32Array;
  readonly #outer: Buffer;
  readonly #outerWords: Int32Array;
  /** Two signatures in base64, to be compared. */
  readonly #expected: Buffer;
  readonly #sent: Buffer;

  constructor(digest: Digest, blockBytes: number, digestBytes: number) {
    this.#digest = digest;
    this.#blockBytes = blockBytes;
    this.#key = Buffer.alloc(blockBytes);
    this.#inner = Buffer.alloc(blockBytes + 3 * ORDINARY_LENGTH);
    this.#outer = Buffer.alloc(blockBytes + digestBytes);
    this.#expected = Buffer.alloc(4 * Math.ceil(digestBytes / 3));
    this.#sent = Buffer.alloc(this.#expected.length);
    this.#keyWords = wordsOf(this.#key, blockBytes);
    this.#innerWords = wordsOf(this.#inner, blockBytes);
    this.#outerWords = wordsOf(this.#outer, blockBytes);
  }

  sign(secrets: SharedSecrets, text: string): string {
    if (text.length > ORDINARY_LENGTH || !this.#hold(secrets)) {
      return createHmac(this.#digest, secretPair(secrets)).update(text).digest('base64');
    }
    const end = this.#blockBytes + this.#inner.write(text, this.#blockBytes, 'utf8');
    const digest = hash(this.#digest, this.#inner.subarray(0, end), 'latin1');
    this.#outer.write(digest, this.#blockBytes, 'latin1');
    return hash(this.#digest, this.#outer, 'base64');
  }

  /**
   * In a time that depends on lengths only, in memory that is there already. What is not ASCII either does not fit, and is
   * not written to its end, or has bytes that no signature has.
   */
  verify(secrets: SharedSecrets, text: string, signature: string): boolean {
    const sent = this.#sent;
    if (signature.length !== sent.length || sent.write(signature, 0, 'utf8') !== sent.length) return false;
    this.#expected.write(this.sign(secrets, text), 0, 'latin1');
    return timingSafeEqual(this.#expected, sent);
  }

  /**
   * Has both blocks begin with the key of these secrets; false if it is longer than a block, and would have to be hashed
   * first. Whoever signed last often signs next: then the blocks begin with it already. Compared in any time, because no
   * request has a say in either.
   */
  #hold(secrets: SharedSecrets): boolean {
    const { consumerSecret, tokenSecret } = secrets;
    if (consumerSecret === this.#consumerSecret && tokenSecret === this.#tokenSecret) return true;
    const key = secretPair(secrets);
    // Percent-encoded secrets are ASCII, a byte for each character.
    if (key.length > this.#blockBytes) return false;
    this.#pad(key);
    this.#consumerSecret = consumerSecret;
    this.#tokenSecret = tokenSecret;
    return true;
  }

  /** Both blocks begin with the key, each under its own mask. */
  #pad(key: string): void {
    const words = this.#keyWords;
    const inner = this.#innerWords;
    const outer = this.#outerWords;
    for (let at = 0; at < words.length; at += 1) words[at] = 0;
    this.#key.write(key, 0, 'latin1');
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at]!;
      inner[at] = word ^ INNER_PAD;
      outer[at] = word ^ OUTER_PAD;
    }
  }
}

/** The first bytes of a memory, four to a word. */
function wordsOf(bytes: Buffer, length: number): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, length / 4);
}

const KEYED: Readonly<Record<Digest, KeyedDigest>> = {
  sha1: new KeyedDigest('sha1', 64, 20),
  sha256: new KeyedDigest('sha256', 64, 32),
  sha512: new KeyedDigest('sha512', 128, 64),
};

/** The signature in base64. */
export function signHmac(digest: Digest, baseString: string, secrets: SharedSecrets): string {
  return KEYED[digest].sign(secrets, baseString);
}

/** Whether a signature is the one that these secrets give. Compared as text: each digest has one right spelling. */
export function verifyHmac(
  digest: Digest,
  baseString: string,
  signature: string,
  secrets: SharedSecrets,
): boolean {
  return KEYED[digest].verify(secrets, baseString, signature);
}
