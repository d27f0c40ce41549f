/**
 * What the REST API answers when it does not do what was asked: problem documents (RFC 9457) of a closed catalogue,
 * with the same sentences that pages and commands say. A `pointer` (RFC 6901) names the member a mistake is in.
 */
import { ACCOUNT_MISTAKES, type AccountField, AccountRefused } from '../accounts/index.ts';
import { type Mistake, type MistakeField, mistakeSentence, Refused } from '../administration/index.ts';
import { GADGET_MISTAKES, type GadgetMistake, GadgetsRefused } from '../gadgets/index.ts';
import { StorageUnavailable } from '../model/index.ts';
import { ConsumerInformationRefused, OutboundRefused, WireRefused } from '../web/index.ts';

/** Every problem, with its status and its title. The code ends the address that is its `type`. */
export const API_PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request cannot be read.' },
  'credentials-missing': { status: 401, title: 'An API key is needed.' },
  'credentials-rejected': { status: 401, title: 'The API key is not accepted.' },
  'scope-missing': { status: 403, title: 'The API key has no right to this.' },
  'not-found': { status: 404, title: 'There is no such thing here.' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method.' },
  conflict: { status: 409, title: 'It is in use already.' },
  'changed-meanwhile': { status: 412, title: 'Somebody changed this meanwhile.' },
  'too-large': { status: 413, title: 'The body is too large.' },
  'media-type': { status: 415, title: 'The body must be JSON.' },
  'invalid-input': { status: 422, title: 'Something that was entered is wrong.' },
  'too-many-requests': { status: 429, title: 'Too many requests in a short time.' },
  'fetch-failed': { status: 502, title: 'The other server could not be asked.' },
  'storage-unavailable': { status: 503, title: 'Storage does not answer just now.' },
  'internal-error': { status: 500, title: 'Something went wrong here.' },
} as const;

export type ApiProblemCode = keyof typeof API_PROBLEMS;

/** One thing that is wrong with what was entered. */
export interface ApiMistake {
  /** JSON pointer to the member; '' for the whole. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** What a problem says beside its code. */
export interface ApiProblemParticulars {
  readonly detail?: string;
  readonly mistakes?: readonly ApiMistake[];
  /** What the address takes, where it does not take the method (RFC 9110 s15.5.6). */
  readonly allowedMethods?: readonly string[];
}

/** A call that was not done. */
export class ApiProblem extends Error {
  readonly code: ApiProblemCode;
  readonly particulars: ApiProblemParticulars;

  constructor(code: ApiProblemCode, particulars: ApiProblemParticulars = {}) {
    super(particulars.detail ?? API_PROBLEMS[code].title);
    this.name = 'ApiProblem';
    this.code = code;
    this.particulars = particulars;
  }
}

/** What somebody threw, as a problem; null for what nobody expected. */
export function problemOf(error: unknown): ApiProblem | null {
  if (error instanceof ApiProblem) return error;
  if (error instanceof Refused) return ofMistakes(error.mistakes.map(administrationMistake));
  if (error instanceof AccountRefused) return ofMistakes(error.mistakes.map(accountMistake));
  if (error instanceof GadgetsRefused) return ofMistakes(error.mistakes.map(gadgetMistake));
  if (error instanceof OutboundRefused || error instanceof ConsumerInformationRefused)
    return new ApiProblem('fetch-failed', { detail: error.message });
  if (error instanceof StorageUnavailable) return new ApiProblem('storage-unavailable');
  if (error instanceof WireRefused)
    return new ApiProblem(REFUSED[error.status] ?? 'malformed-request', { detail: error.reason });
  return null;
}

/** What a request that was refused on its way in is, by the status of that; 503: too many bodies at the same time. */
const REFUSED: Readonly<Record<number, ApiProblemCode>> = { 413: 'too-large', 503: 'too-many-requests' };

const CODES: Readonly<Record<string, ApiProblemCode>> = {
  'not-found': 'not-found',
  'username-unknown': 'not-found',
  taken: 'conflict',
  'username-taken': 'conflict',
  'changed-meanwhile': 'changed-meanwhile',
  'gadget-unknown': 'not-found',
  'feed-unknown': 'not-found',
  'rule-unknown': 'not-found',
  'rule-taken': 'conflict',
  'spec-taken': 'conflict',
  'feed-taken': 'conflict',
  'placed-unknown': 'not-found',
};

function ofMistakes(mistakes: readonly ApiMistake[]): ApiProblem {
  const detail = mistakes.map(({ message }) => message).join(' ');
  const [only] = mistakes;
  const code = mistakes.length === 1 && only !== undefined ? CODES[only.code] : undefined;
  return new ApiProblem(code ?? 'invalid-input', { detail, mistakes });
}

/** Where fields of forms stand in the documents, when not under their own name. */
const POINTERS: Readonly<Partial<Record<MistakeField, string>>> = {
  record: '',
  twoLegged: '/twoLegged/allowed',
  executeAs: '/twoLegged/executeAs',
  mayImpersonate: '/twoLegged/mayImpersonate',
  readOnly: '/limits/readOnly',
  paths: '/limits/paths',
  providerTwoLegged: '/twoLegged',
  overlap: '/overlapSeconds',
};

function administrationMistake(mistake: Mistake): ApiMistake {
  const pointer = POINTERS[mistake.field] ?? `/${mistake.field}`;
  return { pointer, code: mistake.code, message: mistakeSentence(mistake) };
}

function gadgetMistake({ field, code }: GadgetMistake): ApiMistake {
  return { pointer: field === '' ? '' : `/${field}`, code, message: GADGET_MISTAKES[code] };
}

function accountMistake({ field, code }: AccountRefused['mistakes'][number]): ApiMistake {
  const member: Partial<Record<AccountField, string>> = { username: 'name', '': '' };
  const name = member[field] ?? field;
  return { pointer: name === '' ? '' : `/${name}`, code, message: ACCOUNT_MISTAKES[code] };
}
