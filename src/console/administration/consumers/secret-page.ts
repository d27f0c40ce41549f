/**
 * Shows a generated secret, this one time: it is part of the answer to the form that made it, and of nothing that
 * could be opened again. A reload sends the form again, which is refused.
 */
import type { Secret } from '../../../base/index.ts';
import type { Consumer } from '../../../model/index.ts';
import { copyBlock, fill, html, linkButton, notice, type SignedInContext } from '../../../web/index.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath } from './words.ts';

/** Answers with the page that shows the secret. */
export function secretPage(c: SignedInContext, consumer: Consumer, secret: Secret): Promise<Response> {
  const t = c.messages(consumerMessages);
  const { key, name } = consumer;
  return c.page({
    title: fill(t.secretTitle, { name }),
    section: 'consumers',
    breadcrumbs: [
      { label: t.title, path: CONSUMERS_PATH },
      { label: name, path: consumerPath('view', key) },
    ],
    body: html`${notice('warning', html`<strong>${t.secretLead}</strong> ${t.secretLost}`)}
<p>${t.secretHandOver}</p>
<h2>${t.key}</h2>${copyBlock(c, key, t.key)}
<h2>${t.secret}</h2>${copyBlock(c, secret.reveal(), t.secret)}
<p>${linkButton(c, consumerPath('view', key), t.done, 'primary')}</p>`,
  });
}
