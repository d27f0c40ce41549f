/**
 * Reading what a provider's token address answers (RFC 5849 s2.1, s2.3). The media type says little: forms come as
 * `text/plain` and `text/html`, pages and errors as 200. So the body itself decides, and whatever has two readings
 * is refused. A refusal is looked for in the body and in WWW-Authenticate, where the Problem Reporting extension
 * puts it.
 */
import { Secret } from '../base/index.ts';
import type { FetchAnswer } from './context.ts';
import { ProviderAnswerRefused } from './errors.ts';
import { readProblemCode } from './problem-words.ts';

/** Most bytes of a token answer. */
export const MAX_TOKEN_ANSWER = 65_536;

/** A token, and what the provider said with it. */
export interface TokenResponse {
  readonly token: string;
  readonly secret: Secret;
  readonly isCallbackConfirmed: boolean;
  /** Seconds the token works (`oauth_expires_in`); null if it did not say. */
  readonly expiresIn: number | null;
  readonly sessionHandle: Secret | null;
  /** Seconds the session lasts (`oauth_authorization_expires_in`); null if it did not say. */
  readonly authorizationExpiresIn: number | null;
  /** What the provider calls the user; null if it did not say. */
  readonly accountLabel: string | null;
}

/** Names under which providers tell whose token it is, best for people first. */
const ACCOUNT_NAMES = ['screen_name', 'username', 'fullname', 'user_name', 'user_nsid', 'user_id'];

const LONGEST_TOKEN = 4096;
const LONGEST_LABEL = 100;
const LONGEST_ADVICE = 500;

/**
 * Reads an answer.
 * @throws {ProviderAnswerRefused} when it is not one token with its secret, clearly written
 */
export function parseTokenResponse(provider: string, answer: FetchAnswer): TokenResponse {
  const { status } = answer;
  const refuse = (code: ConstructorParameters<typeof ProviderAnswerRefused>[1]) =>
    new ProviderAnswerRefused(provider, code, { status });
  if (status >= 300 && status < 400) throw refuse('redirected');
  if (answer.body.length > MAX_TOKEN_ANSWER) throw refuse('too-large');
  const text = readText(answer.body);
  const problem = problemIn(answer, text);
  if (problem !== null) throw new ProviderAnswerRefused(provider, 'problem', { status, ...problem });
  if (status !== 200) throw refuse('status');
  if (text === null) throw refuse('malformed');
  if (text.startsWith('<')) throw refuse('page');
  const fields = readFields(text);
  if (fields === 'duplicate' || fields === 'malformed') throw refuse(fields);
  const token = fields.get('oauth_token') ?? '';
  const secret = fields.get('oauth_token_secret') ?? '';
  if (token === '' || secret === '') throw refuse('token-missing');
  if (token.length > LONGEST_TOKEN || secret.length > LONGEST_TOKEN) throw refuse('too-large');
  const handle = fields.get('oauth_session_handle') ?? '';
  return {
    token,
    secret: new Secret(secret),
    isCallbackConfirmed: fields.get('oauth_callback_confirmed')?.toLowerCase() === 'true',
    expiresIn: readSeconds(fields.get('oauth_expires_in')),
    sessionHandle: handle === '' ? null : new Secret(handle),
    authorizationExpiresIn: readSeconds(fields.get('oauth_authorization_expires_in')),
    accountLabel: readLabel(fields),
  };
}

/** The OAuth problem of an answer, wherever it stands; null if it reports none. Token answers and resources alike. */
export function problemOf(answer: FetchAnswer): string | null {
  return problemAndAdviceOf(answer)?.problem ?? null;
}

/** The same with the provider's own words. */
export function problemAndAdviceOf(answer: FetchAnswer): ReportedProblem | null {
  return problemIn(answer, answer.body.length > MAX_TOKEN_ANSWER ? null : readText(answer.body));
}

interface ReportedProblem {
  readonly problem: string;
  readonly advice: string | null;
}

/** The OAuth problem of an answer that was read in part. @param answer.text its body, if that was read */
export function problemReported(answer: {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly text?: string | undefined;
}): string | null {
  const { status, challenge, text } = answer;
  const headers: Record<string, string> = challenge === undefined ? {} : { 'www-authenticate': challenge };
  return problemIn({ status, headers }, text?.trim() ?? null)?.problem ?? null;
}

/** The OAuth problem in a WWW-Authenticate value. */
export function problemInChallenge(challenge: string | undefined): string | null {
  return readProblemCode(challengeParameter(challenge, 'oauth_problem'));
}

function problemIn(
  { status, headers }: Pick<FetchAnswer, 'status' | 'headers'>,
  text: string | null,
): ReportedProblem | null {
  const challenge = headers['www-authenticate'];
  const inHeader = problemInChallenge(challenge);
  if (inHeader !== null) {
    return { problem: inHeader, advice: readAdvice(challengeParameter(challenge, 'oauth_problem_advice')) };
  }
  if (text === null || !/(?:^|&)oauth_problem=/.test(text) || (status < 400 && status !== 200)) return null;
  const fields = new URLSearchParams(text);
  const problem = readProblemCode(fields.get('oauth_problem'));
  return problem === null ? null : { problem, advice: readAdvice(fields.get('oauth_problem_advice')) };
}

function challengeParameter(challenge: string | undefined, name: string): string | null {
  if (challenge === undefined || !/(?:^|,)\s*OAuth(?:\s|$)/i.test(challenge)) return null;
  const value = new RegExp(`(?:^|[\\s,])${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
  return value === undefined ? null : decodeLoosely(value);
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readText(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body).trim();
  } catch {
    return null;
  }
}

/** A protocol parameter that stands twice has two readings; others are the provider's own affair. */
function readFields(text: string): ReadonlyMap<string, string> | 'duplicate' | 'malformed' {
  if (!/^[^\s{["=&]+=/.test(text) || /%(?![0-9a-f]{2})/i.test(text)) return 'malformed';
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.includes('\ufffd') || /[\u0000-\u001f\u007f]/.test(value)) return 'malformed';
    if (name.startsWith('oauth_') && fields.has(name)) return 'duplicate';
    fields.set(name, value);
  }
  return fields;
}

/** Durations that cannot be true are as good as none. */
function readSeconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}

function readLabel(fields: ReadonlyMap<string, string>): string | null {
  const label = ACCOUNT_NAMES.map((name) => fields.get(name)).find(
    (value) => value !== undefined && value !== '',
  );
  // What is invisible would make one account look like another.
  return label?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').slice(0, LONGEST_LABEL) ?? null;
}

function readAdvice(text: string | null): string | null {
  if (text === null || text === '') return null;
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, LONGEST_ADVICE);
}
