/** Ending a link: asked first, with how many users lose what. */
import {
  endOfLink,
  findLink,
  isOpen,
  type Link,
  Refused,
  unlinkInstallation,
} from '../../../administration/index.ts';
import { plainBase } from '../../../model/index.ts';
import {
  confirmation,
  count,
  fill,
  html,
  type PageContext,
  type SignedInContext,
} from '../../../web/index.ts';
import { CONSUMERS_PATH, consumerMessages } from '../consumers/words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { linkMessages, unlinkPath } from './words.ts';

/** Answers with the question. */
export async function removePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(linkMessages);
  const baseUrl = plainBase(c.query.get('url') ?? '');
  const link = await findLink(administration, baseUrl);
  if (!isOpen(link)) throw new Refused([{ field: 'baseUrl', code: 'not-found', params: { text: baseUrl } }]);
  const { usersLosingAccess, usersDisconnected } = await endOfLink(administration, link, c.now);
  const name = nameOf(link, baseUrl);
  const { consumer, provider } = link;
  const ends = [
    consumer && ending(c, t.removeConsumer, usersLosingAccess, consumer.name),
    provider && ending(c, t.removeProvider, usersDisconnected, provider.name),
  ].filter((sentence) => sentence !== null);
  return c.page({
    title: fill(t.removeTitle, { name }),
    section: 'consumers',
    breadcrumbs: [{ label: c.messages(consumerMessages).title, path: CONSUMERS_PATH }],
    body: confirmation(c, {
      consequences: html`${ends.map((sentence) => html`<p><strong>${sentence}</strong></p>`)}<p>${fill(t.removeThere, { name })} ${t.removeForGood}</p>`,
      action: unlinkPath(baseUrl),
      confirmLabel: t.unlink,
      cancelPath: CONSUMERS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

/** Ends it. */
export async function remove(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(linkMessages);
  const baseUrl = plainBase(c.query.get('url') ?? '');
  const ended = await unlinkInstallation(administration, baseUrl, c.viewer.user.name);
  return c.redirect(CONSUMERS_PATH, fill(t.removed, { name: nameOf(ended, baseUrl) }));
}

/** What ends with a record, and for how many. */
function ending(
  c: PageContext,
  words: { readonly none: string; readonly one: string; readonly other: string },
  users: number,
  name: string,
): string {
  return fill(users === 0 ? words.none : count(c, words, users), { name });
}

function nameOf({ consumer, provider }: Link, baseUrl: string): string {
  return consumer?.name ?? provider?.name ?? baseUrl;
}
