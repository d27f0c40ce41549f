/**
 * The consent page, the face of the product, and where it leads. It says who asks, for whom, what becomes possible
 * and what does not, until when, and how to take it back; the consumer's own description is marked as its words.
 * A decision is a deliberate POST with the session's token, from our own page, never framed (RFC 5849 s2.2; the
 * front door sees to it); the buttons carry no ids that a script or a fragment could aim at.
 */
import type { GadgetTitles } from '../../gadgets/index.ts';
import type { Consumer } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import { type Decision, decide, openConsent, type ProviderContext } from '../../provider/index.ts';
import { copyButton, fill, html, linkButton, type PageRoute, type SignedInContext } from '../../web/index.ts';
import { consentCard } from './consent-card.ts';
import { absentPage, consentProblemPage, undecidedPage } from './consent-problems.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH, CONSENT_PATHS } from './paths.ts';

/** The routes of the consent page, at both of its addresses. */
export function consentRoutes(provider: ProviderContext, gadgetTitles: GadgetTitles): readonly PageRoute[] {
  return CONSENT_PATHS.flatMap((path): PageRoute[] => [
    {
      method: 'GET',
      path,
      access: 'user',
      inPopup: true,
      handle: (c) => showConsent(provider, gadgetTitles, c),
    },
    { method: 'POST', path, access: 'user', inPopup: true, handle: (c) => takeDecision(provider, c) },
  ]);
}

async function showConsent(
  provider: ProviderContext,
  gadgetTitles: GadgetTitles,
  c: SignedInContext,
): Promise<Response> {
  const token = onlyValue(c.query, 'oauth_token');
  if (token === null) return absentPage(c);
  const legacyCallback = onlyValue(c.query, 'oauth_callback');
  try {
    const request = await openConsent(provider, token, c.viewer.user, legacyCallback);
    const titles = await gadgetTitles([request.gadgetUrl], c.locale);
    const gadgetTitle = titles.get(request.gadgetUrl ?? '') ?? null;
    const values = {
      consumer: request.consumer.name,
      user: c.viewer.user.displayName,
      application: c.installationName,
    };
    return await c.page({
      title: fill(c.messages(messages).consentTitle, values),
      shape: 'plain-card',
      formLeadsAway: true,
      body: consentCard(c, request, { token, legacyCallback, gadgetTitle }),
    });
  } catch (error) {
    if (error instanceof Problem) return consentProblemPage(provider, c, error, token);
    throw error;
  }
}

async function takeDecision(provider: ProviderContext, c: SignedInContext): Promise<Response> {
  const token = onlyValue(c.form, 'oauth_token');
  if (token === null) return absentPage(c);
  const decision = onlyValue(c.form, 'decision');
  if (decision !== 'approve' && decision !== 'deny') return undecidedPage(c, token);
  try {
    const legacyCallback = onlyValue(c.form, 'oauth_callback');
    return await afterDecision(c, await decide(provider, token, c.viewer.user, decision, legacyCallback));
  } catch (error) {
    if (error instanceof Problem) return consentProblemPage(provider, c, error, token);
    throw error;
  }
}

function afterDecision(c: SignedInContext, decision: Decision): Response | Promise<Response> {
  switch (decision.kind) {
    case 'redirect':
      return c.leaveFor(decision.location);
    case 'show-verifier':
      return verifierPage(c, decision.consumer, decision.verifier);
    case 'approved':
      return endPage(c, decision.consumer, 'approved');
    case 'denied':
      return endPage(c, decision.consumer, 'denied');
  }
}

/** The code that a person types into the consumer: large, in groups of four, each character unmistakable. */
function verifierPage(c: SignedInContext, consumer: Consumer, verifier: string): Promise<Response> {
  const t = c.messages(messages);
  const values = { consumer: consumer.name };
  const groups = verifier.match(/.{1,4}/g) ?? [];
  return c.page({
    title: fill(t.verifierTitle, values),
    lead: fill(t.verifierText, values),
    shape: 'card',
    body: html`<div class="verifier"><output aria-label="${t.verifierLabel}"><code>${groups.map(
      (group) => html`<span>${group}</span>`,
    )}</code></output>${copyButton(c, verifier, t.verifierLabel)}</div>
<p>${fill(t.verifierWarning, values)}</p>`,
  });
}

function endPage(c: SignedInContext, consumer: Consumer, kind: 'approved' | 'denied'): Promise<Response> {
  const t = c.messages(messages);
  const values = { consumer: consumer.name };
  return c.page({
    title: fill(kind === 'approved' ? t.approvedTitle : t.deniedTitle, values),
    shape: 'card',
    body: html`<p>${fill(kind === 'approved' ? t.approvedText : t.deniedText, values)}</p>
<div class="buttons">${linkButton(c, ACCESS_PATH, t.seeAccess)}</div>`,
  });
}

/** The one value of a parameter; null when it is absent, empty or repeated, since two would be two requests. */
function onlyValue(parameters: URLSearchParams, name: string): string | null {
  const values = parameters.getAll(name);
  return values.length === 1 && values[0] !== '' ? values[0]! : null;
}
