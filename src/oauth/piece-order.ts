/**
 * Puts the pieces of a request in order, by name and then by value, and joins them to the base string (RFC 5849
 * s3.4.1.1, s3.4.1.3.2). Names and values end with zeros, which come before everything, and every byte of them is ASCII:
 * so eight bytes read as a number of floating point are never negative and never NaN, and the greater the later they
 * stand in order. What lies behind a piece decides between equal ones only, of which either may come first.
 */
import { encodePercent, encodeWireBytes, STANDS_FOR_ITSELF } from './percent-encoding.ts';

/** The engine folds a constant of this module, not one of another. */
const PLAIN = STANDS_FOR_ITSELF;

const PERCENT = 0x25;
const UPPER_HEX = new TextEncoder().encode('0123456789ABCDEF');

/** `%26`, which stands between pieces, and a byte that the next piece is written over. */
const ENCODED_AMPERSAND = 0x25323600;
/** `%3D`, which stands between name and value, in two parts. */
const ENCODED_EQUALS = [0x2533, 0x44] as const;
const SIGN_LENGTH = 3;
const AMPERSAND = 0x26;

/** Most pieces that are inserted one by one; beyond that, moving what was inserted takes too long. */
const FEW = 64;

/**
 * Longest text of which values are parts. A part keeps the whole in memory for as long as anybody holds it, so values of a
 * longer one are copies: who remembers a token must not remember the form of a megabyte that it came with.
 */
const LONGEST_SHARED = 4_096;

/** The first eight bytes of the pieces that are in order so far, and which pieces they are. */
const beginnings = new Float64Array(FEW);
const inserted = new Int32Array(FEW);

/** The text that is signed. @see RFC 5849 s3.4.1.1 */
export interface BaseString {
  readonly text: string;
  /** Where in it each parameter begins, in order of arrival. */
  readonly places: readonly number[];
}

/** The order of one request's pieces after the other. */
export class PieceOrder {
  count = 0;
  readonly #pieces: DataView;
  readonly #joined: Buffer;
  readonly #joinedView: DataView;
  #starts = new Int32Array(FEW);
  #nameEnds = new Int32Array(FEW);
  #ends = new Int32Array(FEW);

  /** @param pieces where they are going to lie: name, zeros, value, zeros */
  constructor(pieces: Buffer) {
    this.#pieces = viewOf(pieces);
    this.#joined = Buffer.alloc(pieces.length);
    this.#joinedView = viewOf(this.#joined);
  }

  /** Forgets all. */
  reset(): void {
    this.count = 0;
  }

  /** Adds a piece by its places among them. */
  add(start: number, nameEnd: number, end: number): void {
    const { count } = this;
    if (count === this.#starts.length) this.#makeRoom();
    this.#starts[count] = start;
    this.#nameEnds[count] = nameEnd;
    this.#ends[count] = end;
    this.count = count + 1;
  }

  /**
   * Joins all pieces in their order.
   * @param method in upper case
   * @param baseUri as it is; both are encoded here
   */
  finish(method: string, baseUri: string): BaseString {
    const { count } = this;
    const order = count <= FEW ? this.#insertAll() : this.#sortAll();
    const places = new Array<number>(count);
    let to = this.#writeBeginning(method, baseUri);
    for (let at = 0; at < count; at += 1) {
      const index = order[at]!;
      if (at > 0) {
        this.#joinedView.setUint32(to, ENCODED_AMPERSAND);
        to += SIGN_LENGTH;
      }
      places[index] = to;
      to = this.#writePiece(index, to);
    }
    return { text: this.#joined.toString('latin1', 0, to), places };
  }

  /** The value of a piece, as it stands in the text that was made last. */
  valueIn({ text, places }: BaseString, piece: number): string {
    const toText = places[piece]! - this.#starts[piece]!;
    const from = toText + this.#nameEnds[piece]! + SIGN_LENGTH;
    const to = toText + this.#ends[piece]!;
    return text.length <= LONGEST_SHARED ? text.slice(from, to) : this.#joined.toString('latin1', from, to);
  }

  /** Writes what stands before the parameters; gives the place behind it. */
  #writeBeginning(method: string, baseUri: string): number {
    const afterMethod = this.#writeText(method, 0, encodePercent);
    this.#joined[afterMethod] = AMPERSAND;
    const to = this.#writeText(baseUri, afterMethod + 1, encodeWireBytes);
    this.#joined[to] = AMPERSAND;
    return to + 1;
  }

  /** Encodes a text; gives the place behind it. Byte by byte as long as it is ASCII, which costs less than one text does. */
  #writeText(text: string, from: number, encode: (text: string) => string): number {
    const joined = this.#joined;
    let to = from;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return from + joined.write(encode(text), from, 'latin1');
      to = writeEncoded(joined, code, to);
    }
    return to;
  }

  #makeRoom(): void {
    this.#starts = twiceAsLong(this.#starts);
    this.#nameEnds = twiceAsLong(this.#nameEnds);
    this.#ends = twiceAsLong(this.#ends);
  }

  /** The fast path: each of few pieces is put where it belongs, which most beginnings tell. */
  #insertAll(): Int32Array {
    const { count } = this;
    const pieces = this.#pieces;
    const starts = this.#starts;
    for (let index = 0; index < count; index += 1) {
      const beginning = pieces.getFloat64(starts[index]!);
      beginnings[index] = beginning;
      let low = 0;
      for (let high = index; low < high; ) {
        const middle = (low + high) >> 1;
        const other = inserted[middle]!;
        const difference = beginnings[other]! - beginning;
        if (difference < 0 || (difference === 0 && this.#compare(other, index, 8) <= 0)) low = middle + 1;
        else high = middle;
      }
      for (let at = index; at > low; at -= 1) inserted[at] = inserted[at - 1]!;
      inserted[low] = index;
    }
    return inserted;
  }

  #sortAll(): Int32Array {
    const indices = Int32Array.from({ length: this.count }, (_, index) => index);
    return indices.sort((a, b) => this.#compare(a, b, 0));
  }

  /** Compares two pieces as far as the first of them goes: there, if not before, the other differs or ends. */
  #compare(first: number, second: number, from: number): number {
    const pieces = this.#pieces;
    const a = this.#starts[first]!;
    const b = this.#starts[second]!;
    const length = this.#ends[first]! - a;
    for (let at = from; at <= length; at += 8) {
      const difference = pieces.getFloat64(a + at) - pieces.getFloat64(b + at);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Writes a piece, `%3D` between its name and its value; gives the place behind it. Eight bytes at a time. */
  #writePiece(index: number, to: number): number {
    const pieces = this.#pieces;
    const joined = this.#joinedView;
    const start = this.#starts[index]!;
    const length = this.#ends[index]! - start;
    for (let at = 0; at < length; at += 8) {
      joined.setFloat64(to + at, pieces.getFloat64(start + at, true), true);
    }
    const nameEnd = to + this.#nameEnds[index]! - start;
    joined.setUint16(nameEnd, ENCODED_EQUALS[0]);
    joined.setUint8(nameEnd + 2, ENCODED_EQUALS[1]);
    return to + length;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Writes a byte in canonical form; gives the place behind it. */
function writeEncoded(target: Uint8Array, byte: number, to: number): number {
  if (PLAIN[byte] === 1) {
    target[to] = byte;
    return to + 1;
  }
  target[to] = PERCENT;
  target[to + 1] = UPPER_HEX[byte >> 4]!;
  target[to + 2] = UPPER_HEX[byte & 15]!;
  return to + 3;
}

function twiceAsLong(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * numbers.length);
  longer.set(numbers);
  return longer;
}
