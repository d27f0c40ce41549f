/**
 * Reads the answers of one connection, one for each request, from bytes as they come in. An answer ends where its
 * head says, and nowhere else: bytes behind it belong to nobody, and their connection is not used again.
 */
import { type FramedHead, readAnswerHead } from './answer-head.ts';
import { ChunkedBody } from './chunked-body.ts';
import { UpstreamFailed } from './exchange.ts';
import { MAX_HEAD_BYTES } from './limits.ts';

/** Takes what was read. */
export interface AnswerSink {
  /** The head of the final answer; earlier hints are passed over. */
  onHead(head: FramedHead): void;
  /** A view of the bytes that were read. */
  onBody(part: Buffer): void;
  /** @param isReusable whether another request may follow on the connection */
  onEnd(isReusable: boolean): void;
}

const HEAD_END = '\r\n\r\n';

/** Reads for one connection. */
export class AnswerReader {
  readonly #sink: AnswerSink;
  #method = '';
  /** Set from the head to the end of the answer. */
  #head: FramedHead | null = null;
  #chunks: ChunkedBody | null = null;
  #left = 0;
  /** What came of a head that is not complete. */
  #headText = '';
  #isExpecting = false;
  #isTouched = false;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  /** Whether bytes of the present answer have come. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** What comes next answers a request of this method. */
  expect(method: string): void {
    this.#method = method;
    this.#isExpecting = true;
    this.#isTouched = false;
  }

  /** @throws {UpstreamFailed} when these bytes are no answer, or nobody asked for them */
  read(bytes: Buffer): void {
    if (!this.#isExpecting) throw new UpstreamFailed('broken', 'The upstream answered without being asked.');
    this.#isTouched = true;
    let at = 0;
    while (at < bytes.length && this.#isExpecting) {
      at = this.#head === null ? this.#readHead(bytes, at) : this.#readBody(bytes, at, this.#head);
    }
  }

  /** The upstream sends no more. @throws {UpstreamFailed} when the answer was not at its end */
  end(): void {
    if (!this.#isExpecting) return;
    if (this.#head?.end !== 'close') {
      throw new UpstreamFailed(
        this.#isTouched ? 'broken' : 'lost',
        'The upstream closed the connection before the end of its answer.',
      );
    }
    this.#finish(false);
  }

  #readHead(bytes: Buffer, from: number): number {
    const before = this.#headText.length;
    const text = this.#headText + bytes.toString('latin1', from);
    const end = text.indexOf(HEAD_END, Math.max(0, before - HEAD_END.length));
    if ((end < 0 ? text.length : end) > MAX_HEAD_BYTES) {
      throw new UpstreamFailed('broken', `The head of the answer is larger than ${MAX_HEAD_BYTES} bytes.`);
    }
    if (end < 0) {
      this.#headText = text;
      return bytes.length;
    }
    this.#headText = '';
    const head = readAnswerHead(text.slice(0, end), this.#method);
    const at = from + end + HEAD_END.length - before;
    if (head.status >= 200) this.#begin(head, at === bytes.length);
    return at;
  }

  #begin(head: FramedHead, isAllRead: boolean): void {
    this.#head = head;
    this.#left = head.bytes;
    this.#chunks = head.end === 'chunked' ? new ChunkedBody() : null;
    this.#sink.onHead(head);
    if (head.end === 'length' && head.bytes === 0) this.#finish(isAllRead);
  }

  #readBody(bytes: Buffer, from: number, head: FramedHead): number {
    if (this.#chunks !== null) {
      const at = this.#chunks.read(bytes, from, (part) => this.#sink.onBody(part));
      if (this.#chunks.isComplete) this.#finish(at === bytes.length);
      return at;
    }
    if (head.end === 'close') {
      this.#sink.onBody(bytes.subarray(from));
      return bytes.length;
    }
    const end = Math.min(bytes.length, from + this.#left);
    this.#left -= end - from;
    this.#sink.onBody(bytes.subarray(from, end));
    if (this.#left === 0) this.#finish(end === bytes.length);
    return end;
  }

  #finish(isAllRead: boolean): void {
    const isReusable = isAllRead && this.#head!.isReusable;
    this.#head = null;
    this.#chunks = null;
    this.#isExpecting = false;
    this.#sink.onEnd(isReusable);
  }
}
