/**
 * Every press of Connect, Renew or Test sends requests to somebody else's server in our name, and some leave a
 * record here, so a user gets so many a minute. Counted in storage, like all limits: for all nodes together.
 */
import { type Storage, userNameKey } from '../../model/index.ts';
import { buttonRow, html, linkButton, type SignedInContext } from '../../web/index.ts';
import { messages } from './messages.ts';
import { CONNECTIONS_PATH } from './paths.ts';

/** Requests to providers that one user may begin in a minute, by pages. */
export const BEGINNINGS_A_MINUTE = 20;

const WINDOW_SECONDS = 60;

/** Counts one; null lets it through, otherwise the answer that asks for patience. */
export async function refuseTooMany(
  { attempts }: Pick<Storage, 'attempts'>,
  c: SignedInContext,
): Promise<Response | null> {
  const bucket = `outgoing:${userNameKey(c.viewer.user.name)}`;
  if ((await attempts.count(bucket, c.now, WINDOW_SECONDS)) <= BEGINNINGS_A_MINUTE) return null;
  const t = c.messages(messages);
  return c.page({
    title: t.limitedTitle,
    section: 'connections',
    status: 429,
    headers: { 'Retry-After': String(WINDOW_SECONDS) },
    body: html`<p>${t.limitedText}</p>${buttonRow(linkButton(c, CONNECTIONS_PATH, t.backToList))}`,
  });
}
