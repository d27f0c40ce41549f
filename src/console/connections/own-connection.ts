/** Finding a connection by the id that a browser sent: somebody else's is as absent as one that never was. */
import { type Connection, userNameKey } from '../../model/index.ts';
import { buttonRow, html, linkButton, type SignedInContext } from '../../web/index.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { CONNECTIONS_PATH } from './paths.ts';

/** The viewer's connection of that id, or null. */
export async function ownConnection(
  { storage }: ConnectionsDependencies,
  c: SignedInContext,
  id: string,
): Promise<Connection | null> {
  const found = await storage.connections.find(id);
  if (found === null) return null;
  return userNameKey(found.userName) === userNameKey(c.viewer.user.name) ? found : null;
}

/** Says that there is none. */
export function gonePage(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.goneTitle,
    section: 'connections',
    status: 404,
    breadcrumbs: [{ label: t.title, path: CONNECTIONS_PATH }],
    body: html`<p>${t.goneText}</p>${buttonRow(linkButton(c, CONNECTIONS_PATH, t.backToList, 'primary'))}`,
  });
}
