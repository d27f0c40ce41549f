/**
 * Carries one answer of the upstream to the client, as it comes and no faster than the client takes it. Whoever
 * breaks off ends it for both: a client that goes away aborts the upstream's work, an upstream that dies in
 * the middle has the client's connection cut, so that half an answer never looks like a whole one.
 */
import type { ServerResponse } from 'node:http';
import { plainChallenge } from '../oauth/index.ts';
import { type Answer, connectionNames, textAnswer, type WireRequest } from '../web/index.ts';
import { answerField } from './upstream/answer-fields.ts';
import type {
  AnswerHead,
  AnswerReceiver,
  Flow,
  Upstream,
  UpstreamFailed,
  UpstreamRequest,
} from './upstream/exchange.ts';

/** What all relays of one gateway go by. */
export interface RelayTerms {
  readonly upstream: Upstream;
  /** Milliseconds that the client may take nothing of an answer that waits for it. */
  readonly patienceMs: number;
  /** Sends what is said in the upstream's place. */
  sendRefusal(wire: WireRequest, response: ServerResponse, answer: Answer): void;
  /** Told why the upstream failed, for the log. */
  onUpstreamFailure(wire: WireRequest, error: Error): void;
  /** Told when an answer begins, so many milliseconds after it was asked for; status 0: none will come. */
  readonly onAnswer: ((wire: WireRequest, status: number, tookMs: number) => void) | null;
}

/** A request, and whether it may be sent once more: it had no effect, and its body is not gone. */
export interface RelayedRequest extends UpstreamRequest {
  readonly mayResend: boolean;
}

/** One answer on its way. */
export class Relay implements AnswerReceiver {
  readonly #wire: WireRequest;
  readonly #response: ServerResponse;
  readonly #request: RelayedRequest;
  readonly #terms: RelayTerms;
  #flow: Flow | null = null;
  #isGone = false;
  #mayResend: boolean;
  readonly #startedAt: number;
  /** Announced length of an answer of which nothing has come yet; -1 when unknown or begun. */
  #wholeLength = -1;
  /** Runs while the client takes nothing. */
  #impatience: NodeJS.Timeout | null = null;

  constructor(wire: WireRequest, response: ServerResponse, request: RelayedRequest, terms: RelayTerms) {
    this.#wire = wire;
    this.#response = response;
    this.#request = request;
    this.#terms = terms;
    this.#mayResend = request.mayResend;
    this.#startedAt = terms.onAnswer === null ? 0 : performance.now();
  }

  /** Asks the upstream. */
  start(): void {
    this.#response.on('close', this.#onClose);
    this.#flow = this.#terms.upstream.send(this.#request, this);
  }

  onHead({ status, reason, headers, length }: AnswerHead): void {
    this.#terms.onAnswer?.(this.#wire, status, performance.now() - this.#startedAt);
    const relayed = relayedHeaders(headers, this.#wire.requestId);
    this.#wholeLength = length;
    if (status === 401) relayed.push('WWW-Authenticate', plainChallenge(this.#wire.realm));
    this.#response.writeHead(status, usableReason(reason), relayed);
  }

  onBody(part: Buffer): void {
    if (part.length === this.#wholeLength) {
      this.#sendWhole(part);
      return;
    }
    this.#wholeLength = -1;
    if (!this.#response.write(Buffer.from(part))) this.#holdBack();
  }

  onEnd(): void {
    if (!this.#response.writableEnded) this.#response.end();
  }

  onFailure(failure: UpstreamFailed): void {
    const response = this.#response;
    if (this.#isGone) return;
    if (response.headersSent) {
      this.#terms.onUpstreamFailure(this.#wire, failure);
      response.destroy();
    } else if (this.#mayResend && failure.kind === 'lost') {
      this.#mayResend = false;
      this.#flow = this.#terms.upstream.send(this.#request, this);
    } else if (this.#isBodyBroken()) {
      response.destroy();
    } else {
      this.#terms.onAnswer?.(this.#wire, 0, performance.now() - this.#startedAt);
      this.#terms.onUpstreamFailure(this.#wire, failure);
      this.#sendFailure(failure.kind === 'slow');
    }
  }

  /** Without a body there is nothing that could break off: its stream is closed from the beginning. */
  #isBodyBroken(): boolean {
    const { hasBody, incoming } = this.#wire;
    return hasBody && !incoming.complete && incoming.destroyed;
  }

  #onClose = (): void => {
    if (this.#response.writableFinished) return;
    this.#isGone = true;
    this.#flow?.abort();
  };

  /** Nothing else ends this: clients that stop reading could keep every connection to the upstream. */
  #holdBack(): void {
    if (this.#impatience !== null) return;
    const response = this.#response;
    this.#impatience = setTimeout(() => response.destroy(), this.#terms.patienceMs);
    this.#flow?.pause();
    const goOn = () => {
      clearTimeout(this.#impatience!);
      this.#impatience = null;
      response.off('drain', goOn).off('close', goOn);
      this.#flow?.resume();
    };
    response.on('drain', goOn).on('close', goOn);
  }

  /** An answer that came in one piece goes out in one: as text of bytes, node joins it with its head. */
  #sendWhole(body: Buffer): void {
    this.#response.end(body.toString('latin1'), 'latin1');
  }

  #sendFailure(isSlow: boolean): void {
    const text = isSlow
      ? 'The application behind this server did not answer in time.\n'
      : 'The application behind this server cannot be reached.\n';
    const answer = textAnswer(this.#wire, isSlow ? 504 : 502, text);
    this.#terms.sendRefusal(this.#wire, this.#response, answer);
  }
}

/**
 * The reason phrase, if it is ASCII; else none. Some applications send it in their own language, of which node
 * refuses to write what is not latin-1: the client would wait for an answer that never comes.
 */
function usableReason(reason: string): string {
  return /^[\t -~]*$/.test(reason) ? reason : '';
}

function relayedHeaders(raw: readonly string[], requestId: string): string[] {
  const headers = ['X-Request-Id', requestId];
  let connection = '';
  for (let i = 0; i < raw.length; i += 2) {
    const { isRelayed, framing } = answerField(raw[i]!);
    if (isRelayed) headers.push(raw[i]!, raw[i + 1]!);
    else if (framing === 'connection') connection += `,${raw[i + 1]}`;
  }
  return connection === '' || connection === ',keep-alive' || connection === ',close'
    ? headers
    : withoutNamed(headers, connectionNames([connection]));
}

function withoutNamed(headers: string[], named: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (!named.has(headers[i]!.toLowerCase())) kept.push(headers[i]!, headers[i + 1]!);
  }
  return kept;
}
