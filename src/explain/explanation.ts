/**
 * What an explanation says. It is made for those who may know: administrators and the consumer's owner. It never
 * holds a secret, a verifier, a whole token, or the signature that would have been right: whoever reads it is helped
 * to sign correctly with a key they have, and not at all to sign without one.
 */
import type { ProblemCode } from '../oauth/index.ts';
import type { MistakeCode } from './mistake-code.ts';

/** Questions that are asked of a request, in the protocol's order. */
export const CHECK_NAMES = [
  'parameters',
  'version',
  'consumer',
  'method',
  'clock',
  'nonce',
  'token',
  'callback',
  'verifier',
  'signature',
  'body-hash',
  'rights',
] as const;

/** Name of a check. */
export type CheckName = (typeof CHECK_NAMES)[number];

/** `skipped`: it does not concern this request, or what it needs is not known. */
export type CheckOutcome = 'passed' | 'failed' | 'skipped';

/** One line of the checklist. */
export interface Check {
  readonly name: CheckName;
  readonly outcome: CheckOutcome;
  /** What the request says, ready to be shown; null where it says nothing. */
  readonly yours: string | null;
  /** What this installation has or wants, ready to be shown; null where there is nothing to say. */
  readonly ours: string | null;
  /** The problem this check alone would have answered with; null unless it failed. */
  readonly problem: ProblemCode | null;
}

/** A known mistake that explains the refusal. */
export interface Cause {
  readonly code: MistakeCode;
  readonly title: string;
  /** What happened here and what to do, with this request's own values where they help. */
  readonly advice: string;
  /** Where an installation says more, below `/oauth/`, such as `mistakes/signed-http-for-https`; see `withPageAddresses`. */
  readonly page: string;
}

/** How one row of the comparison stands. */
export type RowState = 'equal' | 'different' | 'only-yours' | 'only-ours' | 'moved';

/** One component of the base strings: the method, the address, or a parameter. Decoded one level. */
export interface BaseStringRow {
  readonly part: 'method' | 'address' | 'parameter';
  /** The parameter's name; for method and address, the part's. */
  readonly name: string;
  readonly yours: string | null;
  readonly ours: string | null;
  /** `moved`: both have it, at another place of the order. */
  readonly state: RowState;
}

/** Both base strings. Tokens in them are shortened, other values that give access are left out. */
export interface BaseStringComparison {
  /** Null when the request could not be taken apart. */
  readonly ours: string | null;
  /** What the client printed, or what it must have signed by the causes found; null when neither is known. */
  readonly yours: string | null;
  /** Where `yours` comes from. */
  readonly source: 'printed' | 'reconstructed' | null;
  /** In the order of ours; what only the client has comes where it would stand. Empty unless `yours` is known. */
  readonly rows: readonly BaseStringRow[];
  /** Index of the first row that is not equal; -1 when there is none. */
  readonly firstDifference: number;
}

/** A part of the address on its way: as the client signed it, as it arrived, and as this installation has it. */
export interface JourneyRow {
  readonly part: 'scheme' | 'host' | 'port' | 'path';
  /** As signed, when that is known. */
  readonly signed: string | null;
  /** As the connection and its Host header say. */
  readonly seen: string | null;
  /** As forwarded headers say; null when there are none. */
  readonly forwarded: string | null;
  /** Whether that counts: it comes from a listed proxy, in a header that this server reads. */
  readonly isForwardedTrusted: boolean;
  /** As the public URL has it: what a client has to sign. */
  readonly ours: string;
}

/** Why a request is, or is not, accepted. */
export interface Explanation {
  readonly requestId: string | null;
  /** What the provider answers; null when the request would be accepted, as far as it can be judged. */
  readonly problem: ProblemCode | null;
  readonly checks: readonly Check[];
  readonly baseString: BaseStringComparison;
  /** The mistakes that together explain the refusal; empty when no known one does. */
  readonly causes: readonly Cause[];
  /** Other single mistakes that would give the very same text. */
  readonly alternatives: readonly Cause[];
  readonly journey: readonly JourneyRow[];
  /** How many signatures were tried. */
  readonly tried: number;
}
