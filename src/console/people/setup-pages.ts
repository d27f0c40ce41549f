/**
 * Set-up of the first administrator by the one-time link that the server prints. The token in the link is the
 * only proof asked for, so the page is open to anyone, and a link that does not work says how to get another.
 */
import {
  AccountRefused,
  type AccountsContext,
  isSetupToken,
  setUpFirstAdministrator,
  USER_NAME_LENGTH,
} from '../../accounts/index.ts';
import {
  buttonRow,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  nameIn,
  type PageContext,
  type PageRoute,
  passwordField,
  postForm,
  submitButton,
  textField,
} from '../../web/index.ts';
import { accountErrors, messages } from './messages.ts';
import { ADMINISTRATION_PATH, LOGIN_PATH, SETUP_PATH } from './paths.ts';

/** The routes of set-up. */
export function setupRoutes(accounts: AccountsContext): readonly PageRoute[] {
  return [
    { method: 'GET', path: SETUP_PATH, access: 'anyone', handle: (c) => showSetup(accounts, c) },
    { method: 'POST', path: SETUP_PATH, access: 'anyone', handle: (c) => setUp(accounts, c) },
  ];
}

async function showSetup(accounts: AccountsContext, c: PageContext): Promise<Response> {
  const token = c.query.get('token') ?? '';
  return (await isSetupToken(accounts, token)) ? setupPage(c, token, []) : deadLinkPage(accounts, c);
}

async function setUp(accounts: AccountsContext, c: PageContext): Promise<Response> {
  const token = c.field('token');
  try {
    const administrator = {
      username: c.field('username'),
      displayName: c.field('displayName'),
      email: c.field('email'),
      password: c.form.get('password') ?? '',
    };
    const result = await setUpFirstAdministrator(accounts, token, administrator, nameIn(c.word));
    if (result === null) return deadLinkPage(accounts, c);
    const welcome = fill(c.messages(messages).setUpDone, { name: result.user.displayName });
    return c.signIn(result.cookie, ADMINISTRATION_PATH, welcome);
  } catch (error) {
    if (error instanceof AccountRefused) return setupPage(c, token, accountErrors(c, error));
    throw error;
  }
}

function setupPage(c: PageContext, token: string, errors: readonly FieldError[]): Promise<Response> {
  const t = c.messages(messages);
  const text = (name: 'username' | 'displayName' | 'email') => ({
    name,
    label: t[name],
    value: c.field(name),
    errors,
  });
  return c.page({
    title: t.setUpTitle,
    lead: fill(t.setUpLead, { application: c.installationName }),
    shape: 'card',
    status: errors.length > 0 ? 422 : 200,
    body: html`${errorSummary(c, errors)}${postForm(
      c,
      SETUP_PATH,
      html`${hiddenField('token', token)}
${textField(c, { ...text('username'), autocomplete: 'username', help: t.usernameHelp, maxLength: USER_NAME_LENGTH })}
${textField(c, { ...text('displayName'), autocomplete: 'name', help: t.displayNameHelp, isOptional: true })}
${textField(c, { ...text('email'), type: 'email', autocomplete: 'email', isOptional: true })}
${passwordField(c, { name: 'password', label: t.password, autocomplete: 'new-password', help: t.passwordHelp, errors })}
${buttonRow(submitButton(t.setUp))}`,
    )}`,
  });
}

async function deadLinkPage(accounts: AccountsContext, c: PageContext): Promise<Response> {
  const t = c.messages(messages);
  const hasUsers = !(await accounts.storage.users.isEmpty());
  const sentence = hasUsers ? t.setUpGoneUsers : t.setUpGoneNone;
  return c.page({
    title: t.setUpGoneTitle,
    shape: 'card',
    status: 404,
    body: html`<p>${fill(sentence, { application: c.installationName })}</p>${
      hasUsers ? buttonRow(linkButton(c, LOGIN_PATH, t.logIn)) : ''
    }`,
  });
}
