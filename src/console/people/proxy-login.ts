/**
 * Logging in by the word of a trusted proxy: at the login page, and nowhere else. Whoever has logged out, or is to log in
 * with a password, gets the page with the form and says themselves when the proxy's word is to count again. Pages of
 * other sites, which can load this one as an image or a frame, put no session in place of the one that is there.
 */
import { type AccountsContext, type IdentityProblem, logInByProxy, logOut } from '../../accounts/index.ts';
import {
  buttonRow,
  type Content,
  fill,
  html,
  linkButton,
  notice,
  type PageContext,
} from '../../web/index.ts';
import { destination } from './destination.ts';
import { limitedPage } from './limited-page.ts';
import { messages } from './messages.ts';
import { LOGIN_PATH } from './paths.ts';

/** What it follows. */
export interface ProxyLogin {
  /** Unknown people become users at their first login. */
  readonly createsUsers: boolean;
  /** Where people log out of the proxy itself. */
  readonly logoutUrl: string | null;
  /** Told why somebody was not logged in; for the log. */
  noteRefusal(problem: IdentityProblem, reason: string, requestId: string): void;
}

/** The login page that waits for a password, whatever the proxy says. */
export const BY_PASSWORD_PATH = `${LOGIN_PATH}?by=password`;

/** The answer to somebody whom the proxy names, or the sentence why they are not logged in; null: it names nobody. */
export async function tryProxy(
  accounts: AccountsContext,
  login: ProxyLogin,
  c: PageContext,
): Promise<Response | string | null> {
  if (c.word.kind !== 'named' || c.query.get('by') === 'password' || !c.isVisit) return null;
  const outcome = await logInByProxy(accounts, c.word, login.createsUsers);
  if (outcome.kind === 'signed-in') {
    await logOut(accounts, c.sessionCookie);
    return c.signIn(outcome.cookie, destination(c.query.get('next'), outcome.user.isAdministrator));
  }
  if (outcome.kind === 'limited') return limitedPage(c, outcome.retryAfterSeconds, BY_PASSWORD_PATH);
  login.noteRefusal(outcome.problem, outcome.reason, c.requestId);
  const t = c.messages(messages);
  const names = { provider: t.theProxy, application: c.installationName };
  const who = fill(t.namedByProxy, { name: c.word.userName });
  return `${who} ${fill(t.identityProblems[outcome.problem], names)}`;
}

/** What stands above the form for somebody who is named, and not logged in by it: the way in by it, and out of it. */
export function proxyChoice(c: PageContext, { logoutUrl }: ProxyLogin): Content {
  if (c.word.kind !== 'named' || c.query.get('by') !== 'password') return '';
  const t = c.messages(messages);
  const { userName: name } = c.word;
  const out = logoutUrl === null ? '' : html` <a href="${logoutUrl}">${t.logOutThere}</a>`;
  return notice(
    'info',
    html`<p>${fill(t.namedByProxy, { name })}</p>${buttonRow(linkButton(c, LOGIN_PATH, fill(t.logInAs, { name })), out)}`,
  );
}
