/**
 * Entering what a provider's own pages gave the user: a token with its secret, or an API key. The provider's record
 * says which; what is entered is sealed at once and stands on no page again.
 */
import { type EnteredToken, enterToken, RequestNotAllowed } from '../../consumer/index.ts';
import type { ServiceProvider } from '../../model/index.ts';
import {
  buttonRow,
  errorSummary,
  type FieldError,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  type PageRoute,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
  troubleWords,
} from '../../web/index.ts';
import type { ConnectionsDependencies } from './dependencies.ts';
import { refuseTooMany } from './limit.ts';
import { messages } from './messages.ts';
import { gonePage } from './own-connection.ts';
import { CONNECTIONS_PATH, ENTER_PATH } from './paths.ts';

/** The form and what it sends. */
export function enterRoutes(deps: ConnectionsDependencies): readonly PageRoute[] {
  return [
    { method: 'GET', path: ENTER_PATH, access: 'user', handle: (c) => show(deps, c) },
    { method: 'POST', path: ENTER_PATH, access: 'user', handle: (c) => keep(deps, c) },
  ];
}

async function show({ storage }: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const provider = await storage.serviceProviders.find(c.query.get('provider') ?? '');
  return provider === null || provider.handEntry === 'off' ? gonePage(c) : formPage(c, provider, []);
}

async function keep({ storage, consumer }: ConnectionsDependencies, c: SignedInContext): Promise<Response> {
  const limited = await refuseTooMany(storage, c);
  if (limited !== null) return limited;
  const provider = await storage.serviceProviders.find(c.field('provider'));
  if (provider === null || provider.handEntry === 'off') return gonePage(c);
  const owner = { providerName: provider.name, userName: c.viewer.user.name };
  try {
    await enterToken(consumer, owner, entered(c, provider.handEntry));
  } catch (error) {
    if (!(error instanceof RequestNotAllowed)) throw error;
    const field = provider.handEntry === 'token' ? 'token' : 'apiKey';
    return formPage(c, provider, [{ field, message: troubleWords(c, error) }]);
  }
  return c.redirect(CONNECTIONS_PATH, fill(c.messages(messages).entered, { provider: provider.name }));
}

function entered(c: SignedInContext, kind: EnteredToken['kind']): EnteredToken {
  return kind === 'token'
    ? { kind, token: c.field('token'), secret: c.field('tokenSecret') }
    : { kind, apiKey: c.field('apiKey') };
}

function formPage(
  c: SignedInContext,
  provider: ServiceProvider,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(messages);
  const values = { provider: provider.name, application: c.installationName };
  const isKey = provider.handEntry === 'api-key';
  return c.page({
    title: fill(isKey ? t.enterKeyTitle : t.enterTokenTitle, values),
    section: 'connections',
    breadcrumbs: [{ label: t.title, path: CONNECTIONS_PATH }],
    lead: fill(t.enterLead, values),
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${postForm(
      c,
      ENTER_PATH,
      html`${hiddenField('provider', provider.name)}${isKey ? keyField(c, errors) : tokenFields(c, errors)}
${buttonRow(submitButton(t.enterSubmit), linkButton(c, CONNECTIONS_PATH, t.backToList))}`,
    )}`,
  });
}

function keyField(c: SignedInContext, errors: readonly FieldError[]): Html {
  const t = c.messages(messages);
  return passwordField(c, {
    name: 'apiKey',
    label: t.apiKey,
    help: t.apiKeyHelp,
    errors,
    autocomplete: 'off',
  });
}

function tokenFields(c: SignedInContext, errors: readonly FieldError[]): Html {
  const t = c.messages(messages);
  return html`${passwordField(c, { name: 'token', label: t.token, errors, autocomplete: 'off' })}
${passwordField(c, { name: 'tokenSecret', label: t.tokenSecret, errors, autocomplete: 'off' })}`;
}
