/** Taking somebody's second factor away, after a question: for when device and recovery codes are lost. */
import { resetSecondFactor } from '../../../accounts/index.ts';
import {
  type Content,
  confirmation,
  errorSummary,
  type FieldError,
  fill,
  html,
  linkButton,
  moment,
  type PageRoute,
  type SignedInContext,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { userMessages } from './messages.ts';
import { namedUser, refusedBecause, USERS_PATH, userFrame, userPath } from './words.ts';

/** The routes of the question and of what it asks. */
export function secondFactorRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(`${USERS_PATH}/second-factor`, (c) => askPage(deps, c)),
    change(`${USERS_PATH}/second-factor`, (c) => reset(deps, c)),
  ];
}

/** Since when a user has one, and the way to the question; "off" otherwise. */
export async function secondFactorState(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  userName: string,
): Promise<Content> {
  const t = c.messages(userMessages);
  const factor = await accounts.storage.secondFactors.find(userName);
  if (factor === null) return t.secondFactorOff;
  return html`${t.secondFactorOn} ${moment(c, factor.createdAt)} ${linkButton(c, userPath('second-factor', userName), t.secondFactorReset)}`;
}

async function askPage(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const t = c.messages(userMessages);
  const { name } = await namedUser(accounts, c);
  return c.page({
    ...userFrame(c, errors),
    title: fill(t.secondFactorTitle, { name }),
    body: html`${errorSummary(c, errors)}${confirmation(c, {
      consequences: html`<p>${fill(t.secondFactorText, { name })}</p>`,
      action: userPath('second-factor', name),
      confirmLabel: t.secondFactorReset,
      cancelPath: userPath('edit', name),
    })}`,
  });
}

async function reset(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { name } = await namedUser(deps.accounts, c);
  const errors = await refusedBecause(c, () => resetSecondFactor(deps.accounts, name, c.viewer.user.name));
  if (errors !== null) return askPage(deps, c, errors);
  return c.redirect(userPath('edit', name), fill(c.messages(userMessages).secondFactorDone, { name }));
}
