/**
 * What the user's browser brings back from the provider. Providers word a refusal in several ways; all are read here.
 * Nothing in a callback is trusted beyond the token's name: which provider it belongs to is in our own record.
 */
import { readProblemCode } from './problem-words.ts';

/** A callback's query, read. */
export interface ConnectionCallback {
  /** The request token it names. */
  readonly token: string;
  readonly verdict:
    | { readonly kind: 'approved' /** Null from providers of OAuth 1.0. */; readonly verifier: string | null }
    | { readonly kind: 'denied'; readonly problem: string };
}

const LONGEST_VALUE = 4096;

/**
 * Reads a callback's query.
 * @returns null when it names no token, or any of these parameters twice
 */
export function readConnectionCallback(query: string | URLSearchParams): ConnectionCallback | null {
  const parameters = new URLSearchParams(query);
  const names = ['oauth_token', 'oauth_verifier', 'oauth_problem', 'denied'] as const;
  const values = names.map((name) => parameters.getAll(name));
  if (values.some((all) => all.length > 1 || (all[0] ?? '').length > LONGEST_VALUE)) return null;
  const [token, verifier, problem, denied] = values.map(([value]) => value);
  // Twitter's way: `denied` holds the token, and `oauth_token` is missing.
  if (!token) return denied ? refusedBy(denied, 'user_refused') : null;
  if (problem !== undefined) return refusedBy(token, readProblemCode(problem) ?? 'permission_denied');
  if (verifier === 'denied' || denied !== undefined) return refusedBy(token, 'permission_denied');
  return { token, verdict: { kind: 'approved', verifier: verifier || null } };
}

function refusedBy(token: string, problem: string): ConnectionCallback {
  return { token, verdict: { kind: 'denied', problem } };
}
