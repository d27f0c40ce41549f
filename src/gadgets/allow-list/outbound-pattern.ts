/**
 * One rule of the allow-list: a whole origin, or all subdomains of a domain. Patterns and addresses are both read by
 * the URL parser that browsers and our own client use (WHATWG), and compared by what it says: an allow-list that finds
 * the host by any other means can be shown one host while the client goes to another (CVE-2019-8451, `https://host@evil`).
 */
import type { GadgetMistakeCode } from '../mistake.ts';

/** What a text was read as. */
export type PatternReading =
  | { readonly ok: true; readonly pattern: string }
  | { readonly ok: false; readonly code: GadgetMistakeCode };

const WILDCARD = '*.';
const IP_ADDRESS = /^(?:\[|\d+\.\d+\.\d+\.\d+$)/u;

/** Reads a rule as people enter it; the pattern it gives is the one spelling of it. */
export function readPattern(text: string): PatternReading {
  const typed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//iu.exec(typed)?.[1]?.toLowerCase();
  if (scheme === undefined) return mistake('rule-malformed');
  if (scheme !== 'http' && scheme !== 'https') return mistake('rule-scheme');
  const authority = typed.slice(scheme.length + 3);
  if (/[@\\]/u.test(authority)) return mistake('rule-credentials');
  const isWildcard = authority.startsWith(WILDCARD);
  const plain = isWildcard ? authority.slice(WILDCARD.length) : authority;
  if (plain.includes('*')) return mistake('rule-wildcard');
  const url = URL.parse(`${scheme}://${plain}`);
  if (url === null || !isPlainHost(url)) return mistake('rule-malformed');
  if (url.pathname !== '/' || /[?#]/u.test(plain)) return mistake('rule-path');
  if (!isWildcard) return { ok: true, pattern: url.origin };
  if (IP_ADDRESS.test(url.hostname)) return mistake('rule-wildcard');
  if (labelsOf(url.hostname) < 2) return mistake('rule-too-wide');
  return { ok: true, pattern: `${scheme}://${WILDCARD}${url.host}` };
}

/** Whether a rule allows an address. @param pattern as `readPattern` gives it */
export function matchesPattern(pattern: string, url: URL): boolean {
  const wildcard = pattern.indexOf(WILDCARD);
  if (wildcard < 0) return url.origin === pattern;
  const domain = URL.parse(pattern.slice(0, wildcard) + pattern.slice(wildcard + WILDCARD.length));
  return (
    domain !== null &&
    url.protocol === domain.protocol &&
    url.port === domain.port &&
    url.hostname.endsWith(`.${domain.hostname}`)
  );
}

/**
 * Whether a host is written in what names of hosts consist of. The URL parser takes more (`;`, `"`, `,`), which would
 * mean something in the policies that sources stand in.
 */
export function isPlainHost({ hostname }: URL): boolean {
  return /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/u.test(hostname);
}

function labelsOf(hostname: string): number {
  return hostname.split('.').filter((label) => label !== '').length;
}

function mistake(code: GadgetMistakeCode): PatternReading {
  return { ok: false, code };
}
