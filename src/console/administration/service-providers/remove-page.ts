/** Removal of a service provider, with the number of users whose connections go with it. */
import { findServiceProvider, removeServiceProvider } from '../../../administration/index.ts';
import { confirmation, count, fill, html, type SignedInContext } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { PROVIDERS_PATH, providerMessages, providerPath } from './words.ts';

/** Answers with the question. */
export async function removePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(providerMessages);
  const provider = await findServiceProvider(administration, c.query.get('name') ?? '');
  const { name } = provider;
  const { activeUsers } = await administration.storage.connections.useOfProvider(provider);
  const users = activeUsers === 0 ? t.nobodyConnected : count(c, t.removeUsers, activeUsers);
  return c.page({
    title: fill(t.removeTitle, { name }),
    section: 'service-providers',
    breadcrumbs: [
      { label: t.title, path: PROVIDERS_PATH },
      { label: name, path: providerPath('view', name) },
    ],
    body: confirmation(c, {
      consequences: html`<p><strong>${fill(t.removeText, { name })}</strong> ${users}</p><p>${t.removeForGood}</p>`,
      action: providerPath('remove', name),
      confirmLabel: t.removeSubmit,
      cancelPath: PROVIDERS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

/** Removes it. */
export async function remove(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const name = c.query.get('name') ?? '';
  await removeServiceProvider(administration, name, c.viewer.user.name);
  return c.redirect(PROVIDERS_PATH, fill(c.messages(providerMessages).removed, { name }));
}
