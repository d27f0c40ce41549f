/** Adding a user, editing one, and setting a new password. A password that was typed never comes back. */
import { AccountRefused, changePassword, createUser, updateUser } from '../../../accounts/index.ts';
import { listTokens } from '../../../administration/index.ts';
import { sha256Hex } from '../../../base/index.ts';
import type { User } from '../../../model/index.ts';
import {
  buttonRow,
  type Content,
  checkbox,
  errorSummary,
  type FieldError,
  facts,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  moment,
  number,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { accountErrors } from '../../people/messages.ts';
import { ACCOUNT_PATH, SECOND_FACTOR_PATH } from '../../people/paths.ts';
import { proofErrors, proofField } from '../../proof.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { pathWith } from '../route.ts';
import { isTicked, typedText } from '../typed-text.ts';
import { userMessages } from './messages.ts';
import { namedUser, refusedBecause, USERS_PATH, userBadges, userFrame, userPath } from './words.ts';

interface Typed {
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

const NOTHING_TYPED: Typed = { username: '', displayName: '', email: '', isAdministrator: false };

/** Answers with the form for a new user. */
export function addPage(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  typed: Typed = NOTHING_TYPED,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const t = c.messages(userMessages);
  const form = html`${textField(c, { name: 'username', label: t.username, help: t.usernameHelp, value: typed.username, errors })}
${personFields(c, typed, errors)}
${passwordField(c, { name: 'password', label: t.password, help: t.passwordHelp, errors, autocomplete: 'new-password' })}
${roleField(c, typed, errors)}${proofField(accounts, c, { errors, when: t.proofForRole })}
${buttonRow(submitButton(t.add), linkButton(c, USERS_PATH, t.returnToList))}`;
  const body = html`${errorSummary(c, errors)}${postForm(c, `${USERS_PATH}/add`, form)}`;
  return c.page({ ...userFrame(c, errors), title: t.addTitle, body });
}

/** Adds the user. */
export async function add(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { accounts } = deps;
  const typed = typedUser(c);
  const unproven = typed.isAdministrator ? await proofErrors(accounts, c) : [];
  if (unproven.length > 0) return addPage(deps, c, typed, unproven);
  const input = { ...typed, password: c.form.get('password') ?? '' };
  const errors = await refusedBecause(c, () => createUser(accounts, input, c.viewer.user.name));
  if (errors !== null) return addPage(deps, c, typed, errors);
  return c.redirect(USERS_PATH, fill(c.messages(userMessages).added, { name: typed.username }));
}

/** Answers with the form of a user, and what else can be done about them. */
export async function editPage(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  return presentPage(deps, c, await namedUser(deps.accounts, c), []);
}

function presentPage(
  deps: AdministrationDependencies,
  c: SignedInContext,
  user: User,
  errors: readonly FieldError[],
): Promise<Response> {
  const { name: username, displayName, email, isAdministrator } = user;
  return formPage(deps, c, user, { username, displayName, email: email ?? '', isAdministrator }, errors);
}

/** What of a user the form shows, and as one word: whoever sends it means these, above all who is an administrator. */
function shownOf({ displayName, email, isAdministrator }: User) {
  const fields = { displayName, email, isAdministrator };
  return { fields, word: sha256Hex(JSON.stringify(fields)) };
}

function changedMeanwhile(): AccountRefused {
  return new AccountRefused([{ field: '', code: 'changed-meanwhile' }]);
}

/** Saves what was typed, unless somebody else has saved since. */
export async function edit(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const user = await namedUser(deps.accounts, c);
  const typed = typedUser(c);
  const { fields, word } = shownOf(user);
  const expected = c.form.get('expected') ?? word;
  if (expected !== word) return presentPage(deps, c, user, accountErrors(c, changedMeanwhile()));
  const isRaised = typed.isAdministrator && !user.isAdministrator;
  const unproven = isRaised ? await proofErrors(deps.accounts, c) : [];
  if (unproven.length > 0) return formPage(deps, c, user, typed, unproven);
  const errors = await refusedBecause(c, () =>
    updateUser(deps.accounts, user.name, typed, c.viewer.user.name, fields),
  );
  if (errors !== null) return formPage(deps, c, user, typed, errors);
  return c.redirect(USERS_PATH, fill(c.messages(userMessages).saved, { name: user.name }));
}

/** Answers with the form for a new password. */
export async function passwordPage(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const t = c.messages(userMessages);
  const user = await namedUser(accounts, c);
  const { name } = user;
  const form = html`${hiddenField('username', name)}
${passwordField(c, { name: 'password', label: t.password, help: t.passwordHelp, errors, autocomplete: 'new-password' })}
${proofField(accounts, c, { errors })}${buttonRow(submitButton(t.setPassword), linkButton(c, userPath('edit', name), t.cancel))}`;
  return c.page({
    ...userFrame(c, errors, user),
    title: fill(t.passwordTitle, { name }),
    lead: t.passwordLead,
    body: html`${errorSummary(c, errors)}${postForm(c, userPath('password', name), form)}`,
  });
}

/** Sets the password. */
export async function setPassword(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { name: username } = await namedUser(deps.accounts, c);
  const password = c.form.get('password') ?? '';
  const unproven = await proofErrors(deps.accounts, c);
  if (unproven.length > 0) return passwordPage(deps, c, unproven);
  const errors = await refusedBecause(c, () =>
    changePassword(deps.accounts, { username, currentPassword: null, password }, c.viewer.user.name),
  );
  if (errors !== null) return passwordPage(deps, c, errors);
  return c.redirect(USERS_PATH, fill(c.messages(userMessages).passwordSet, { name: username }));
}

async function formPage(
  deps: AdministrationDependencies,
  c: SignedInContext,
  user: User,
  typed: Typed,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(userMessages);
  const { name } = user;
  const isOwn = name === c.viewer.user.name;
  const form = html`${hiddenField('expected', shownOf(user).word)}${textField(c, { name: 'username', label: t.username, value: name, isReadOnly: true })}
${personFields(c, typed, errors)}${roleField(c, typed, errors)}${user.isAdministrator ? '' : proofField(deps.accounts, c, { errors, when: t.proofForRole })}
${buttonRow(submitButton(c.messages(commonMessages).save), linkButton(c, USERS_PATH, t.returnToList))}`;
  const query = { search: '', sort: 'created', descending: true, offset: 0, limit: 1 } as const;
  const { total } = await listTokens(deps.administration, { userName: name }, query);
  const tokens = pathWith('/oauth/admin/tokens', { user: name });
  return c.page({
    ...userFrame(c, errors),
    title: fill(t.editTitle, { name: user.displayName }),
    lead: userBadges(c, user),
    body: html`${errorSummary(c, errors)}${postForm(c, userPath('edit', name), form)}
<section><h2>${t.stateTitle}</h2>
${facts(
  [t.columnLogin, moment(c, user.lastLoginAt)],
  [t.secondFactor, await secondFactorState(deps, c, name, isOwn)],
  [
    t.tokens,
    html`${number(c, total)} ${total === 0 ? '' : html`<a href="${c.url(tokens)}">${t.showTokens}</a>`}`,
  ],
)}
${buttonRow(linkButton(c, isOwn ? ACCOUNT_PATH : userPath('password', name), t.newPassword), stateButton(c, user), linkButton(c, userPath('remove', name), t.remove, 'grave'))}</section>`,
  });
}

/** Since when a user has one, and the way to taking it away; "off" otherwise. */
async function secondFactorState(
  { accounts }: AdministrationDependencies,
  c: SignedInContext,
  userName: string,
  isOwn: boolean,
): Promise<Content> {
  const t = c.messages(userMessages);
  const factor = await accounts.storage.secondFactors.find(userName);
  if (factor === null) return t.secondFactorOff;
  const path = isOwn ? SECOND_FACTOR_PATH : userPath('second-factor', userName);
  return html`${t.secondFactorOn} ${moment(c, factor.createdAt)} ${linkButton(c, path, t.secondFactorReset, 'grave')}`;
}

function stateButton(c: SignedInContext, { name, isDisabled, isAdministrator }: User): Html {
  const t = c.messages(userMessages);
  if (!isDisabled) return linkButton(c, userPath('disable', name), t.disable);
  if (isAdministrator) return linkButton(c, userPath('enable', name), t.enable);
  return postForm(c, userPath('enable', name), submitButton(t.enable, 'plain'), 'form is-button');
}

function personFields(c: SignedInContext, typed: Typed, errors: readonly FieldError[]): Html {
  const t = c.messages(userMessages);
  return html`${textField(c, { name: 'displayName', label: t.displayName, help: t.displayNameHelp, value: typed.displayName, errors, isOptional: true })}
${textField(c, { name: 'email', label: t.email, type: 'email', value: typed.email, errors, isOptional: true })}`;
}

function roleField(c: SignedInContext, typed: Typed, errors: readonly FieldError[]): Html {
  const t = c.messages(userMessages);
  return checkbox(c, {
    name: 'isAdministrator',
    label: t.isAdministrator,
    help: t.isAdministratorHelp,
    isChecked: typed.isAdministrator,
    errors,
  });
}

function typedUser(c: SignedInContext): Typed {
  return {
    username: typedText(c, 'username'),
    displayName: typedText(c, 'displayName'),
    email: typedText(c, 'email'),
    isAdministrator: isTicked(c, 'isAdministrator'),
  };
}
