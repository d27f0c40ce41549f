/**
 * The closed catalogue of what can be wrong with an OAuth request, and the error that carries one of them.
 * A code is a word of the Problem Reporting extension; its status, sentence and documentation page hang on it.
 * `advice` may travel to the caller; nothing secret, and nothing that tells a stranger about a token, goes in it.
 * @see https://oauth.pbworks.com/w/page/12938930/ProblemReporting
 */

/** What stands behind one problem code. */
export interface ProblemEntry {
  /** HTTP status of the refusal. */
  readonly status: 400 | 401 | 429;
  /** One sentence for people, without the particulars of a request. */
  readonly sentence: string;
}

/** Every problem there is. The code is also the name of its page under `docs/problems/`. */
export const PROBLEMS = {
  version_rejected: { status: 400, sentence: 'oauth_version must be 1.0 or left out.' },
  parameter_absent: { status: 400, sentence: 'A parameter that this request needs is missing.' },
  parameter_rejected: { status: 400, sentence: 'A parameter is malformed, repeated or not allowed here.' },
  timestamp_refused: { status: 400, sentence: 'oauth_timestamp is too far from the present time.' },
  signature_method_rejected: { status: 400, sentence: 'This consumer may not use that signature method.' },
  nonce_used: { status: 401, sentence: 'A request with this nonce and timestamp was accepted before.' },
  token_used: { status: 401, sentence: 'This request token was used already.' },
  token_expired: { status: 401, sentence: 'The token has expired.' },
  token_revoked: { status: 401, sentence: 'The token was revoked.' },
  token_rejected: { status: 401, sentence: 'The token is not valid for this request.' },
  signature_invalid: { status: 401, sentence: 'The signature does not match the request.' },
  consumer_key_unknown: { status: 401, sentence: 'No consumer is registered under this key.' },
  consumer_key_rejected: { status: 401, sentence: 'This consumer may not make that request.' },
  permission_unknown: { status: 401, sentence: 'The user has not decided about this request yet.' },
  permission_denied: { status: 401, sentence: 'Access was denied, or does not extend to this request.' },
  additional_authorization_required: { status: 401, sentence: 'The user has to approve access again.' },
  consumer_key_refused: {
    status: 429,
    sentence: 'This consumer has made too many requests; wait, then try again.',
  },
} as const satisfies Record<string, ProblemEntry>;

/** A code of the catalogue. */
export type ProblemCode = keyof typeof PROBLEMS;

/** Particulars of one refusal. All but `detail` are sent to the caller. */
export interface ProblemParticulars {
  /** What was wrong and what to do, in one or two sentences (`oauth_problem_advice`). */
  readonly advice?: string;
  /** Names of missing parameters (`oauth_parameters_absent`). */
  readonly absent?: readonly string[];
  /** Names of refused parameters (`oauth_parameters_rejected`). */
  readonly rejected?: readonly string[];
  /** Earliest and latest `oauth_timestamp` that would be accepted, in seconds (`oauth_acceptable_timestamps`). */
  readonly acceptableTimestamps?: readonly [number, number];
  /** Earliest and latest protocol version that would be accepted (`oauth_acceptable_versions`). */
  readonly acceptableVersions?: readonly [string, string];
  /** Seconds to wait before another try (`Retry-After`). */
  readonly retryAfterSeconds?: number;
  /** For logs and the explanation of a refusal; never sent. Holds no secret. */
  readonly detail?: string;
}

/** A refused OAuth request. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly particulars: ProblemParticulars;

  constructor(code: ProblemCode, particulars: ProblemParticulars = {}) {
    super(PROBLEMS[code].sentence);
    this.name = 'Problem';
    this.code = code;
    this.particulars = particulars;
  }

  /** HTTP status of the refusal. */
  get status(): number {
    return PROBLEMS[this.code].status;
  }
}
