/** How a gadget stands with a provider, in the viewer's words: what it is, and what to do. */
import type { ProviderRefusal, ProviderTrouble } from '../../consumer/index.ts';
import { ProviderAnswerRefused, ProviderUnreachable } from '../../consumer/index.ts';
import type { NoticeState } from '../../gadgets/index.ts';
import { fill, type Locale, problemWords, troubleWords } from '../../web/index.ts';
import { messages } from './messages.ts';

/** A state with its sentence. */
export interface StateWords {
  readonly state: NoticeState;
  readonly text: string;
}

/** Problems after which the approval was good for as long as it was meant to be. */
const EXPIRIES = new Set(['token_expired', 'access_token_expired', 'permission_denied', 'token_used']);

/** Why the viewer has to approve. @param reason `not-connected`, or the problem that ended the connection */
export function approvalState(locale: Locale, provider: string, gadget: string, reason: string): StateWords {
  const t = messages[locale];
  const values = { provider, gadget };
  if (reason === 'not-connected') return { state: 'needs-approval', text: fill(t.needsApproval, values) };
  if (reason === 'provider_changed')
    return { state: 'needs-approval', text: fill(t.providerChanged, values) };
  if (reason === 'additional_authorization_required') {
    return { state: 'needs-approval', text: fill(t.moreNeeded, values) };
  }
  return EXPIRIES.has(reason)
    ? { state: 'expired', text: fill(t.expired, values) }
    : { state: 'revoked', text: fill(t.revoked, values) };
}

/** What keeps the provider from being used. */
export function troubleState(locale: Locale, trouble: ProviderTrouble): StateWords {
  const t = messages[locale];
  const values = { provider: trouble.provider };
  const isDown =
    (trouble instanceof ProviderUnreachable && PASSING.has(trouble.code)) ||
    (trouble instanceof ProviderAnswerRefused && trouble.status >= 500);
  if (isDown) return { state: 'provider-down', text: fill(t.providerDown, values) };
  return { state: 'refused', text: `${troubleWords({ locale }, trouble)} ${t.tellAdministrator}` };
}

/** Reasons for which there was no answer that go away by themselves; the others are settings. */
const PASSING = new Set(['unreachable', 'timeout', 'unreadable', 'host-unknown', 'tls-failed']);

/** What the provider has against a request although the approval is good. */
export function refusalState(locale: Locale, provider: string, problem: string): StateWords {
  const t = messages[locale];
  const reason = problemWords({ locale }, problem);
  return { state: 'refused', text: `${fill(t.refused, { provider })} ${reason} ${t.tellAdministrator}` };
}

/** An answer that the gadget gets, and that says something about the provider all the same. */
export function answerState(
  locale: Locale,
  provider: string,
  status: number,
  refusal: ProviderRefusal | null,
): StateWords | null {
  if (status === 502 || status === 503 || status === 504) {
    return { state: 'provider-down', text: fill(messages[locale].providerDown, { provider }) };
  }
  const problem = refusal?.problem ?? null;
  if (problem !== null) return refusalState(locale, provider, problem);
  if (status < 500) return null;
  const { providerFailed, tellAdministrator } = messages[locale];
  return {
    state: 'provider-down',
    text: `${fill(providerFailed, { provider, status })} ${tellAdministrator}`,
  };
}
