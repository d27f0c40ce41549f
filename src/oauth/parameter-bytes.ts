/**
 * The parameters of one request as bytes, on their way from what was sent to what is signed. Each byte that arrived is
 * looked at once, and written at once as the base string will have it: in canonical form (RFC 5849 s3.6), whose percent
 * signs are encoded again (s3.4.1.1). That keeps the order of bytes, so the pieces are put in order as they lie there.
 *
 * It is several times as fast as with texts, of which every cut, comparison and joint costs more than the bytes in it.
 * The memory is prepared once: nothing is awaited, and nobody else's code runs, between `reset` and `finish`.
 */
import { ENDS, ESCAPE, HEX_VALUES, NEVER_IN_TEXT, PAIRED, SPACE_SIGN, TEXT } from './byte-kinds.ts';
import { encodedOnce, STANDS_FOR_ITSELF } from './percent-encoding.ts';
import { type BaseString, PieceOrder } from './piece-order.ts';

/** The engine folds constants of this module, not those of others: that is a quarter of the time of `copy`. */
const PLAIN = STANDS_FOR_ITSELF;
/** How many of two bytes, the lower one first, stand for themselves before one that does not. */
const PAIRS = pairs();
const DIGITS = HEX_VALUES;

const PERCENT = 0x25;
/** `%25` in front of another byte. */
const ENCODED_PERCENT = 0x25323500;
const UPPER_HEX = new TextEncoder().encode('0123456789ABCDEF');
/** Zeros behind a name and a value: before whatever a longer one goes on with, and as long as what joins pieces. */
const GAP_LENGTH = 3;

/** A character that is no byte never comes over a wire. What takes its place is refused wherever it stands. */
const NO_BYTE = /[^\0-\xff]/g;
const REFUSED_EVERYWHERE = '\x7f%%';

/** Most bytes of a request for which memory is kept. */
const ORDINARY = 8_192;

/** Who is told of each parameter that was read, and keeps or drops it. */
export interface ParameterTaker {
  /** The piece that was copied last. */
  take(): void;
}

/** Memory for the parameters of one request after the other. */
export class ParameterBytes {
  /** What is being read; behind it stands a sign that ends everything. */
  readonly source: Buffer;
  /** How many bytes of it there are. */
  end = 0;
  /** Name, gap, value, gap of each piece, in order of arrival; and the same memory to be read by words. */
  readonly pieces: Buffer;
  readonly view: DataView;
  /** Where in it the present piece begins, its name ends, its value begins, and what was copied last ends. */
  start = 0;
  nameEnd = 0;
  valueStart = 0;
  to = 0;
  /** Since `open` or `closeName`: whether an escape was none, and whether anything is written otherwise than it was sent. */
  isMalformed = false;
  isChanged = false;
  readonly #sourceView: DataView;
  readonly #order: PieceOrder;

  /** @param length most bytes that are going to be read, all carriers together */
  constructor(length: number) {
    // What takes the place of a character that is no byte are three; and four bytes are read at a time, beyond the end.
    this.source = Buffer.alloc(3 * length + 8);
    // A byte becomes five at most (%25FF), a piece has two gaps, and a value may be decoded behind it.
    this.pieces = Buffer.alloc(7 * length + 32);
    this.#sourceView = viewOf(this.source);
    this.view = viewOf(this.pieces);
    this.#order = new PieceOrder(this.pieces);
  }

  /** Begins a request. */
  reset(): this {
    this.to = 0;
    this.#order.reset();
    return this;
  }

  /**
   * Ends it: the text that is signed.
   * @param method in upper case
   * @param baseUri base string URI as it is
   */
  finish(method: string, baseUri: string): BaseString {
    return this.#order.finish(method, baseUri);
  }

  /** The value of a piece of this request, one that is plain, cut out of the text that is signed. */
  valueIn(baseString: BaseString, piece: number): string {
    return this.#order.valueIn(baseString, piece);
  }

  /** How many pieces were kept. */
  get count(): number {
    return this.#order.count;
  }

  /** Takes what is to be read next. @param sentinel the sign that stands behind it */
  load(sent: string | Uint8Array, sentinel: number): void {
    if (typeof sent === 'string') this.#loadText(sent);
    else {
      this.source.set(sent);
      this.end = sent.length;
    }
    this.source[this.end] = sentinel;
  }

