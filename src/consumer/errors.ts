/**
 * What can go wrong on the way to a provider, each as its own type, so that a face can tell "ask the user again" from
 * "the administrator has to mend this" from "try later". Messages are English sentences that may be shown: they name
 * the provider and what to do, and hold nothing secret and nothing unescaped that the provider sent.
 */
import { describeProblem } from './problem-words.ts';

/** Why an answer of a provider could not be used. */
export type AnswerFault =
  | 'problem'
  | 'status'
  | 'redirected'
  | 'too-large'
  | 'page'
  | 'malformed'
  | 'duplicate'
  | 'token-missing'
  | 'callback-not-confirmed'
  | 'verifier-missing';

const FAULTS: Readonly<Record<Exclude<AnswerFault, 'problem'>, string>> = {
  status: 'It did not answer with 200.',
  redirected:
    'It answered with a redirect, which is not followed with a signature; enter the address it redirects to.',
  'too-large': 'Its answer was longer than is accepted; check the address.',
  page: 'It answered with a page for people; check the address.',
  malformed: 'Its answer was not form-encoded; check the address.',
  duplicate: 'Its answer held a parameter twice.',
  'token-missing': 'Its answer held no token, or no secret for it.',
  'callback-not-confirmed':
    'It did not confirm our callback (oauth_callback_confirmed=true), so anybody could slip somebody else’s approval in. It may speak OAuth 1.0 of 2007 only.',
  'verifier-missing':
    'It sent you back without a verifier (oauth_verifier), so nobody can tell who approved.',
};

/** A provider answered with something else than was asked for: a token, most often. */
export class ProviderAnswerRefused extends Error {
  readonly provider: string;
  readonly code: AnswerFault;
  /** HTTP status of the answer. */
  readonly status: number;
  /** The provider's `oauth_problem`, a word of letters, digits and `_`; null if it sent none. */
  readonly problem: string | null;
  /** The provider's own words, shortened and without control characters; null if it sent none. */
  readonly advice: string | null;

  constructor(
    provider: string,
    code: AnswerFault,
    particulars: {
      readonly status: number;
      readonly problem?: string | null;
      readonly advice?: string | null;
    },
  ) {
    const { status, problem = null, advice = null } = particulars;
    const sentence = code === 'problem' ? describeProblem(problem ?? '') : FAULTS[code];
    super(`${provider} gave no answer that can be used (${status}). ${sentence}`);
    this.name = 'ProviderAnswerRefused';
    this.provider = provider;
    this.code = code;
    this.status = status;
    this.problem = problem;
    this.advice = advice;
  }
}

/** No answer came: the address may not be reached, or was not. `cause` is the port's own error. */
export class ProviderUnreachable extends Error {
  readonly provider: string;
  /** The port's code (`timeout`, `address-forbidden`, `tls-failed` …), or `unreachable`. */
  readonly code: string;

  constructor(provider: string, code: string, reason: string, options?: ErrorOptions) {
    super(`${provider} could not be reached: ${reason}`, options);
    this.name = 'ProviderUnreachable';
    this.provider = provider;
    this.code = code;
  }
}

/** There is no token that works: the user has to approve (again). */
export class ConnectionNeedsApproval extends Error {
  readonly provider: string;
  /** `not-connected`, or the problem that ended the connection. */
  readonly reason: string;

  constructor(provider: string, reason: string) {
    super(
      reason === 'not-connected'
        ? `There is no connection to ${provider} yet: log in there and approve access.`
        : `The connection to ${provider} has ended: log in there and approve access again. ${describeProblem(reason)}`,
    );
    this.name = 'ConnectionNeedsApproval';
    this.provider = provider;
    this.reason = reason;
  }
}

/** Why a request is not made at all. */
export type RequestFault =
  | 'unknown-provider'
  | 'no-addresses'
  | 'token-in-use'
  | 'provider-changed'
  | 'not-by-hand'
  | 'malformed-token'
  | 'invalid-url'
  | 'other-origin'
  | 'method-not-allowed'
  | 'path-not-allowed'
  | 'two-legged-off'
  | 'plaintext-insecure'
  | 'form-with-body'
  | 'malformed-form'
  | 'protocol-parameter'
  | 'no-own-key';

const REFUSALS: Readonly<Record<RequestFault, string>> = {
  'unknown-provider':
    'There is no service provider of that name. Look it up in the list of service providers, or with: countersign provider list.',
  'no-addresses':
    'Its request-token, authorize and access-token URLs are not entered, so nobody can connect to it.',
  'token-in-use': 'It gave out a request token that is in use already; try again.',
  'provider-changed':
    'Its addresses or our consumer key were changed meanwhile, and the token was for the ones before; connect again.',
  'not-by-hand': 'Tokens of this kind are not entered by hand for it.',
  'malformed-token':
    'Enter what it gave you, whole: printable characters without blanks, an API key in its three parts (CONSUMER:TOKEN:SECRET).',
  'invalid-url': 'The address is not an absolute http or https address without user name.',
  'other-origin': 'The address is not below the provider’s base URL, and signed requests go nowhere else.',
  'method-not-allowed': 'This HTTP method is not among those that an administrator allowed for it.',
  'path-not-allowed': 'This path is not among those that an administrator allowed for it.',
  'two-legged-off': 'Requests without a user are not switched on for it.',
  'plaintext-insecure': 'PLAINTEXT sends the secrets as they are, so it needs https or this machine.',
  'form-with-body': 'A request of this method cannot carry form fields, or carries another body already.',
  'malformed-form': 'The form body holds a malformed escape or is not UTF-8.',
  'protocol-parameter': 'The request holds OAuth parameters of its own; leave them out, they are added here.',
  'no-own-key': 'This installation has no key of its own yet.',
};

/** A request that was not made, because its provider's record does not allow it or it cannot be signed. */
export class RequestNotAllowed extends Error {
  readonly provider: string;
  readonly code: RequestFault;

  constructor(provider: string, code: RequestFault) {
    super(`${provider}: ${REFUSALS[code]}`);
    this.name = 'RequestNotAllowed';
    this.provider = provider;
    this.code = code;
  }
}

/** What keeps a provider from being used, other than the user's missing approval. */
export type ProviderTrouble = ProviderAnswerRefused | ProviderUnreachable | RequestNotAllowed;

/** Whether an error is one of those. */
export function isProviderTrouble(error: unknown): error is ProviderTrouble {
  return (
    error instanceof ProviderAnswerRefused ||
    error instanceof ProviderUnreachable ||
    error instanceof RequestNotAllowed
  );
}
