/** What somebody sees who has begun too many requests to providers in a minute. */
import { BEGINNINGS_WINDOW_SECONDS, mayBegin } from '../../consumer/index.ts';
import type { Storage } from '../../model/index.ts';
import { buttonRow, html, linkButton, type SignedInContext } from '../../web/index.ts';
import { messages } from './messages.ts';
import { CONNECTIONS_PATH } from './paths.ts';

/** Counts one; null lets it through, otherwise the answer that asks for patience. */
export async function refuseTooMany(
  storage: Pick<Storage, 'attempts'>,
  c: SignedInContext,
): Promise<Response | null> {
  if (await mayBegin(storage, c.viewer.user.name, c.now)) return null;
  const t = c.messages(messages);
  return c.page({
    title: t.limitedTitle,
    section: 'connections',
    status: 429,
    headers: { 'Retry-After': String(BEGINNINGS_WINDOW_SECONDS) },
    body: html`<p>${t.limitedText}</p>${buttonRow(linkButton(c, CONNECTIONS_PATH, t.backToList))}`,
  });
}
