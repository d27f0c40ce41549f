/**
 * Login by an OpenID provider: the button, the way there, and the way back. The button is a link: a form that is
 * answered with a redirect to another origin would need a page without `form-action`, and this page asks for passwords.
 */
import {
  type AccountsContext,
  type IdentityProblem,
  type IdentityProvider,
  IdentityRefused,
  logInByIdentity,
  logOut,
} from '../../accounts/index.ts';
import {
  buttonRow,
  type Content,
  errorBody,
  fill,
  html,
  linkButton,
  nameIn,
  type PageContext,
  type PageRoute,
} from '../../web/index.ts';
import { destination } from './destination.ts';
import { limitedPage } from './limited-page.ts';
import { messages } from './messages.ts';
import { LOGIN_PATH, loginAgain, PROVIDER_CALLBACK_PATH, PROVIDER_LOGIN_PATH } from './paths.ts';

/** The routes to the provider and back; none where there is no provider. */
export function providerLoginRoutes(
  accounts: AccountsContext,
  provider: IdentityProvider | null,
): readonly PageRoute[] {
  if (provider === null) return [];
  return [
    {
      method: 'GET',
      path: PROVIDER_LOGIN_PATH,
      access: 'anyone',
      inPopup: true,
      handle: (c) => leave(provider, c),
    },
    {
      method: 'GET',
      path: PROVIDER_CALLBACK_PATH,
      access: 'anyone',
      inPopup: true,
      takesLoginTicket: true,
      handle: (c) => comeBack(accounts, provider, c),
    },
  ];
}

/** The button under the form; nothing where there is no provider. */
export function providerChoice(c: PageContext, provider: IdentityProvider | null, next: string): Content {
  if (provider === null) return '';
  const label = fill(c.messages(messages).logInWith, { provider: provider.name });
  const path = next === '' ? PROVIDER_LOGIN_PATH : `${PROVIDER_LOGIN_PATH}?${new URLSearchParams({ next })}`;
  return html`<div class="other-way">${buttonRow(linkButton(c, path, label))}</div>`;
}

async function leave(provider: IdentityProvider, c: PageContext): Promise<Response> {
  const next = c.query.get('next') ?? '';
  try {
    const { location, ticket } = await provider.begin(next);
    return c.leaveToLogIn(location, ticket);
  } catch (error) {
    if (!(error instanceof IdentityRefused)) throw error;
    provider.noteRefusal(error, c.requestId);
    return refusalPage(c, provider, error.problem, next);
  }
}

async function comeBack(
  accounts: AccountsContext,
  provider: IdentityProvider,
  c: PageContext,
): Promise<Response> {
  const { query: answer, loginTicket: ticket, clientAddress, requestId } = c;
  const attempt = { answer, ticket, clientAddress, requestId, namedByProxy: nameIn(c.word) };
  const outcome = await logInByIdentity(accounts, provider, attempt);
  if (outcome.kind === 'signed-in') {
    await logOut(accounts, c.sessionCookie);
    return c.signIn(outcome.cookie, destination(outcome.next, outcome.user.isAdministrator));
  }
  if (outcome.kind === 'refused') return refusalPage(c, provider, outcome.problem, outcome.next);
  return limitedPage(c, outcome.retryAfterSeconds, LOGIN_PATH);
}

const STATUS: Readonly<Partial<Record<IdentityProblem, number>>> = {
  'login-lost': 400,
  unreachable: 502,
  'provider-refused': 502,
  'answer-invalid': 502,
  clock: 502,
};

function refusalPage(
  c: PageContext,
  provider: IdentityProvider,
  problem: IdentityProblem,
  next: string,
): Promise<Response> {
  const t = c.messages(messages);
  const names = { provider: provider.name, application: c.installationName };
  return c.page({
    title: t.providerRefused,
    shape: 'card',
    status: STATUS[problem] ?? 403,
    body: errorBody(
      c,
      fill(t.identityProblems[problem], names),
      buttonRow(linkButton(c, loginAgain(next), t.logInAgain, 'primary')),
    ),
  });
}
