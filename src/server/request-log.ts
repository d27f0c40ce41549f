/**
 * Lines of the log about requests: refused ones are information, all others for debugging only. A line says which
 * request, whose, what became of it and how long it took; never its query, its headers or its body. Whose it is stands
 * there only when that is the key of a registered consumer: people mistake the one of two texts for the other, and then
 * it is a secret that stands where the key should.
 */
import type { Logger } from 'pino';
import { NO_BYTES } from '../base/index.ts';
import { Problem, type ProblemCode } from '../oauth/index.ts';
import { arrivedRequest, rememberedBody, WireRefused, type WireRequest } from '../web/index.ts';
import { claimedConsumer } from './claimed-consumer.ts';
import type { EndedRequest } from './request-observer.ts';

/** What a line is about. */
export type LoggedRequest = Omit<EndedRequest, 'isWhole' | 'tookMs'> & { readonly tookMs?: number };

/** Problems that are found only in a request whose consumer was found before. */
const AFTER_LOOK_UP: ReadonlySet<ProblemCode> = new Set([
  'timestamp_refused',
  'signature_method_rejected',
  'signature_invalid',
  'nonce_used',
  'consumer_key_rejected',
  'consumer_key_refused',
]);

/** Writes the lines. */
export class RequestLog {
  readonly #log: Logger;
  /** Keys under which requests have been accepted: of registered consumers, so there are no more than those. */
  readonly #known = new Set<string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Whether anything is said of requests that were answered. */
  get tellsOfAll(): boolean {
    return this.#log.isLevelEnabled('debug');
  }

  /** A signed request of this consumer was accepted. */
  noteAccepted(consumerKey: string): void {
    this.#known.add(consumerKey);
  }

  /** A request that was refused. */
  refused(request: LoggedRequest): void {
    if (!this.#log.isLevelEnabled('info')) return;
    this.#log.info({ ...this.#fieldsOf(request), ...refusalFields(request.refusal) }, 'refused');
  }

  /** A request that was answered, or whose answer did not reach its end. */
  ended(request: EndedRequest): void {
    if (!this.tellsOfAll) return;
    this.#log.debug(this.#fieldsOf(request), request.isWhole ? 'answered' : 'broken off');
  }

  #fieldsOf({ face, wire, status, refusal, tookMs }: LoggedRequest): Record<string, unknown> {
    const { requestId, method, path, clientAddress } = wire ?? {};
    const consumer = wire === null ? null : this.#consumerOf(wire, refusal);
    const ms = tookMs === undefined ? undefined : Math.round(tookMs);
    return { requestId, face, method, path, clientAddress, ...(consumer && { consumer }), status, ms };
  }

  #consumerOf(wire: WireRequest, refusal: unknown): string | null {
    const key = claimedConsumer(arrivedRequest(wire, rememberedBody(wire.incoming) ?? NO_BYTES));
    if (key === null || this.#known.has(key)) return key;
    return refusal instanceof Problem && AFTER_LOOK_UP.has(refusal.code) ? key : null;
  }
}

function refusalFields(refusal: unknown): Record<string, unknown> {
  if (refusal instanceof Problem) return { problem: refusal.code, detail: refusal.particulars.detail };
  return refusal instanceof WireRefused ? { detail: refusal.reason } : {};
}
