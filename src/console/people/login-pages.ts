/**
 * Login and logout. A refused login looks the same whoever was tried; the user name comes back in the form, the
 * password never does. Where to go afterwards (`next`) is a path of our own or nothing.
 */
import { type AccountsContext, logIn, logOut } from '../../accounts/index.ts';
import {
  buttonRow,
  count,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  localPathOr,
  type PageContext,
  type PageRoute,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../web/index.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH, ADMINISTRATION_PATH, CONSENT_PATHS, LOGIN_PATH, LOGOUT_PATH } from './paths.ts';

/** The routes of login and logout. */
export function loginRoutes(accounts: AccountsContext): readonly PageRoute[] {
  return [
    { method: 'GET', path: LOGIN_PATH, access: 'anyone', inPopup: true, handle: showLogin },
    {
      method: 'POST',
      path: LOGIN_PATH,
      access: 'anyone',
      inPopup: true,
      handle: (c) => tryLogin(accounts, c),
    },
    { method: 'GET', path: LOGOUT_PATH, access: 'user', handle: askLogout },
    { method: 'POST', path: LOGOUT_PATH, access: 'user', handle: (c) => endSession(accounts, c) },
  ];
}

function showLogin(c: PageContext): Response | Promise<Response> {
  if (c.viewer !== null) {
    return c.redirect(destination(c.query.get('next'), c.viewer.user.isAdministrator));
  }
  return loginPage(c, { next: c.query.get('next') ?? '', username: '', errors: [], status: 200 });
}

async function tryLogin(accounts: AccountsContext, c: PageContext): Promise<Response> {
  const t = c.messages(messages);
  const [username, next] = [c.field('username'), c.field('next')];
  const { clientAddress } = c;
  const outcome = await logIn(accounts, { username, password: c.form.get('password') ?? '', clientAddress });
  if (outcome.kind === 'signed-in') {
    await logOut(accounts, c.sessionCookie);
    return c.signIn(outcome.cookie, destination(next, outcome.user.isAdministrator));
  }
  if (outcome.kind === 'refused') {
    const errors = [{ field: 'username', message: t.logInRefused }];
    return loginPage(c, { next, username, errors, status: 401 });
  }
  const minutes = Math.max(1, Math.ceil(outcome.retryAfterSeconds / 60));
  const errors = [{ field: '', message: count(c.locale, t.logInLimited, minutes) }];
  const headers = { 'Retry-After': String(outcome.retryAfterSeconds) };
  return loginPage(c, { next, username, errors, status: 429, headers });
}

interface LoginForm {
  readonly next: string;
  readonly username: string;
  readonly errors: readonly FieldError[];
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

function loginPage(c: PageContext, form: LoginForm): Promise<Response> {
  const t = c.messages(messages);
  const isForConsent = CONSENT_PATHS.some((path) => form.next.startsWith(`${path}?`));
  const sentence = isForConsent ? t.logInToDecide : t.logInLead;
  return c.page({
    title: t.logInTitle,
    lead: fill(sentence, { application: c.installationName }),
    shape: 'card',
    status: form.status,
    headers: form.headers ?? {},
    body: html`${errorSummary(c, form.errors)}${postForm(
      c,
      LOGIN_PATH,
      html`${hiddenField('next', form.next)}
${textField(c, { name: 'username', label: t.username, value: form.username, autocomplete: 'username' })}
${passwordField(c, { name: 'password', label: t.password, autocomplete: 'current-password' })}
${buttonRow(submitButton(t.logIn))}`,
    )}`,
  });
}

function askLogout(c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  return c.page({
    title: t.logOutTitle,
    shape: 'card',
    lead: fill(t.logOutText, { name: c.viewer.user.displayName }),
    body: postForm(c, LOGOUT_PATH, buttonRow(submitButton(t.logOut), linkButton(c, ACCESS_PATH, t.stay))),
  });
}

async function endSession(accounts: AccountsContext, c: SignedInContext): Promise<Response> {
  await logOut(accounts, c.sessionCookie);
  return c.signOut(LOGIN_PATH, c.messages(messages).loggedOut);
}

/** Where to go after login; login and logout themselves would be a circle. */
function destination(next: string | null, isAdministrator: boolean): string {
  const start = isAdministrator ? ADMINISTRATION_PATH : ACCESS_PATH;
  const path = localPathOr(next, start);
  return path.startsWith(LOGIN_PATH) || path.startsWith(LOGOUT_PATH) ? start : path;
}
