/**
 * Takes the chunks of a body apart (RFC 9112 s7.1), strictly: a size in at most eight hexadecimal digits, lines ended
 * by CRLF alone. Extensions and trailer fields are passed over, within limits: nobody asked for them.
 */
import { UpstreamFailed } from './exchange.ts';
import { MAX_HEAD_BYTES } from './limits.ts';

const LINE_FEED = 0x0a;

/** A size and perhaps extensions, whose names and values are tokens or quoted. */
const SIZE_LINE =
  /^([0-9A-Fa-f]{1,8})(?:;[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"[\t !#-[\]-~\x80-\xff]*"))?)*$/;
const TRAILER_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*$/;

/** Longest line with a size: room for extensions, none for floods. */
const MAX_SIZE_LINE = 4_096;

/** What comes next. */
type Expected = 'size' | 'data' | 'end of data' | 'trailer' | 'nothing';

/** One chunked body on its way. */
export class ChunkedBody {
  #expected: Expected = 'size';
  #left = 0;
  /** What came of a line that is not complete. */
  #line = '';
  #trailerBytes = 0;

  get isComplete(): boolean {
    return this.#expected === 'nothing';
  }

  /**
   * Reads from there to the end of the bytes or of the body, whichever comes first, and says how far that is.
   * @throws {UpstreamFailed} when these are no chunks
   */
  read(bytes: Buffer, from: number, take: (part: Buffer) => void): number {
    let at = from;
    while (at < bytes.length && this.#expected !== 'nothing') {
      at = this.#expected === 'data' ? this.#readData(bytes, at, take) : this.#readLine(bytes, at);
    }
    return at;
  }

  #readData(bytes: Buffer, from: number, take: (part: Buffer) => void): number {
    const end = Math.min(bytes.length, from + this.#left);
    this.#left -= end - from;
    if (this.#left === 0) this.#expected = 'end of data';
    take(bytes.subarray(from, end));
    return end;
  }

  #readLine(bytes: Buffer, from: number): number {
    const feed = bytes.indexOf(LINE_FEED, from);
    const end = feed < 0 ? bytes.length : feed + 1;
    this.#line += bytes.toString('latin1', from, end);
    if (this.#line.length > MAX_SIZE_LINE && this.#expected !== 'trailer') throw malformed();
    if (this.#trailerBytes + this.#line.length > MAX_HEAD_BYTES) throw malformed();
    if (feed < 0) return end;
    if (!this.#line.endsWith('\r\n')) throw malformed();
    const line = this.#line.slice(0, -2);
    this.#line = '';
    this.#takeLine(line);
    return end;
  }

  #takeLine(line: string): void {
    if (this.#expected === 'size') {
      const size = SIZE_LINE.exec(line);
      if (size === null) throw malformed();
      this.#left = Number.parseInt(size[1]!, 16);
      this.#expected = this.#left === 0 ? 'trailer' : 'data';
    } else if (this.#expected === 'end of data') {
      if (line !== '') throw malformed();
      this.#expected = 'size';
    } else if (line === '') {
      this.#expected = 'nothing';
    } else {
      if (!TRAILER_LINE.test(line)) throw malformed();
      this.#trailerBytes += line.length;
    }
  }
}

function malformed(): UpstreamFailed {
  return new UpstreamFailed('broken', 'The upstream sent a malformed chunked body.');
}
