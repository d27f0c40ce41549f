/** Disconnecting: asked first, with what ends here and what may remain at the provider. */
import { disconnect } from '../../consumer/index.ts';
import type { ServiceProvider } from '../../model/index.ts';
import {
  type Content,
  confirmation,
  fill,
  hiddenField,
  html,
  type PageRoute,
  type SignedInContext,
} from '../../web/index.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { gadgetNames } from './gadget-names.ts';
import { messages } from './messages.ts';
import { gonePage, ownConnection } from './own-connection.ts';
import { CONNECTIONS_PATH, DISCONNECT_PATH } from './paths.ts';

/** The question and the answer to it. */
export function disconnectRoutes(deps: ConnectionsDependencies): readonly PageRoute[] {
  return [
    { method: 'GET', path: DISCONNECT_PATH, access: 'user', handle: (c) => ask(deps, c) },
    { method: 'POST', path: DISCONNECT_PATH, access: 'user', handle: (c) => end(deps, c) },
  ];
}

async function ask(deps: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const connection = await ownConnection(deps, c, c.query.get('id') ?? '');
  if (connection === null) return gonePage(c);
  const { id, providerName: provider } = connection;
  const record = await deps.storage.serviceProviders.find(provider);
  const [gadget = null] = await gadgetNames(deps, c, [connection]);
  const values = { provider, application: c.installationName, gadget: gadget ?? '' };
  const endsHere = gadget === null ? t.disconnectHere : t.disconnectGadgetHere;
  return c.page({
    title: fill(t.disconnectTitle, values),
    section: 'connections',
    breadcrumbs: [{ label: t.title, path: CONNECTIONS_PATH }],
    body: confirmation(c, {
      consequences: html`<p><strong>${fill(endsHere, values)}</strong></p><p>${fill(t.disconnectThere, values)}</p>${pageThere(record, fill(t.disconnectPage, values))}`,
      action: DISCONNECT_PATH,
      fields: hiddenField('id', id),
      confirmLabel: t.disconnect,
      cancelPath: CONNECTIONS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

/** Installations of this family have such a page beside their authorize page; of others we do not know where it is. */
function pageThere(provider: ServiceProvider | null, label: string): Content {
  const base = /^(https?:\/\/.+\/plugins\/servlet\/oauth)\/authorize$/.exec(
    provider?.authorizeUrl ?? '',
  )?.[1];
  return base === undefined
    ? ''
    : html`<p><a href="${base}/users/access-tokens" rel="noreferrer">${label}</a></p>`;
}

async function end({ consumer }: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const ended = await disconnect(consumer, c.viewer.user.name, c.field('id'));
  if (ended === null) return gonePage(c);
  return c.redirect(CONNECTIONS_PATH, fill(t.disconnected, { provider: ended.providerName }));
}
