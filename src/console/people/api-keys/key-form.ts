/** The form that makes a key: label, last day, and the providers that it reaches. */
import type { ApiKeysContext, SecondFactorContext } from '../../../accounts/index.ts';
import { API_SCOPES, type ApiScope, type ServiceProvider } from '../../../model/index.ts';
import {
  buttonRow,
  errorSummary,
  type FieldError,
  type Html,
  html,
  postForm,
  radioGroup,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { proofField } from '../../proof.ts';
import { KEYS_PATH } from '../paths.ts';
import { apiKeyMessages } from './messages.ts';

/** Most providers that are offered one by one. */
const MOST_PROVIDERS = 200;

/** The providers that a key may be limited to, by their names. */
export async function offeredProviders({ storage }: ApiKeysContext): Promise<readonly ServiceProvider[]> {
  const query = { search: '', sort: 'name', descending: false, offset: 0, limit: MOST_PROVIDERS } as const;
  return (await storage.serviceProviders.list(query)).rows;
}

/** The form, with what was typed and what was wrong about it. */
export function keyForm(
  accounts: SecondFactorContext,
  c: SignedInContext,
  providers: readonly ServiceProvider[],
  errors: readonly FieldError[],
): Html {
  const t = c.messages(apiKeyMessages);
  const names = providers.map(({ name }) => name);
  return html`${errorSummary(c, errors)}${postForm(
    c,
    KEYS_PATH,
    html`${textField(c, { name: 'label', label: t.label, value: c.field('label'), help: t.labelHelp, maxLength: 100, errors })}
${textField(c, { name: 'lastDay', label: t.lastDay, value: c.field('lastDay'), help: t.lastDayHelp, isOptional: true, errors })}
${c.viewer.user.isAdministrator ? purposeChoice(c, errors) : ''}
${names.length === 0 ? '' : providerChoice(c, names, errors)}
${c.viewer.user.isAdministrator ? proofField(accounts, c, { errors, when: t.proofForPurpose }) : ''}
${buttonRow(submitButton(t.make))}`,
  )}`;
}

/** Administrators may make keys for the REST API; one key is for one thing. */
function purposeChoice(c: SignedInContext, errors: readonly FieldError[]): Html {
  const t = c.messages(apiKeyMessages);
  return radioGroup(c, {
    name: 'purpose',
    label: t.purpose,
    help: html`${t.useApiText} <a href="${c.url('/oauth/api')}">${t.apiReference}</a>`,
    value: chosenScope(c),
    choices: API_SCOPES.map((value) => ({ value, label: t.purposes[value] })),
    errors: errors.map((error) => (error.field === 'scope' ? { ...error, field: 'purpose' } : error)),
  });
}

/** What the form says the key is for. */
export function chosenScope(c: SignedInContext): ApiScope {
  return API_SCOPES.find((scope) => scope === c.field('purpose')) ?? 'providers';
}

function providerChoice(c: SignedInContext, names: readonly string[], errors: readonly FieldError[]): Html {
  const t = c.messages(apiKeyMessages);
  const chosen = new Set(c.form.getAll('providers'));
  const boxes = names.map(
    (name, i) =>
      html`<span class="choice"><input type="checkbox" id="provider-${i}" name="providers" value="${name}"${
        chosen.has(name) ? html` checked` : ''
      }><label for="provider-${i}">${name}</label></span> `,
  );
  return html`${radioGroup(c, {
    name: 'scope',
    label: t.providers,
    value: c.field('scope') === 'some' ? 'some' : 'all',
    choices: [
      { value: 'all', label: t.everyProvider },
      { value: 'some', label: t.someProviders },
    ],
    errors: errors.map((error) => (error.field === 'providers' ? { ...error, field: 'scope' } : error)),
  })}
<div class="field" role="group" id="providers" aria-label="${t.someProviders}" tabindex="-1">${boxes}</div>`;
}
