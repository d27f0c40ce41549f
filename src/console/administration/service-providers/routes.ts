/** Every address of the service-provider pages. */
import type { PageRoute } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { providersCsv } from './csv.ts';
import { add, addPage, clonePage, edit, editPage } from './form-page.ts';
import { listPage } from './list-page.ts';
import { remove, removePage } from './remove-page.ts';
import { test } from './test-page.ts';
import { viewPage } from './view-page.ts';
import { PROVIDERS_PATH } from './words.ts';

export function serviceProviderRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(PROVIDERS_PATH, (c) => listPage(deps, c)),
    view(`${PROVIDERS_PATH}/service-providers.csv`, (c) => providersCsv(deps, c)),
    view(`${PROVIDERS_PATH}/add`, (c) => addPage(c)),
    change(`${PROVIDERS_PATH}/add`, (c) => add(deps, c)),
    view(`${PROVIDERS_PATH}/clone`, (c) => clonePage(deps, c)),
    view(`${PROVIDERS_PATH}/view`, (c) => viewPage(deps, c)),
    view(`${PROVIDERS_PATH}/test`, (c) => viewPage(deps, c)),
    change(`${PROVIDERS_PATH}/test`, (c) => test(deps, c)),
    view(`${PROVIDERS_PATH}/edit`, (c) => editPage(deps, c)),
    change(`${PROVIDERS_PATH}/edit`, (c) => edit(deps, c)),
    view(`${PROVIDERS_PATH}/remove`, (c) => removePage(deps, c)),
    change(`${PROVIDERS_PATH}/remove`, (c) => remove(deps, c)),
  ];
}
