/** The addresses of the user pages, and disabling, enabling and removing, each after a question. */
import { disableUser, enableUser, removeUser } from '../../../accounts/index.ts';
import { listTokens } from '../../../administration/index.ts';
import {
  type Content,
  confirmation,
  count,
  errorSummary,
  type FieldError,
  fill,
  html,
  type PageRoute,
  type SignedInContext,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { usersCsv } from './csv.ts';
import { add, addPage, edit, editPage, passwordPage, setPassword } from './form-pages.ts';
import { listPage } from './list-page.ts';
import { userMessages } from './messages.ts';
import { secondFactorRoutes } from './second-factor-page.ts';
import { namedUser, refusedBecause, USERS_PATH, userFrame, userPath } from './words.ts';

export function userRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(USERS_PATH, (c) => listPage(deps, c)),
    view(`${USERS_PATH}/users.csv`, (c) => usersCsv(deps, c)),
    view(`${USERS_PATH}/add`, (c) => addPage(c)),
    change(`${USERS_PATH}/add`, (c) => add(deps, c)),
    view(`${USERS_PATH}/edit`, (c) => editPage(deps, c)),
    change(`${USERS_PATH}/edit`, (c) => edit(deps, c)),
    view(`${USERS_PATH}/password`, (c) => passwordPage(deps, c)),
    change(`${USERS_PATH}/password`, (c) => setPassword(deps, c)),
    view(`${USERS_PATH}/disable`, (c) => disablePage(deps, c)),
    change(`${USERS_PATH}/disable`, (c) => disable(deps, c)),
    change(`${USERS_PATH}/enable`, (c) => enable(deps, c)),
    view(`${USERS_PATH}/remove`, (c) => removePage(deps, c)),
    change(`${USERS_PATH}/remove`, (c) => remove(deps, c)),
    ...secondFactorRoutes(deps),
  ];
}

async function disablePage(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const t = c.messages(userMessages);
  const { name } = await namedUser(accounts, c);
  return c.page({
    ...userFrame(c, errors),
    title: fill(t.disableTitle, { name }),
    body: html`${errorSummary(c, errors)}${confirmation(c, {
      consequences: html`<p>${fill(t.disableText, { name })}</p>`,
      action: userPath('disable', name),
      confirmLabel: t.disableSubmit,
      cancelPath: userPath('edit', name),
    })}`,
  });
}

async function disable(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { name } = await namedUser(deps.accounts, c);
  const errors = await refusedBecause(c, () => disableUser(deps.accounts, name, c.viewer.user.name));
  if (errors !== null) return disablePage(deps, c, errors);
  return c.redirect(USERS_PATH, fill(c.messages(userMessages).disabledDone, { name }));
}

async function enable({ accounts }: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { name } = await namedUser(accounts, c);
  await enableUser(accounts, name, c.viewer.user.name);
  return c.redirect(userPath('edit', name), fill(c.messages(userMessages).enabledDone, { name }));
}

async function removePage(
  deps: AdministrationDependencies,
  c: SignedInContext,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const t = c.messages(userMessages);
  const { name } = await namedUser(deps.accounts, c);
  const tokens = await countTokens(deps, name);
  return c.page({
    ...userFrame(c, errors),
    title: fill(t.removeTitle, { name }),
    body: html`${errorSummary(c, errors)}${confirmation(c, {
      consequences: html`<p><strong>${count(c.locale, t.removeText, tokens)}</strong></p><p>${t.removeForGood}</p>`,
      action: userPath('remove', name),
      fields: tokens === 0 ? '' : confirmationField(c, name, errors),
      confirmLabel: t.removeSubmit,
      cancelPath: userPath('edit', name),
      cancelLabel: t.keep,
    })}`,
  });
}

function confirmationField(c: SignedInContext, name: string, errors: readonly FieldError[]): Content {
  const t = c.messages(userMessages);
  const help = fill(t.removeTypeHelp, { name });
  return textField(c, {
    name: 'confirmation',
    label: t.removeType,
    help,
    value: c.field('confirmation'),
    errors,
  });
}

async function remove(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(userMessages);
  const { name } = await namedUser(deps.accounts, c);
  if ((await countTokens(deps, name)) > 0 && c.field('confirmation') !== name) {
    return removePage(deps, c, [{ field: 'confirmation', message: t.removeMismatch }]);
  }
  const errors = await refusedBecause(c, () => removeUser(deps.accounts, name, c.viewer.user.name));
  if (errors !== null) return removePage(deps, c, errors);
  return c.redirect(USERS_PATH, fill(t.removedDone, { name }));
}

async function countTokens(
  { administration }: AdministrationDependencies,
  userName: string,
): Promise<number> {
  const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 1 } as const;
  return (await listTokens(administration, { userName }, query)).total;
}
