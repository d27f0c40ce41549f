/**
 * A set of 128-bit digests outside the garbage collector's heap: a million entries cost about 40 MB and no
 * collection pauses. Open addressing with linear probing. The whole table is dropped when its second is past; one by
 * one, entries are only removed when they could not be written down.
 */

const WORDS = 4;
const SMALLEST = 32;

/** Digests are given as latin1 text, as `nonceDigest` makes them; the first 16 characters count. */
export class DigestTable {
  #words = new Uint32Array(SMALLEST * WORDS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(digest: string): boolean {
    const words = this.#words;
    const slot = find(words, word(digest, 0) || 1, word(digest, 4), word(digest, 8), word(digest, 12));
    return words[slot] !== 0;
  }

  /** False if it was there already. */
  add(digest: string): boolean {
    if ((this.#size + 1) * WORDS > this.#words.length * 0.6) this.#grow();
    // The first word is never 0, so a 0 marks a free slot.
    const isNew = put(this.#words, word(digest, 0) || 1, word(digest, 4), word(digest, 8), word(digest, 12));
    if (isNew) this.#size += 1;
    return isNew;
  }

  /** Takes it out, if it is there, and closes the gap: what a search would have found behind it is moved up. */
  remove(digest: string): void {
    const words = this.#words;
    const last = words.length - WORDS;
    let gap = find(words, word(digest, 0) || 1, word(digest, 4), word(digest, 8), word(digest, 12));
    if (words[gap] === 0) return;
    for (let at = (gap + WORDS) & last; words[at] !== 0; at = (at + WORDS) & last) {
      const home = (words[at + 1]! * WORDS) & last;
      if (((at - home) & last) < ((at - gap) & last)) continue;
      words.copyWithin(gap, at, at + WORDS);
      gap = at;
    }
    words.fill(0, gap, gap + WORDS);
    this.#size -= 1;
  }

  #grow(): void {
    const old = this.#words;
    const grown = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at] !== 0) put(grown, old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!);
    }
    this.#words = grown;
  }
}

/** Writes the digest where it belongs; false if it stands there already. */
function put(words: Uint32Array, a: number, b: number, c: number, d: number): boolean {
  const slot = find(words, a, b, c, d);
  if (words[slot] !== 0) return false;
  words[slot] = a;
  words[slot + 1] = b;
  words[slot + 2] = c;
  words[slot + 3] = d;
  return true;
}

/** Where the digest stands, or the free slot where it belongs. */
function find(words: Uint32Array, a: number, b: number, c: number, d: number): number {
  const last = words.length - WORDS;
  let slot = (b * WORDS) & last;
  while (words[slot] !== 0) {
    if (words[slot] === a && words[slot + 1] === b && words[slot + 2] === c && words[slot + 3] === d)
      return slot;
    slot = (slot + WORDS) & last;
  }
  return slot;
}

function word(digest: string, at: number): number {
  return (
    (digest.charCodeAt(at) |
      (digest.charCodeAt(at + 1) << 8) |
      (digest.charCodeAt(at + 2) << 16) |
      (digest.charCodeAt(at + 3) << 24)) >>>
    0
  );
}
