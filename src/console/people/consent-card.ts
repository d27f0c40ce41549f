/** The card of the consent page. Pure: everything it says comes from the request that was opened. */
import type { ConsentRequest } from '../../provider/index.ts';
import {
  absoluteMoment,
  type Content,
  facts,
  fill,
  fillHtml,
  type Html,
  hiddenField,
  html,
  notice,
  postForm,
  type SignedInContext,
} from '../../web/index.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH } from './paths.ts';

/** What the decision is about. */
export interface Asked {
  readonly token: string;
  readonly legacyCallback: string | null;
  /** What our own directory calls the gadget that asks; null where it does not know it. */
  readonly gadgetTitle: string | null;
}

/** Who asks for what, and the two buttons. */
export function consentCard(c: SignedInContext, request: ConsentRequest, asked: Asked): Html {
  const t = c.messages(messages);
  const { consumer } = request;
  const names = {
    consumer: html`<strong class="party">${consumer.name}</strong>`,
    user: html`<strong>${c.viewer.user.displayName}</strong>`,
    application: html`<strong>${c.installationName}</strong>`,
  };
  return html`<article class="consent">
<h1>${fillHtml(t.consentHeading, names)}</h1>
${description(c, request, asked.gadgetTitle)}
${abilities(c, request)}
${facts(
  [t.consentUntil, lifetime(c, request)],
  [
    t.consentTakeBack,
    fillHtml(t.consentTakeBackText, {
      link: html`<a href="${c.url(ACCESS_PATH)}" target="_blank" rel="noopener">${t.myAccess}</a>`,
    }),
  ],
  [t.consentWhere, html`${c.installationName}, <span class="host">${c.publicUrl.host}</span>`],
  [t.consentReturn, afterwards(c, request)],
)}
${consumer.legacy10 ? notice('warning', fill(t.consentLegacy, { consumer: consumer.name })) : ''}
${postForm(
  c,
  c.path,
  html`${hiddenField('oauth_token', asked.token)}${asked.legacyCallback === null ? '' : hiddenField('oauth_callback', asked.legacyCallback)}
<p class="signature" aria-hidden="true"><span></span><b>${c.viewer.user.displayName}</b></p>
<div class="decision"><button class="button is-plain" name="decision" value="deny">${t.deny}</button><button class="button is-primary" name="decision" value="approve">${t.approve}</button></div>`,
  'decide',
)}
</article>`;
}

/** The consumer's words, not ours: quoted, and said to be so. */
function description(
  c: SignedInContext,
  { consumer, gadgetUrl }: ConsentRequest,
  gadgetTitle: string | null,
): Content {
  const t = c.messages(messages);
  const gadget = gadgetUrl === null ? '' : gadgetLine(c, consumer.name, gadgetUrl, gadgetTitle);
  if (consumer.description.trim() === '') return gadget;
  return html`<figure class="own-words"><blockquote dir="auto">${consumer.description}</blockquote><figcaption>${fill(
    t.consentDescription,
    { consumer: consumer.name },
  )}</figcaption></figure>${gadget}`;
}

/** The consumer says which gadget it is, and nobody checks that: so it is said who says it. */
function gadgetLine(c: SignedInContext, consumer: string, url: string, title: string | null): Html {
  const address = html`<span class="host">${url}</span>`;
  const gadget = title === null ? address : html`<strong>${title}</strong> ${address}`;
  return html`<p class="asking-gadget">${fillHtml(c.messages(messages).consentGadget, { consumer, gadget })}</p>`;
}

function abilities(c: SignedInContext, { consumer: { limits } }: ConsentRequest): Html {
  const t = c.messages(messages);
  const application = c.installationName;
  const hasPaths = limits.paths.length > 0;
  const paths = html`${t.mayOnlyPaths} ${limits.paths.map((path) => html`<code>${path}</code> `)}`;
  const may = [
    fill(limits.readOnly ? t.mayRead : t.mayReadAndChange, { application }),
    ...(hasPaths ? [paths] : []),
    t.mayWhileAway,
  ];
  const mayNot = [
    ...(limits.readOnly ? [t.mayNotChange] : []),
    ...(hasPaths ? [t.mayNotOther] : []),
    t.mayNotMore,
    t.mayNotPassword,
  ];
  const items = (list: readonly Content[]) => list.map((item) => html`<li>${item}</li>`);
  return html`<div class="abilities">
<section><h2>${t.consentMay}</h2><ul class="may">${items(may)}</ul></section>
<section><h2>${t.consentMayNot}</h2><ul class="may-not">${items(mayNot)}</ul></section>
</div>`;
}

function lifetime(c: SignedInContext, { accessEndsAt, renewableUntil }: ConsentRequest): Content {
  const t = c.messages(messages);
  const end = absoluteMoment(c, accessEndsAt);
  if (renewableUntil <= accessEndsAt) return end;
  return fill(t.consentUntilRenewable, { end, last: absoluteMoment(c, renewableUntil) });
}

function afterwards(c: SignedInContext, { callback, consumer }: ConsentRequest): Content {
  const t = c.messages(messages);
  if (callback === null) return fill(t.consentReturnCode, { consumer: consumer.name });
  return fillHtml(t.consentReturnTo, { host: html`<span class="host">${new URL(callback).host}</span>` });
}
