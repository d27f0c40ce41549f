/**
 * Login and logout. A refused login looks the same whoever was tried; the user name comes back in the form, the
 * password never does. Where to go afterwards (`next`) is a path of our own or nothing.
 */
import { type AccountsContext, type IdentityProvider, logIn, logOut } from '../../accounts/index.ts';
import type { User } from '../../model/index.ts';
import {
  buttonRow,
  count,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  nameIn,
  notice,
  type PageContext,
  type PageRoute,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../web/index.ts';
import { destination } from './destination.ts';
import { messages } from './messages.ts';
import { ACCESS_PATH, CONSENT_PATHS, LOGIN_PATH, LOGOUT_PATH } from './paths.ts';
import { providerChoice } from './provider-login-pages.ts';
import { BY_PASSWORD_PATH, type ProxyLogin, proxyChoice, tryProxy } from './proxy-login.ts';
import { codePage } from './second-factor/code-pages.ts';

/** The routes of login and logout. */
export function loginRoutes(people: People): readonly PageRoute[] {
  const { accounts } = people;
  const out = { path: LOGOUT_PATH, access: 'user', withoutSecondFactor: true } as const;
  return [
    {
      method: 'GET',
      path: LOGIN_PATH,
      access: 'anyone',
      inPopup: true,
      handle: (c) => showLogin(people, c),
    },
    {
      method: 'POST',
      path: LOGIN_PATH,
      access: 'anyone',
      inPopup: true,
      handle: (c) => tryLogin(people, c),
    },
    { ...out, method: 'GET', handle: askLogout },
    { ...out, method: 'POST', handle: (c: SignedInContext) => endSession(accounts, c) },
  ];
}

/** Who can come in, who else vouches for them, and where they have to go first (see `PagesOptions`). */
export interface People {
  readonly accounts: AccountsContext;
  readonly identityProvider: IdentityProvider | null;
  readonly proxyLogin: ProxyLogin;
  readonly secondFactorFor: (user: User) => Promise<string | null>;
}

async function showLogin(people: People, c: PageContext): Promise<Response> {
  if (c.viewer !== null) {
    const { user } = c.viewer;
    // What lies behind the gateway knows them only afterwards, and would send them here again.
    const first = await people.secondFactorFor(user);
    return c.redirect(first ?? destination(c.query.get('next'), user.isAdministrator));
  }
  const form = { next: c.query.get('next') ?? '', username: '' };
  const outcome = await tryProxy(people.accounts, people.proxyLogin, c);
  if (outcome === null) return loginPage(people, c, { ...form, errors: [], status: 200 });
  if (typeof outcome !== 'string') return outcome;
  return loginPage(people, c, { ...form, errors: [{ field: '', message: outcome }], status: 403 });
}

async function tryLogin(people: People, c: PageContext): Promise<Response> {
  const t = c.messages(messages);
  const { accounts } = people;
  const [username, next] = [c.field('username'), c.field('next')];
  const outcome = await logIn(accounts, {
    username,
    password: c.form.get('password') ?? '',
    clientAddress: c.clientAddress,
    namedByProxy: nameIn(c.word),
  });
  if (outcome.kind === 'signed-in') {
    await logOut(accounts, c.sessionCookie);
    return c.signIn(outcome.cookie, destination(next, outcome.user.isAdministrator));
  }
  if (outcome.kind === 'code-needed') return codePage(accounts, c, { ticket: outcome.ticket, next });
  if (outcome.kind === 'refused') {
    const errors = [{ field: 'username', message: t.logInRefused }];
    return loginPage(people, c, { next, username, errors, status: 401 });
  }
  const minutes = Math.max(1, Math.ceil(outcome.retryAfterSeconds / 60));
  const errors = [{ field: '', message: count(c, t.logInLimited, minutes) }];
  const headers = { 'Retry-After': String(outcome.retryAfterSeconds) };
  return loginPage(people, c, { next, username, errors, status: 429, headers });
}

interface LoginForm {
  readonly next: string;
  readonly username: string;
  readonly errors: readonly FieldError[];
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

async function loginPage(
  { accounts, identityProvider, proxyLogin }: People,
  c: PageContext,
  form: LoginForm,
): Promise<Response> {
  const t = c.messages(messages);
  const isForConsent = CONSENT_PATHS.some((path) => form.next.startsWith(`${path}?`));
  const sentence = isForConsent ? t.logInToDecide : t.logInLead;
  // Nobody can log in to an installation that was only just started, and nothing else here would say so.
  const isEmpty = form.status === 200 && (await accounts.storage.users.isEmpty());
  return c.page({
    title: t.logInTitle,
    lead: fill(sentence, { application: c.installationName }),
    shape: 'card',
    status: form.status,
    headers: form.headers ?? {},
    body: html`${errorSummary(c, form.errors)}${isEmpty ? notice('info', t.logInNobody) : ''}${proxyChoice(c, proxyLogin)}${postForm(
      c,
      LOGIN_PATH,
      html`${hiddenField('next', form.next)}
${textField(c, { name: 'username', label: t.username, value: form.username, autocomplete: 'username' })}
${passwordField(c, { name: 'password', label: t.password, autocomplete: 'current-password' })}
${buttonRow(submitButton(t.logIn))}`,
    )}${providerChoice(c, identityProvider, form.next)}`,
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
  // The plain login page would log them in again at once.
  const isNamed = c.word.kind === 'named';
  return c.signOut(isNamed ? BY_PASSWORD_PATH : LOGIN_PATH, c.messages(messages).loggedOut);
}
