/**
 * What an answer of a provider says about a refusal: the problem, its own words, the number under which it keeps the
 * request, and the page where it explains the problem. All of it is somebody else's text: codes are words, the number
 * is printable, and the page is one of the provider's own, or it is left out.
 */
import type { FetchAnswer } from './context.ts';
import { problemAndAdviceOf } from './token-response.ts';

/** A refusal, as far as the provider told. */
export interface ProviderRefusal {
  /** HTTP status. */
  readonly status: number;
  /** Its `oauth_problem`; null if it named none. */
  readonly problem: string | null;
  readonly advice: string | null;
  /** Its `X-Request-Id`: with it, the administrators there find the request. */
  readonly requestId: string | null;
  /** Where it explains the problem (`Link: …; rel="help"`). */
  readonly helpUrl: string | null;
}

/**
 * Reads a refusal.
 * @param url where the answer came from
 * @returns null when the answer is none
 */
export function readRefusal(url: string, answer: FetchAnswer): ProviderRefusal | null {
  const { status, headers } = answer;
  const reported = problemAndAdviceOf(answer);
  if (reported === null && status !== 401 && status !== 403) return null;
  const requestId = headers['x-request-id'] ?? '';
  return {
    status,
    problem: reported?.problem ?? null,
    advice: reported?.advice ?? null,
    requestId: /^[\w.:-]{1,128}$/.test(requestId) ? requestId : null,
    helpUrl: readHelp(url, headers.link),
  };
}

/** A link to anywhere else would let a provider send people wherever it likes, out of one of our pages. */
function readHelp(url: string, link: string | undefined): string | null {
  const target = /<([^<>]{1,2000})>\s*;\s*rel="?help"?\s*(?:[,;]|$)/i.exec(link ?? '')?.[1];
  const help = URL.parse(target ?? '', url);
  if (target === undefined || help === null || help.username !== '' || help.password !== '') return null;
  const isOwn = help.origin === URL.parse(url)?.origin && /^https?:$/.test(help.protocol);
  return isOwn ? help.href : null;
}
