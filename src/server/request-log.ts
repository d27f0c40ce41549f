/**
 * Lines of the log about requests: refused ones are information, all others for debugging only. A line says which
 * request, whose, what became of it and how long it took; never its query, its headers or its body.
 */
import type { Logger } from 'pino';
import { NO_BYTES } from '../base/index.ts';
import { Problem } from '../oauth/index.ts';
import { arrivedRequest, rememberedBody, WireRefused, type WireRequest } from '../web/index.ts';
import { claimedConsumer } from './claimed-consumer.ts';
import type { EndedRequest } from './request-observer.ts';

/** What a line is about. */
export type LoggedRequest = Omit<EndedRequest, 'isWhole' | 'tookMs'> & { readonly tookMs?: number };

/** A request that was refused. */
export function logRefused(log: Logger, request: LoggedRequest): void {
  if (!log.isLevelEnabled('info')) return;
  log.info({ ...fieldsOf(request), ...refusalFields(request.refusal) }, 'refused');
}

/** A request that was answered, or whose answer did not reach its end. */
export function logEnded(log: Logger, request: EndedRequest): void {
  if (!log.isLevelEnabled('debug')) return;
  log.debug(fieldsOf(request), request.isWhole ? 'answered' : 'broken off');
}

function fieldsOf({ face, wire, status, refusal, tookMs }: LoggedRequest): Record<string, unknown> {
  const { requestId, method, path, clientAddress } = wire ?? {};
  const consumer = wire === null ? null : namedConsumer(wire, refusal);
  const ms = tookMs === undefined ? undefined : Math.round(tookMs);
  return { requestId, face, method, path, clientAddress, ...(consumer && { consumer }), status, ms };
}

/** The consumer that a request names. An unknown one may be anything, also a secret that was mistaken for a key. */
function namedConsumer(wire: WireRequest, refusal: unknown): string | null {
  if (refusal instanceof Problem && refusal.code === 'consumer_key_unknown') return null;
  return claimedConsumer(arrivedRequest(wire, rememberedBody(wire.incoming) ?? NO_BYTES));
}

function refusalFields(refusal: unknown): Record<string, unknown> {
  if (refusal instanceof Problem) return { problem: refusal.code, detail: refusal.particulars.detail };
  return refusal instanceof WireRefused ? { detail: refusal.reason } : {};
}
