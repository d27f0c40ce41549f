/** One's own account: who one is here, and another password. */
import { AccountRefused, type AccountsContext, changePassword, startSession } from '../../accounts/index.ts';
import {
  badge,
  buttonRow,
  errorSummary,
  type FieldError,
  facts,
  type Html,
  hiddenField,
  html,
  linkButton,
  moment,
  nameIn,
  type PageRoute,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
} from '../../web/index.ts';
import { apiKeyMessages } from './api-keys/messages.ts';
import { accountErrors, messages } from './messages.ts';
import { ACCOUNT_PATH, KEYS_PATH, SECOND_FACTOR_PATH } from './paths.ts';
import { secondFactorMessages } from './second-factor/messages.ts';
import { ownNews } from './second-factor/news.ts';

/** The routes of one's own account. */
export function accountRoutes(accounts: AccountsContext): readonly PageRoute[] {
  return [
    { method: 'GET', path: ACCOUNT_PATH, access: 'user', handle: (c) => accountPage(accounts, c, []) },
    { method: 'POST', path: ACCOUNT_PATH, access: 'user', handle: (c) => newPassword(accounts, c) },
  ];
}

/** Every session ends with the old password; the browser that changed it gets a new one. */
async function newPassword(accounts: AccountsContext, c: SignedInContext): Promise<Response> {
  const change = {
    username: c.viewer.user.name,
    currentPassword: c.form.get('currentPassword') ?? '',
    password: c.form.get('password') ?? '',
  };
  try {
    const user = await changePassword(accounts, change, c.viewer.user.name);
    const cookie = await startSession(accounts, user, nameIn(c.word));
    return c.signIn(cookie, ACCOUNT_PATH, c.messages(messages).passwordChanged);
  } catch (error) {
    if (error instanceof AccountRefused) return accountPage(accounts, c, accountErrors(c, error));
    throw error;
  }
}

async function accountPage(
  accounts: AccountsContext,
  c: SignedInContext,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const { user } = c.viewer;
  return c.page({
    title: t.accountTitle,
    section: 'account',
    action: html`${linkButton(c, SECOND_FACTOR_PATH, c.messages(secondFactorMessages).title)} ${linkButton(c, KEYS_PATH, c.messages(apiKeyMessages).title)}`,
    status: errors.length > 0 ? 422 : 200,
    body: html`${await ownNews(accounts, c)}${facts(
      [t.displayName, user.displayName],
      [t.username, html`<code>${user.name}</code>`],
      ...(user.email === null ? [] : [[t.email, user.email] as const]),
      [t.role, user.isAdministrator ? badge('neutral', t.administrator) : t.user],
      ...(user.identity === null ? [] : [[t.vouchedForBy, user.identity.issuer] as const]),
      [t.lastLogin, moment(c, user.lastLoginAt)],
    )}
${user.passwordHash === null ? html`<p>${t.noPassword}</p>` : passwordSection(c, errors)}`,
  });
}

function passwordSection(c: SignedInContext, errors: readonly FieldError[]): Html {
  const t = c.messages(messages);
  return html`<section aria-labelledby="change-password">
<h2 id="change-password">${t.changePassword}</h2>
<p>${t.changePasswordHelp}</p>
${errorSummary(c, errors)}
${postForm(
  c,
  ACCOUNT_PATH,
  html`${hiddenField('username', c.viewer.user.name)}
${passwordField(c, { name: 'currentPassword', label: t.currentPassword, autocomplete: 'current-password', errors })}
${passwordField(c, { name: 'password', label: t.newPassword, autocomplete: 'new-password', help: t.passwordHelp, errors })}
${buttonRow(submitButton(t.changePassword))}`,
)}
</section>`;
}
