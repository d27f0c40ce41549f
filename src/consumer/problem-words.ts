/**
 * What a provider's `oauth_problem` means for us, and what to do: the same words in the console, at the command line
 * and in the answers of the signing proxy. Words that the extension does not know are said to be the provider's own.
 * @see https://oauth.pbworks.com/w/page/12938930/ProblemReporting
 */

const WORDS: ReadonlyMap<string, string> = new Map([
  ['version_rejected', 'It does not speak OAuth 1.0.'],
  [
    'parameter_absent',
    'It misses a parameter; it may want the parameters somewhere else (header, query or body).',
  ],
  [
    'parameter_rejected',
    'It does not accept a parameter; the callback may have to be registered there first.',
  ],
  ['timestamp_refused', 'Its clock and ours differ too much; compare both with the time of day.'],
  ['nonce_used', 'It has seen this request before; try again.'],
  [
    'signature_method_rejected',
    'It does not accept this signature method; choose the one that its documentation names.',
  ],
  [
    'signature_invalid',
    'Our signature did not match there: compare the secret or public key on both sides, and the address with the one that it sees.',
  ],
  ['consumer_key_unknown', 'It does not know our consumer key; register this installation there.'],
  ['consumer_key_rejected', 'It does not let our consumer key make this request.'],
  ['consumer_key_refused', 'It refuses our requests for now; wait, then try again.'],
  ['token_used', 'The token was used before; connect again.'],
  ['token_expired', 'The token has expired.'],
  ['access_token_expired', 'The token has expired.'],
  ['token_revoked', 'The user, or an administrator there, took the approval back.'],
  ['token_rejected', 'The token is not valid there, or not any more.'],
  ['token_not_authorized', 'The user has not approved the token.'],
  ['verifier_invalid', 'The verifier was wrong.'],
  ['user_refused', 'The user said no.'],
  ['permission_denied', 'Access was denied, or does not reach that far.'],
  ['permission_unknown', 'The user has not decided yet.'],
  ['provider_changed', 'An administrator changed its addresses or our consumer key here.'],
  ['additional_authorization_required', 'The user has to approve more there.'],
]);

/** The codes that are known here, for translations. */
export const KNOWN_PROBLEMS: readonly string[] = [...WORDS.keys()];

/** One sentence about a problem code. */
export function describeProblem(code: string): string {
  return WORDS.get(code) ?? `It reported "${code}", a problem of its own; see its documentation.`;
}

/** A problem code as it may be shown and kept: letters, digits and `_` only, or null if it is something else. */
export function readProblemCode(text: string | null | undefined): string | null {
  return text !== null && text !== undefined && /^[A-Za-z0-9_]{1,64}$/.test(text) ? text.toLowerCase() : null;
}
