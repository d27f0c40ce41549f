/** One request to the upstream and its answer, as the gateway sees them, whichever client carries them. */
import type { Readable } from 'node:stream';

/** A request for the upstream. */
export interface UpstreamRequest {
  readonly method: string;
  /** Raw request target; visible ASCII. */
  readonly target: string;
  /** Names and values, alternating; a character for each byte. */
  readonly headers: readonly string[];
  /** A stream only where the body is not at hand as a whole. */
  readonly body: Uint8Array | Readable | null;
}

/** The head of a final answer. */
export interface AnswerHead {
  readonly status: number;
  /** A character for each byte where the client that carries it can tell. */
  readonly reason: string;
  /** Names and values as they came, alternating; a character for each byte. */
  readonly headers: readonly string[];
  /** Bytes of the body, as announced; -1 when that is not known. */
  readonly length: number;
}

/** Takes one answer, in this order: a head, any number of parts, an end; a failure may come instead of any of them. */
export interface AnswerReceiver {
  onHead(head: AnswerHead): void;
  /** The memory is used again: take what is needed of it before returning. */
  onBody(part: Buffer): void;
  onEnd(): void;
  onFailure(failure: UpstreamFailed): void;
}

/** Steers an answer on its way. */
export interface Flow {
  /** Nobody waits for the answer any more; nothing of it will be handed on. */
  abort(): void;
  /** Holds the upstream back. What was read already may still be handed on. */
  pause(): void;
  resume(): void;
}

/** Sends requests to the one upstream. */
export interface Upstream {
  send(request: UpstreamRequest, receiver: AnswerReceiver): Flow;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/**
 * How it failed. `lost`: the connection ended before a byte of the answer had come, as a kept one does that the upstream
 * had just closed; `slow`: no answer in time; `broken`: anything else.
 */
export type FailureKind = 'lost' | 'slow' | 'broken';

/** The upstream gave no answer, or not all of it. */
export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, cause ? { cause } : undefined);
    this.kind = kind;
  }
}
