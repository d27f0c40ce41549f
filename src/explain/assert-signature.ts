/**
 * An assertion for the test suites of clients and servers: passes when a request is signed rightly, and otherwise
 * fails with the explanation as its message, so that a red test says what to mend.
 */
import type { Secret } from '../base/index.ts';
import type { ConsumerCredential } from '../model/index.ts';
import type { ArrivedRequest } from '../oauth/index.ts';
import { explain } from './explain.ts';
import type { BaseStringRow, Explanation } from './explanation.ts';
import type { Language } from './knowledge.ts';
import { offlineKnowledge } from './offline-knowledge.ts';

/** What the request should have been signed with. */
export interface ExpectedCredentials {
  readonly consumerKey: string;
  readonly credential: ConsumerCredential;
  /** Secret of the token that the request carries; null when it carries none. */
  readonly tokenSecret: Secret | null;
  readonly token: string | null;
  /** Seconds since 1970 to judge the timestamp by; left out, any timestamp will do. */
  readonly now?: number;
}

/** A request that is not signed as it should be. Test runners know it by its name and code. */
export class SignatureAssertionError extends Error {
  readonly code = 'ERR_ASSERTION';
  readonly explanation: Explanation;

  constructor(explanation: Explanation) {
    super(describeExplanation(explanation));
    this.name = 'AssertionError';
    this.explanation = explanation;
  }
}

/**
 * Resolves when the request is signed rightly.
 * @throws {SignatureAssertionError} otherwise; its message names the failed checks, the mistakes and the difference
 */
export async function assertSignature(
  request: ArrivedRequest,
  expected: ExpectedCredentials,
  language: Language = 'en',
): Promise<void> {
  const { consumerKey, credential, token, tokenSecret, now } = expected;
  const knowledge = offlineKnowledge({
    consumerKey,
    credential,
    token: token === null || tokenSecret === null ? null : { value: token, secret: tokenSecret },
    now: now ?? null,
  });
  const path = request.baseUri.replace(/^https?:\/\/[^/]*/i, '') || '/';
  const explanation = await explain({ ...request, isSecureTransport: true, path }, knowledge, language);
  if (explanation.problem !== null) throw new SignatureAssertionError(explanation);
}

/** An explanation as a few lines of plain text. */
export function describeExplanation({ problem, checks, causes, baseString }: Explanation): string {
  const lines = [problem ?? 'accepted'];
  for (const { name, outcome, yours, ours } of checks) {
    if (outcome === 'failed') lines.push(`  ✘ ${name}: ${yours ?? ''} — ${ours ?? ''}`);
  }
  for (const { title, advice } of causes) lines.push(`  → ${title}. ${advice}`);
  const row = baseString.rows[baseString.firstDifference];
  if (row !== undefined) lines.push(...difference(row));
  if (baseString.ours !== null) lines.push(`  ours:  ${baseString.ours}`);
  if (baseString.yours !== null) lines.push(`  yours: ${baseString.yours}`);
  return lines.join('\n');
}

function difference({ name, yours, ours }: BaseStringRow): string[] {
  return [`  ${name}:`, `    ours:  ${ours ?? '–'}`, `    yours: ${yours ?? '–'}`];
}
