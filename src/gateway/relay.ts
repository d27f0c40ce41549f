/**
 * Carries one answer of the upstream to the client, as it comes and no faster than the client takes it. Whoever
 * breaks off ends it for both: a client that goes away aborts the upstream's work, an upstream that dies in
 * the middle has the client's connection cut, so that half an answer never looks like a whole one.
 */
import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { plainChallenge } from '../oauth/index.ts';
import { connectionNames, sendText, type WireRequest } from '../web/index.ts';

/** Bound to the upstream's connection, or ours to say. */
const NOT_RELAYED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
]);

const TOO_SLOW = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);

/** A kept-alive connection that the upstream had just closed: nothing was answered on it. */
const LOST_CONNECTION = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** What is done besides relaying. */
export interface RelayOptions {
  /** Sends the request once more; null when it may have had an effect, or its body is gone. */
  readonly resend: ((relay: Relay) => void) | null;
  /** Milliseconds that the client may take nothing of an answer that waits for it. */
  readonly patienceMs: number;
  /** Told why the upstream failed, for the log. */
  onUpstreamFailure(error: Error): void;
  /** Told when the answer begins, so many milliseconds after this was made; status 0: none will come. */
  readonly onAnswer: ((status: number, tookMs: number) => void) | null;
}

/** One answer on its way. */
export class Relay implements Dispatcher.DispatchHandler {
  readonly #wire: WireRequest;
  readonly #response: ServerResponse;
  readonly #options: RelayOptions;
  #controller: Dispatcher.DispatchController | null = null;
  #isGone = false;
  #mayResend: boolean;
  readonly #startedAt: number;
  /** Announced length of an answer of which nothing has come yet; -1 when unknown or begun. */
  #wholeLength = -1;

  constructor(wire: WireRequest, response: ServerResponse, options: RelayOptions) {
    this.#wire = wire;
    this.#response = response;
    this.#options = options;
    this.#mayResend = options.resend !== null;
    this.#startedAt = options.onAnswer === null ? 0 : performance.now();
    response.once('close', this.#onClose);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isGone) controller.abort(new Error('The client went away.'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    if (status < 200) return;
    this.#options.onAnswer?.(status, performance.now() - this.#startedAt);
    const raw = (controller.rawHeaders ?? []) as readonly (Buffer | string)[];
    const headers = relayedHeaders(raw, this.#wire.requestId);
    this.#wholeLength = this.#wire.method === 'HEAD' ? -1 : contentLength(headers);
    if (status === 401) headers.push('WWW-Authenticate', plainChallenge(this.#wire.realm));
    this.#response.writeHead(status, usableReason(statusText), headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (chunk.length === this.#wholeLength) {
      this.#sendWhole(chunk);
      return;
    }
    this.#wholeLength = -1;
    const response = this.#response;
    if (response.write(chunk)) return;
    controller.pause();
    // Nothing else ends this: clients that stop reading could keep every connection to the upstream.
    const impatience = setTimeout(() => response.destroy(), this.#options.patienceMs);
    const goOn = () => {
      clearTimeout(impatience);
      response.off('drain', goOn).off('close', goOn);
      controller.resume();
    };
    response.on('drain', goOn).on('close', goOn);
  }

  onResponseEnd(): void {
    if (!this.#response.writableEnded) this.#response.end();
  }

  onResponseError(_controller: unknown, error: Error & { code?: string }): void {
    const response = this.#response;
    if (this.#isGone) return;
    if (response.headersSent) {
      this.#options.onUpstreamFailure(error);
      response.destroy();
    } else if (this.#mayResend && LOST_CONNECTION.has(error.code ?? '')) {
      this.#mayResend = false;
      this.#options.resend?.(this);
    } else if (!this.#wire.incoming.complete && this.#wire.incoming.destroyed) {
      response.destroy();
    } else {
      this.#options.onAnswer?.(0, performance.now() - this.#startedAt);
      this.#options.onUpstreamFailure(error);
      this.#sendFailure(TOO_SLOW.has(error.code ?? ''));
    }
  }

  #onClose = (): void => {
    if (this.#response.writableFinished) return;
    this.#isGone = true;
    this.#controller?.abort(new Error('The client went away.'));
  };

  /** An answer that came in one piece goes out in one: as text of bytes, node joins it with its head. */
  #sendWhole(body: Buffer): void {
    this.#response.end(body.toString('latin1'), 'latin1');
  }

  #sendFailure(isSlow: boolean): void {
    const text = isSlow
      ? 'The application behind this server did not answer in time.\n'
      : 'The application behind this server cannot be reached.\n';
    sendText(this.#response, this.#wire, isSlow ? 504 : 502, text);
  }
}

/**
 * The reason phrase, if it is ASCII; else none. Some applications send it in their own language and undici decodes
 * it as UTF-8, which node refuses to write: the client would wait for an answer that never comes.
 */
function usableReason(statusText = ''): string {
  return /^[\t -~]*$/.test(statusText) ? statusText : '';
}

function relayedHeaders(raw: readonly (Buffer | string)[], requestId: string): string[] {
  const headers = ['X-Request-Id', requestId];
  const connection: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = textOf(raw[i]!);
    const lowerCase = name.toLowerCase();
    if (lowerCase === 'connection') connection.push(textOf(raw[i + 1]!));
    else if (!NOT_RELAYED.has(lowerCase)) headers.push(name, textOf(raw[i + 1]!));
  }
  return connection.length === 0 || connection[0] === 'keep-alive'
    ? headers
    : withoutNamed(headers, connectionNames(connection));
}

function contentLength(headers: readonly string[]): number {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]!.toLowerCase() === 'content-length') return Number(headers[i + 1]);
  }
  return -1;
}

/** Header bytes as node writes them again: one character for each. */
function textOf(part: Buffer | string): string {
  return typeof part === 'string' ? part : part.toString('latin1');
}

function withoutNamed(headers: string[], named: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (!named.has(headers[i]!.toLowerCase())) kept.push(headers[i]!, headers[i + 1]!);
  }
  return kept;
}
