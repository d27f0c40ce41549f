/**
 * Faults that a test can order, as texts: a problem code, `slow:2000`, `malformed`, `drop`, `status:503`, `skew:-600`.
 * `@request-token`, `@authorize`, `@access-token` or `@resource` after it limits it to one address.
 */
import { PROBLEMS, type ProblemCode } from '../oauth/index.ts';

/** The addresses that a fault can be limited to. */
export const FAULT_PLACES = ['request-token', 'authorize', 'access-token', 'resource'] as const;

/** What a request is for. */
export type FaultPlace = (typeof FAULT_PLACES)[number];

/** What goes wrong. */
export type FaultKind =
  /** Refused with this problem, as a provider would. */
  | { readonly kind: 'problem'; readonly code: ProblemCode }
  /** Answered rightly, after so many milliseconds. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Answered with 200 and text that is not what it should be. */
  | { readonly kind: 'malformed' }
  /** The connection is cut without an answer. */
  | { readonly kind: 'drop' }
  /** Answered with this status, as something in between would. */
  | { readonly kind: 'status'; readonly status: number }
  /** Judged by a clock that is wrong by so many seconds. */
  | { readonly kind: 'skew'; readonly seconds: number };

/** A fault, and where it happens; null: everywhere but at the authorize address. */
export type Fault = FaultKind & { readonly place: FaultPlace | null };

/** A text that is no fault. The message says what would be one. */
export class FaultRefused extends Error {
  constructor(text: string) {
    super(
      `${text.slice(0, 80)}: is no fault. There are the problem codes (such as nonce_used), slow:MILLISECONDS, ` +
        `malformed, drop, status:CODE and skew:SECONDS, each with @${FAULT_PLACES.join(', @')} behind it if wanted.`,
    );
    this.name = 'FaultRefused';
  }
}

const LONGEST_DELAY_MS = 600_000;

/** Reads a fault. @throws {FaultRefused} */
export function parseFault(text: string): Fault {
  const [written = '', where, ...rest] = text.trim().split('@');
  const place = where === undefined ? null : FAULT_PLACES.find((one) => one === where);
  const fault = readKind(written.replace(/^problem=/, ''));
  if (fault === null || place === undefined || rest.length > 0) throw new FaultRefused(text);
  return { ...fault, place };
}

function readKind(text: string): FaultKind | null {
  if (text === 'malformed' || text === 'drop') return { kind: text };
  if (Object.hasOwn(PROBLEMS, text)) return { kind: 'problem', code: text as ProblemCode };
  const [, name, digits] = /^(slow|status|skew):(-?\d{1,9})$/.exec(text) ?? [];
  const number = Number(digits);
  if (name === 'slow' && number >= 0 && number <= LONGEST_DELAY_MS)
    return { kind: name, milliseconds: number };
  if (name === 'status' && number >= 400 && number <= 599) return { kind: name, status: number };
  return name === 'skew' ? { kind: name, seconds: number } : null;
}

/** Whether a fault happens at a place. */
export function happensAt(fault: Fault, place: FaultPlace): boolean {
  return fault.place === null ? place !== 'authorize' : fault.place === place;
}
