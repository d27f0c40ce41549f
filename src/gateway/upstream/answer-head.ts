/**
 * The head of an answer, read strictly (RFC 9112 s2 to s6): what two readers could take in two ways is no answer.
 * A proxy that guessed where an answer ends would hand the rest of it to the next user. So: CRLF alone ends lines, no
 * folded lines, no blank before a colon, one length in digits or one `chunked`, never both, and nothing of HTTP/1.0
 * but answers that are ended by their connection or a length.
 */
import { answerField, type Framing } from './answer-fields.ts';
import { type AnswerHead, UpstreamFailed } from './exchange.ts';

/** Where the body of an answer ends. */
export type BodyEnd = 'length' | 'chunked' | 'close';

/** A head, and what it says about the bytes behind it. */
export interface FramedHead extends AnswerHead {
  readonly end: BodyEnd;
  /** Bytes that follow, when a length ends them. */
  readonly bytes: number;
  /** Whether another request may follow on the connection. */
  readonly isReusable: boolean;
  /** For how long the upstream keeps the idle connection; null when it does not say. */
  readonly keptSeconds: number | null;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: ([^\r\n]*))?$/;
const NOT_OF_A_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const DIGITS = /^[0-9]{1,15}$/;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads a head.
 * @param text from the status line up to, without, the empty line; a character for each byte
 * @throws {UpstreamFailed} for whatever has not exactly one reading
 */
export function readAnswerHead(text: string, method: string): FramedHead {
  const lineEnd = endOfLine(text, 0);
  const line = STATUS_LINE.exec(text.slice(0, lineEnd));
  if (line === null) throw malformed('status line');
  const status = Number(line[2]);
  if (status === 101) throw malformed('status: it switched protocols unasked');
  const facts = new Facts();
  const headers: string[] = [];
  for (let at = lineEnd + 2; at < text.length; ) {
    const end = endOfLine(text, at);
    const colon = text.indexOf(':', at);
    if (colon < 0 || colon >= end) throw malformed('header field');
    const name = text.slice(at, colon);
    const { framing } = answerField(name);
    const value = readValue(text, colon + 1, end);
    if (framing !== null) facts.note(framing, value);
    headers.push(name, value);
    at = end + 2;
  }
  return facts.frame(status, line[3] ?? '', headers, method, line[1] === '1');
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
}

/** A value without the blanks around it. */
function readValue(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  const value = text.slice(start, end);
  if (NOT_OF_A_VALUE.test(value)) throw malformed('header field');
  return value;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** What a head says about its message's end. */
class Facts {
  #length = -1;
  #isChunked = false;
  #wantsClose = false;
  #keptSeconds: number | null = null;

  note(field: Framing, value: string): void {
    switch (field) {
      case 'content-length':
        if (this.#length >= 0 || !DIGITS.test(value)) throw malformed('Content-Length');
        this.#length = Number(value);
        return;
      case 'transfer-encoding':
        if (this.#isChunked || value.toLowerCase() !== 'chunked') throw malformed('Transfer-Encoding');
        this.#isChunked = true;
        return;
      case 'connection':
        this.#wantsClose ||= /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(value);
        return;
      case 'keep-alive': {
        const timeout = /(?:^|[,;])[ \t]*timeout=([0-9]{1,6})/i.exec(value);
        if (timeout !== null) this.#keptSeconds = Number(timeout[1]);
      }
    }
  }

  frame(
    status: number,
    reason: string,
    headers: readonly string[],
    method: string,
    isHttp11: boolean,
  ): FramedHead {
    if (this.#isChunked && (this.#length >= 0 || !isHttp11)) throw malformed('Transfer-Encoding');
    if (status < 200 && !isHttp11) throw malformed('status: HTTP/1.0 knows no hints');
    const isBare = method === 'HEAD' || status < 200 || status === 204 || status === 304;
    // Some applications send a body where there can be none; whatever comes then must not meet another request.
    const isTrusted = method !== 'HEAD' && !(isBare && this.#isChunked);
    const end = isBare || this.#length >= 0 ? 'length' : this.#isChunked ? 'chunked' : 'close';
    return {
      status,
      reason,
      headers,
      length: this.#length,
      end,
      bytes: isBare ? 0 : this.#length,
      isReusable: isHttp11 && !this.#wantsClose && end !== 'close' && isTrusted,
      keptSeconds: this.#keptSeconds,
    };
  }
}

function malformed(what: string): UpstreamFailed {
  return new UpstreamFailed('broken', `The upstream sent a malformed ${what}.`);
}
