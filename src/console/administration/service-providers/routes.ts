/** Every address of the service-provider pages, and the removal, which is short. */
import { findServiceProvider, removeServiceProvider } from '../../../administration/index.ts';
import { confirmation, fill, html, type PageRoute, type SignedInContext } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { add, addPage, edit, editPage } from './form-page.ts';
import { listPage } from './list-page.ts';
import { PROVIDERS_PATH, providerMessages, providerPath } from './words.ts';

export function serviceProviderRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(PROVIDERS_PATH, (c) => listPage(deps, c)),
    view(`${PROVIDERS_PATH}/add`, (c) => addPage(c)),
    change(`${PROVIDERS_PATH}/add`, (c) => add(deps, c)),
    view(`${PROVIDERS_PATH}/edit`, (c) => editPage(deps, c)),
    change(`${PROVIDERS_PATH}/edit`, (c) => edit(deps, c)),
    view(`${PROVIDERS_PATH}/remove`, (c) => removePage(deps, c)),
    change(`${PROVIDERS_PATH}/remove`, (c) => remove(deps, c)),
  ];
}

async function removePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(providerMessages);
  const { name } = await findServiceProvider(administration, c.query.get('name') ?? '');
  return c.page({
    title: fill(t.removeTitle, { name }),
    section: 'service-providers',
    breadcrumbs: [{ label: t.title, path: PROVIDERS_PATH }],
    body: confirmation(c, {
      consequences: html`<p><strong>${fill(t.removeText, { name })}</strong></p><p>${t.removeForGood}</p>`,
      action: providerPath('remove', name),
      confirmLabel: t.removeSubmit,
      cancelPath: PROVIDERS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function remove({ administration }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const name = c.query.get('name') ?? '';
  await removeServiceProvider(administration, name, c.viewer.user.name);
  return c.redirect(PROVIDERS_PATH, fill(c.messages(providerMessages).removed, { name }));
}
