/**
 * Keeps out of an explanation whatever would give access: secrets wholly, verifiers, handles and passwords wholly,
 * tokens but for their ends. Values are sought in every spelling that percent-encoding gives them, and by the names
 * they go under, because a client's own text may hold a token that nobody here knows.
 */
import { encodePercent } from '../oauth/index.ts';

/** Replaces what must not be shown. */
export type Redact = (text: string) => string;

const HIDDEN = '[redacted]';

/** Shorter texts are found in innocent words; none that was generated here is that short. */
const SHORTEST_SOUGHT = 6;

/** Names whose values give access, or are nobody else's business, within longer names too. */
const TELLING = [
  'oauth_(?:token|verifier|session_handle)',
  'pass(?:w(?:or)?d|phrase|code)',
  'secret|token|session|credential',
  '(?:api|private|access)[_-]?key',
  '(?:credit|debit)[_-]?card|card[_-]?num',
];

/** The same for names that are parts of innocent words. */
const TELLING_ALONE = 'pass|pwd|pin|otp|cv[cv]|ssn|sid|jwt|auth|authorization';

/** `name=value` in any encoding, for such names. Ends at an ampersand in any encoding. */
const NAMED = new RegExp(
  `((?:(?:${TELLING.join('|')})\\w{0,40}|(?<![a-z])(?:${TELLING_ALONE}))(?:=|%(?:25)*3d))([^&\\s",]*?)(?=&|%(?:25)*26|[\\s",]|$)`,
  'gi',
);

/** Prepares the replacement. @param secrets never shown @param tokens shown by their ends */
export function createRedactor(secrets: readonly string[], tokens: readonly string[]): Redact {
  const replacements = [
    ...secrets.flatMap((secret) => spellings(secret).map((text) => [text, HIDDEN] as const)),
    ...tokens.flatMap((token) => spellings(token).map((text) => [text, shortened(token)] as const)),
  ].toSorted((a, b) => b[0].length - a[0].length);
  return (text) => {
    let clean = text;
    for (const [sought, shown] of replacements) clean = clean.replaceAll(sought, shown);
    return clean.replace(NAMED, (_, name: string, value: string) =>
      /^oauth_token(?!_)/i.test(name) ? name + shortened(value) : `${name}${value === '' ? '' : HIDDEN}`,
    );
  };
}

/** The two ends of a token: enough to recognise it by, useless for access. */
export function shortened(token: string): string {
  if (token.includes('…') || token === '') return token;
  return token.length < 16 ? `${token.slice(0, 2)}…` : `${token.slice(0, 4)}…${token.slice(-4)}`;
}

function spellings(value: string): string[] {
  const trimmed = value.trim();
  if (trimmed.length < SHORTEST_SOUGHT) return [];
  const once = encodePercent(trimmed);
  return [...new Set([trimmed, once, encodePercent(once)])];
}
