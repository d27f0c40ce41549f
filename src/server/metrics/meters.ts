/**
 * Everything that is counted while requests are served, with the closed lists that its labels take their values from.
 * A server without a management listener has no meters, and counts nothing.
 */
import type { LoginVerdict } from '../../accounts/index.ts';
import { PROBLEMS, SIGNATURE_METHODS } from '../../oauth/index.ts';
import { OUTBOUND_REFUSALS } from '../../web/index.ts';
import { FACES } from '../request-observer.ts';
import { Distribution } from './distribution.ts';
import { Tally } from './tally.ts';

/** What became of a request. */
export const OUTCOMES = ['answered', 'refused', 'malformed', 'unavailable', 'aborted', 'failed'] as const;

/** What can happen to tokens. */
export const TOKEN_EVENTS = [
  'request-token-issued',
  'approved',
  'denied',
  'verifier-wrong',
  'issued',
  'renewed',
  'revoked',
] as const;

export type TokenEvent = (typeof TOKEN_EVENTS)[number];

/** Classes of status codes; `none` where no answer came. */
const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const;

const LOGIN_OUTCOMES: readonly LoginVerdict[] = ['signed-in', 'refused', 'limited'];

const FROM_50_MICROSECONDS = [
  0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1,
];
const FROM_1_MILLISECOND = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const AROUND_ZERO = [-120, -60, -30, -10, -5, -2, 0, 2, 5, 10, 30, 60, 120];

/** All counts of one server. */
export class Meters {
  readonly requests = new Tally({ face: FACES, outcome: OUTCOMES, status: STATUS_CLASSES });
  readonly accepted = new Tally({ method: SIGNATURE_METHODS });
  readonly refused = new Tally({
    face: FACES,
    problem: Object.keys(PROBLEMS),
    method: [...SIGNATURE_METHODS, 'none', 'other'],
  });
  readonly upstreamAnswers = new Tally({ status: STATUS_CLASSES });
  readonly tokens = new Tally({ event: TOKEN_EVENTS });
  readonly logins = new Tally({ outcome: LOGIN_OUTCOMES });
  readonly outbound = new Tally({ outcome: ['answered', ...OUTBOUND_REFUSALS, 'failed'] });
  /** Seconds. */
  readonly gateway = new Distribution(FROM_1_MILLISECOND);
  readonly verification = new Distribution(FROM_50_MICROSECONDS);
  readonly upstream = new Distribution(FROM_1_MILLISECOND);
  /** Seconds by which the timestamp of an accepted request was ahead of our clock. */
  readonly timestampOffset = new Distribution(AROUND_ZERO);
}

/** The class of a status code; 0: there was no answer. */
export function statusClass(status: number): string {
  return STATUS_CLASSES[Math.floor(status / 100) - 1] ?? 'none';
}
