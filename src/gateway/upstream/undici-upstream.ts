/**
 * The upstream over undici: for TLS, and for bodies that stream. It answers one request after the other on each
 * connection (no pipelining: a response that got out of step would reach the wrong user) and does not trust a length
 * that is not kept.
 */
import { buildConnector, type Dispatcher, Pool } from 'undici';
import {
  type AnswerReceiver,
  type FailureKind,
  type Flow,
  type Upstream,
  UpstreamFailed,
} from './exchange.ts';
import { CONNECT_TIMEOUT_MS, MAX_CONNECTIONS, MAX_HEAD_BYTES } from './limits.ts';

const KINDS: Readonly<Record<string, FailureKind>> = {
  UND_ERR_HEADERS_TIMEOUT: 'slow',
  UND_ERR_CONNECT_TIMEOUT: 'slow',
  UND_ERR_SOCKET: 'lost',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
};

/** @param timeoutMs until an answer begins, and between two parts of it */
export function createUndiciUpstream(url: URL, timeoutMs: number): Upstream {
  const pool = new Pool(url.origin, {
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    connect: connectorFor(url),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    strictContentLength: true,
    maxHeaderSize: MAX_HEAD_BYTES,
  });
  return {
    send({ method, target, headers, body }, receiver) {
      const carrier = new Carrier(receiver);
      pool.dispatch({ path: target, method: method as 'GET', headers: [...headers], body }, carrier);
      return carrier;
    },
    close: () => pool.destroy(),
  };
}

/** The Host that is forwarded is the public one; TLS has to ask for the upstream's own name all the same. */
function connectorFor(url: URL): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, keepAlive: true });
  if (url.protocol === 'http:') return connect;
  return (options, callback) => connect({ ...options, servername: url.hostname }, callback);
}

/** Hands undici's answer on. */
class Carrier implements Dispatcher.DispatchHandler, Flow {
  readonly #receiver: AnswerReceiver;
  #controller: Dispatcher.DispatchController | null = null;
  #isAborted = false;

  constructor(receiver: AnswerReceiver) {
    this.#receiver = receiver;
  }

  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort(new Error('The client went away.'));
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isAborted) this.abort();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    reason = '',
  ): void {
    if (status < 200 || this.#isAborted) return;
    const headers = ((controller.rawHeaders ?? []) as readonly (Buffer | string)[]).map(textOf);
    this.#receiver.onHead({ status, reason, headers, length: announcedLength(headers) });
  }

  onResponseData(_controller: unknown, part: Buffer): void {
    if (!this.#isAborted) this.#receiver.onBody(part);
  }

  onResponseEnd(): void {
    if (!this.#isAborted) this.#receiver.onEnd();
  }

  onResponseError(_controller: unknown, error: Error & { code?: string }): void {
    if (this.#isAborted) return;
    const kind = KINDS[error.code ?? ''] ?? 'broken';
    this.#receiver.onFailure(new UpstreamFailed(kind, 'The upstream gave no whole answer.', error));
  }
}

/** Header bytes as node writes them again: one character for each. */
function textOf(part: Buffer | string): string {
  return typeof part === 'string' ? part : part.toString('latin1');
}

function announcedLength(headers: readonly string[]): number {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]!.toLowerCase() === 'content-length') return Number(headers[i + 1]);
  }
  return -1;
}
