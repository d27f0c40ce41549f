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
${asking(c, request, asked.gadgetTitle)}
${consumer.legacy10 ? notice('warning', fill(t.consentLegacy, { consumer: consumer.name })) : ''}
${abilities(c, request)}
${ownWords(c, request)}
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

/** The consumer's words, not ours: quoted, and said to be so; after ours, which they can so never push out of sight. */
function ownWords(c: SignedInContext, { consumer }: ConsentRequest): Content {
  if (consumer.description.trim() === '') return '';
  return html`<figure class="own-words"><blockquote dir="auto">${consumer.description}</blockquote><figcaption>${fill(
    c.messages(messages).consentDescription,
    { consumer: consumer.name },
  )}</figcaption></figure>`;
}

/** The consumer says which gadget it is, and nobody checks that: so it is said who says it. */
function asking(c: SignedInContext, { consumer, gadgetUrl }: ConsentRequest, title: string | null): Content {
  if (gadgetUrl === null) return '';
  const address = html`<span class="host">${gadgetUrl}</span>`;
  const gadget = title === null ? address : html`<strong>${title}</strong> ${address}`;
  const sentence = c.messages(messages).consentGadget;
  return html`<p class="asking-gadget">${fillHtml(sentence, { consumer: consumer.name, gadget })}</p>`;
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
