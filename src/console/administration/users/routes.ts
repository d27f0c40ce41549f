/** The addresses of the user pages. */
import { enableUser } from '../../../accounts/index.ts';
import { fill, type PageRoute, type SignedInContext } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { usersCsv } from './csv.ts';
import { add, addPage, edit, editPage, passwordPage, setPassword } from './form-pages.ts';
import { listPage } from './list-page.ts';
import { userMessages } from './messages.ts';
import { questionRoutes } from './question-pages.ts';
import { namedUser, USERS_PATH, userPath } from './words.ts';

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
    change(`${USERS_PATH}/enable`, (c) => enable(deps, c)),
    ...questionRoutes(deps),
  ];
}

async function enable({ accounts }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { name } = await namedUser(accounts, c);
  await enableUser(accounts, name, c.viewer.user.name);
  return c.redirect(userPath('edit', name), fill(c.messages(userMessages).enabledDone, { name }));
}
