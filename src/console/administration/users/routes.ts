/** The addresses of the user pages. */
import type { PageRoute } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { usersCsv } from './csv.ts';
import { add, addPage, edit, editPage, passwordPage, setPassword } from './form-pages.ts';
import { listPage } from './list-page.ts';
import { questionRoutes } from './question-pages.ts';
import { USERS_PATH } from './words.ts';

export function userRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(USERS_PATH, (c) => listPage(deps, c)),
    view(`${USERS_PATH}/users.csv`, (c) => usersCsv(deps, c)),
    view(`${USERS_PATH}/add`, (c) => addPage(deps, c)),
    change(`${USERS_PATH}/add`, (c) => add(deps, c)),
    view(`${USERS_PATH}/edit`, (c) => editPage(deps, c)),
    change(`${USERS_PATH}/edit`, (c) => edit(deps, c)),
    view(`${USERS_PATH}/password`, (c) => passwordPage(deps, c)),
    change(`${USERS_PATH}/password`, (c) => setPassword(deps, c)),
    ...questionRoutes(deps),
  ];
}
