/**
 * The one rule of these pages: a consumer is looked up for its owner only, so somebody else's is not to be told from
 * one that never was. A refusal belongs to the consumer that is registered under its key now only if it happened since
 * that consumer was added: what an earlier one of the same key sent is not its owner's business.
 */
import type { Consumer, Refusal, Storage } from '../../model/index.ts';
import { userNameKey } from '../../model/index.ts';
import { html, linkButton, type SignedInContext } from '../../web/index.ts';
import { applicationMessages } from './messages.ts';
import { APPLICATIONS_PATH } from './paths.ts';

/** The viewer's consumer under a key; null if there is none or it is not theirs. */
export async function findOwn(
  { consumers }: Pick<Storage, 'consumers'>,
  c: SignedInContext,
  key: string,
): Promise<Consumer | null> {
  const consumer = await consumers.find(key);
  const isOwn = consumer?.owner != null && userNameKey(consumer.owner) === userNameKey(c.viewer.user.name);
  return isOwn ? consumer : null;
}

/** A refused request of a consumer of the viewer's, with that consumer. */
export async function findOwnRefusal(
  storage: Pick<Storage, 'consumers' | 'refusals'>,
  c: SignedInContext,
  requestId: string,
): Promise<{ readonly consumer: Consumer; readonly refusal: Refusal } | null> {
  const refusal = await storage.refusals.find(requestId);
  if (refusal === null || refusal.consumerKey === null) return null;
  const consumer = await findOwn(storage, c, refusal.consumerKey);
  return consumer === null || refusal.at < consumer.createdAt ? null : { consumer, refusal };
}

/** Says the same of what is somebody else's as of what never was. */
export function missingPage(c: SignedInContext): Promise<Response> {
  const t = c.messages(applicationMessages);
  return c.page({
    title: t.missingTitle,
    section: 'applications',
    status: 404,
    breadcrumbs: [{ label: t.title, path: APPLICATIONS_PATH }],
    body: html`<p>${t.missingText}</p>${linkButton(c, APPLICATIONS_PATH, t.backToList, 'primary')}`,
  });
}
