/**
 * Answers to the page's script: JSON behind a prefix at which a script element of another site stops reading, and of
 * a type that nothing takes for a page. They are keyed by the address that the gadget gave, as `gadgets.io` has it.
 */
import type { GadgetNotice } from '../../gadgets/index.ts';
import type { Answer } from '../../web/index.ts';
import type { GadgetAnswer } from '../browser/messages.ts';

/** Nothing that begins like this is a script. The page's script knows it as well. */
const PREFIX = "throw 1; < don't be evil' >";

/** What the page's script gets; all but the gadget's own answer stays with it. */
export interface ContainerAnswer extends GadgetAnswer {
  readonly notice?: GadgetNotice | { readonly state: 'ok'; readonly provider: string } | null;
  /** The token has come to its end, and may be renewed. */
  readonly isStale?: boolean;
  /** A renewed one. */
  readonly token?: string;
}

const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Disposition': 'attachment; filename="answer.json"',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/** The answer to the request for an address. */
export function containerAnswer(address: string, answer: ContainerAnswer): Answer {
  return { status: 200, headers: HEADERS, body: PREFIX + JSON.stringify({ [address]: answer }) };
}

/** An answer that is only a reason. */
export function refusedAnswer(rc: number, reason: string): ContainerAnswer {
  return { rc, body: '', errors: [reason] };
}