  #loadText(text: string): void {
    this.end = text.length;
    // As many bytes as characters, so all are ASCII.
    if (this.source.write(text, 0, 'utf8') === text.length) return;
    this.end = this.source.write(text.replace(NO_BYTE, REFUSED_EVERYWHERE), 0, 'latin1');
  }

  /** A part of what is being read, as it was sent. */
  sourceText(from: number, to: number): string {
    return this.source.toString('latin1', from, to);
  }

  /** The present piece's name in canonical form. */
  name(): string {
    return encodedOnce(this.signedName());
  }

  /** Its name as it is signed, encoded once more; of a long one that takes a tenth of the time. */
  signedName(): string {
    return this.pieces.toString('latin1', this.start, this.nameEnd);
  }

  /** Its value. */
  value(): string {
    return encodedOnce(this.pieces.toString('latin1', this.valueStart, this.to));
  }

  /** The text that its value stands for, if that is visible ASCII; null otherwise. */
  visibleValue(): string | null {
    const { pieces, to } = this;
    // What stands behind the piece is not written yet.
    let end = to;
    for (let at = this.valueStart; at < to; at += 1) {
      let byte = pieces[at]!;
      if (byte === PERCENT) {
        byte = HEX_VALUES[pieces[at + 3]!]! * 16 + HEX_VALUES[pieces[at + 4]!]!;
        if (byte < 0x20 || byte > 0x7e) return null;
        at += 4;
      }
      pieces[end] = byte;
      end += 1;
    }
    return pieces.toString('latin1', to, end);
  }

  /** Begins a piece; what is copied now is its name. */
  open(): void {
    this.start = this.to;
    this.isMalformed = false;
    this.isChanged = false;
  }

  /** Ends the name; what is copied now is the value. */
  closeName(): void {
    this.nameEnd = this.to;
    this.view.setUint32(this.to, 0);
    this.to += GAP_LENGTH;
    this.valueStart = this.to;
    this.isMalformed = false;
    this.isChanged = false;
  }

  /** Keeps the piece that ends here. */
  keep(): void {
    this.#order.add(this.start, this.nameEnd, this.to);
    // As many as are read at once: with other bytes, which lie there since an earlier request, they could be NaN.
    this.view.setFloat64(this.to, 0);
    this.to += GAP_LENGTH;
  }

  /** Forgets it: it is not signed. */
  drop(): void {
    this.to = this.start;
  }

  /** Keeps a piece of texts that are not encoded yet. */
  add(name: string, value: string): void {
    this.open();
    this.#copyText(name);
    this.closeName();
    this.#copyText(value);
    this.keep();
  }

  #copyText(text: string): void {
    const end = this.source.write(text, 0, 'utf8');
    this.source[end] = NEVER_IN_TEXT;
    this.copy(0, TEXT);
  }

  /**
   * Copies one name or value from a place of the source on. Four bytes at a time, because nearly all stand for
   * themselves, and to ask each of them what it is takes three times as long.
   * @param kinds what each byte means there
   * @returns the place of the sign that ends it
   */
  copy(from: number, kinds: Uint8Array): number {
    const source = this.#sourceView;
    const pieces = this.view;
    let { to } = this;
    let at = from;
    for (;;) {
      const word = source.getUint32(at, true);
      pieces.setUint32(to, word, true);
      let copied = plainBytes(word);
      if (copied === 4) {
        const next = source.getUint32(at + 4, true);
        pieces.setUint32(to + 4, next, true);
        copied += plainBytes(next);
      }
      to += copied;
      at += copied;
      if (copied === 8) continue;
      const kind = kinds[this.source[at]!]!;
      if (kind === ENDS) break;
      this.to = to;
      at = this.#copyOther(at, kind);
      to = this.to;
    }
    this.to = to;
    return at;
  }

  /** Copies what does not stand for itself; gives the place behind it. */
  #copyOther(at: number, kind: number): number {
    const { source } = this;
    this.isChanged = true;
    if (kind === ESCAPE) {
      const meant = DIGITS[source[at + 1]!]! * 16 + DIGITS[source[at + 2]!]!;
      if (meant <= 0xff) {
        this.#write(meant);
        return at + 3;
      }
      this.isMalformed = true;
    } else if (kind === PAIRED) {
      this.isMalformed = true;
      return Math.min(at + 2, this.end);
    } else this.#write(kind === SPACE_SIGN ? 0x20 : source[at]!);
    return at + 1;
  }

  /** Writes a byte as it is signed. */
  #write(byte: number): void {
    const { view, to } = this;
    if (PLAIN[byte] === 1) {
      view.setUint8(to, byte);
      this.to = to + 1;
      return;
    }
    view.setUint32(to, ENCODED_PERCENT | UPPER_HEX[byte >> 4]!);
    view.setUint8(to + 4, UPPER_HEX[byte & 15]!);
    this.to = to + 5;
  }
}

const ordinary = new ParameterBytes(ORDINARY);

/**
 * Memory for a request; the same again and again for all of ordinary length.
 * @param carried how many bytes its carriers have, all together
 */
export function parameterBytes(carried: number, method: string, baseUri: string): ParameterBytes {
  const length = carried + 2 * (method.length + baseUri.length);
  return length <= ORDINARY ? ordinary.reset() : new ParameterBytes(length);
}

/** How many bytes of a word, the lowest one first, stand for themselves before one that does not. */
function plainBytes(word: number): number {
  const first = PAIRS[word & 0xffff]!;
  return first === 2 ? 2 + PAIRS[word >>> 16]! : first;
}

/** A row of all lower bytes for each higher one. */
function pairs(): Uint8Array {
  const ifBoth = STANDS_FOR_ITSELF.map((one) => 2 * one);
  const all = new Uint8Array(0x1_00_00);
  STANDS_FOR_ITSELF.forEach((higher, at) => {
    all.set(higher === 1 ? ifBoth : STANDS_FOR_ITSELF, 0x1_00 * at);
  });
  return all;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
