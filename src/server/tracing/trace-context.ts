/**
 * Which trace a request is part of, as W3C Trace Context writes it. A caller's word counts only if a listed proxy
 * brought it: anybody else could join strangers' traces, or have every request traced. @see https://www.w3.org/TR/trace-context/
 */
import { randomBytes } from 'node:crypto';
import type { TraceFields } from '../../gateway/index.ts';
import { isFromListedProxy, type WireRequest } from '../../web/index.ts';

/** A place in a trace. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Whether spans of this trace are kept. */
  readonly isSampled: boolean;
  /** What other vendors keep in `tracestate`; '' for nothing. */
  readonly state: string;
}

/** Version, trace, parent, flags; later versions may append fields. */
const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

const SAMPLED = 1;
const LONGEST_STATE = 512;
const PRINTABLE = /^[ -~]*$/;

/** The context that a listed proxy hands on; null for none, and for what is not one. */
export function receivedContext(wire: WireRequest): TraceContext | null {
  if (!isFromListedProxy(wire)) return null;
  const [text, ...more] = wire.headerValues('traceparent');
  const match = more.length > 0 ? null : TRACEPARENT.exec(text?.trim() ?? '');
  if (match === null) return null;
  const [, version, traceId, spanId, flags, rest] = match;
  if (version === '00' && rest !== undefined) return null;
  const state = wire.headerValues('tracestate').join(',');
  return {
    traceId: traceId!,
    spanId: spanId!,
    isSampled: (Number.parseInt(flags!, 16) & SAMPLED) === SAMPLED,
    state: state.length <= LONGEST_STATE && PRINTABLE.test(state) ? state : '',
  };
}

/**
 * A place of its own: in the trace of its parent, or in a new one.
 * @param share of new traces, how many of one are kept (0 to 1); the trace's own random id decides
 */
export function newContext(parent: TraceContext | null, share: number): TraceContext {
  if (parent === null) {
    const traceId = randomDigits(16);
    return { traceId, spanId: randomDigits(8), isSampled: isKept(traceId, share), state: '' };
  }
  const { traceId, isSampled: isParentSampled, state } = parent;
  return { traceId, spanId: randomDigits(8), isSampled: isParentSampled, state };
}

/** Reads the last 48 bits of the id as a fraction of one. */
function isKept(traceId: string, share: number): boolean {
  return Number.parseInt(traceId.slice(-12), 16) < share * 2 ** 48;
}

/** The context as header fields. */
export function traceFields({ traceId, spanId, isSampled, state }: TraceContext): TraceFields {
  const traceparent = `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
  return state === '' ? { traceparent } : { traceparent, tracestate: state };
}

/** Random bytes in stock: asking the system for a few at a time costs more than everything else about a span. */
let stock = Buffer.alloc(0);
let used = 0;

function randomDigits(bytes: number): string {
  if (used + bytes > stock.length) {
    stock = randomBytes(4096);
    used = 0;
  }
  used += bytes;
  return stock.toString('hex', used - bytes, used);
}
