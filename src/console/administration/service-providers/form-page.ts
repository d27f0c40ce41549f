/** Adding and editing a service provider. Its secret goes in and never comes out: blank keeps the stored one. */
import {
  addServiceProvider,
  editServiceProvider,
  findServiceProvider,
  PLAIN_PROVIDER_FIELDS,
  type ServiceProviderFields,
  type ServiceProviderInput,
  serviceProviderFields,
} from '../../../administration/index.ts';
import { Secret } from '../../../base/index.ts';
import { SIGNATURE_METHODS } from '../../../oauth/index.ts';
import {
  buttonRow,
  type Content,
  checkbox,
  errorSummary,
  type FieldError,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  type PageContext,
  passwordField,
  postForm,
  radioGroup,
  type SignedInContext,
  selectField,
  submitButton,
  textArea,
  textField,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt, NO_REFUSAL } from '../form-errors.ts';
import { reasonField } from '../history/words.ts';
import { pathWith } from '../route.ts';
import { isTicked, typedText } from '../typed-text.ts';
import { conductFields, typedConduct } from './conduct-fields.ts';
import { chosenPreset, presetChoice, presetFields } from './preset-choice.ts';
import { PROVIDERS_PATH, providerMessages, providerPath } from './words.ts';

const ADD_PATH = `${PROVIDERS_PATH}/add`;

/** Answers with an empty form, or one with what is documented about a known provider. */
export function addPage(c: SignedInContext): Promise<Response> {
  const preset = chosenPreset(c);
  return newPage(c, preset === null ? PLAIN_PROVIDER_FIELDS : presetFields(preset), []);
}

/** Answers with the form filled with another one's settings; its name and credential are to be its own. */
export async function clonePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const from = await findServiceProvider(administration, c.query.get('name') ?? '');
  const fields = { ...serviceProviderFields(from), name: '' };
  const lead = fill(c.messages(providerMessages).cloneLead, { name: from.name });
  return newPage(c, from.secret === null ? fields : { ...fields, consumerKey: '' }, [], lead);
}

/** Adds what was typed. */
export async function add(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const { done, errors } = await attempt(c, () =>
    addServiceProvider(administration, typedInput(c), c.viewer.user.name),
  );
  if (done === null) return newPage(c, typedFields(c), (errors ?? NO_REFUSAL).list);
  return c.redirect(
    providerPath('view', done.name),
    fill(c.messages(providerMessages).added, { name: done.name }),
  );
}

/** Answers with the form of a stored service provider. */
export async function editPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const provider = await findServiceProvider(administration, c.query.get('name') ?? '');
  return storedPage(c, provider, serviceProviderFields(provider), []);
}

/** Saves what was typed. */
export async function edit(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const name = c.query.get('name') ?? '';
  const expected = Number(c.field('updatedAt'));
  const { done, errors } = await attempt(c, () =>
    editServiceProvider(
      administration,
      name,
      {
        ...typedInput(c),
        reason: c.form.get('reason') ?? '',
        endsConnections: isTicked(c, 'endsConnections'),
      },
      expected,
      c.viewer.user.name,
    ),
  );
  if (done === null) {
    const provider = await findServiceProvider(administration, name);
    return storedPage(c, provider, typedFields(c), (errors ?? NO_REFUSAL).list);
  }
  return c.redirect(
    providerPath('view', done.name),
    fill(c.messages(providerMessages).saved, { name: done.name }),
  );
}

function newPage(
  c: SignedInContext,
  fields: ServiceProviderFields,
  errors: readonly FieldError[],
  lead?: string,
): Promise<Response> {
  const t = c.messages(providerMessages);
  const preset = chosenPreset(c);
  const action = preset === null ? ADD_PATH : pathWith(ADD_PATH, { preset: preset.id });
  const form = html`${formFields(c, fields, errors, t.secretHelp)}
${buttonRow(submitButton(t.add), linkButton(c, PROVIDERS_PATH, t.returnToList))}`;
  const choice = lead === undefined ? presetChoice(c, preset) : html`<p>${lead}</p>`;
  return formPage(c, t.addTitle, null, errors, html`${choice}${postForm(c, action, form)}`);
}

function storedPage(
  c: SignedInContext,
  stored: { readonly name: string; readonly updatedAt: number },
  fields: ServiceProviderFields,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(providerMessages);
  const save = c.messages(commonMessages).save;
  const form = html`${hiddenField('updatedAt', String(stored.updatedAt))}${formFields(c, fields, errors, t.secretKeepHelp)}${reasonField(c, errors)}${endsConnections(c, errors)}
${buttonRow(submitButton(save), linkButton(c, PROVIDERS_PATH, t.returnToList))}`;
  const action = providerPath('edit', stored.name);
  return formPage(
    c,
    fill(t.editTitle, { name: stored.name }),
    stored.name,
    errors,
    postForm(c, action, form),
  );
}

/** Asked for only when there is something to say yes to, beside the button that does it. */
function endsConnections(c: PageContext, errors: readonly FieldError[]): Content {
  if (!errors.some(({ field }) => field === 'endsConnections')) return '';
  const t = c.messages(providerMessages);
  return checkbox(c, {
    name: 'endsConnections',
    label: t.endsConnections,
    help: t.endsConnectionsHelp,
    isChecked: false,
    errors,
  });
}

/** @param edited name of the provider that the form is about; null: of a new one */
function formPage(
  c: SignedInContext,
  title: string,
  edited: string | null,
  errors: readonly FieldError[],
  form: Content,
): Promise<Response> {
  const t = c.messages(providerMessages);
  const up = [{ label: t.title, path: PROVIDERS_PATH }];
  return c.page({
    title,
    section: 'service-providers',
    breadcrumbs: edited === null ? up : [...up, { label: edited, path: providerPath('view', edited) }],
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${form}`,
  });
}

function formFields(
  c: PageContext,
  fields: ServiceProviderFields,
  errors: readonly FieldError[],
  secretHelp: string,
): Html {
  const t = c.messages(providerMessages);
  const kinds = [
    { value: 'secret', label: t.kindSecret },
    { value: 'own-key', label: t.kindOwnKey, help: t.kindOwnKeyHelp },
  ];
  const methods = [
    { value: '', label: t.methodUsual },
    ...SIGNATURE_METHODS.map((method) => ({ value: method, label: method })),
  ];
  const address = (name: 'requestTokenUrl' | 'authorizeUrl' | 'accessTokenUrl' | 'baseUrl', help?: string) =>
    textField(c, {
      name,
      label: t[name],
      value: fields[name],
      errors,
      isOptional: true,
      isMonospaced: true,
      ...(help !== undefined && { help }),
    });
  return html`${textField(c, { name: 'name', label: t.name, help: t.nameHelp, value: fields.name, errors })}
${textField(c, { name: 'consumerKey', label: t.consumerKey, help: t.consumerKeyHelp, value: fields.consumerKey, errors, isMonospaced: true })}
${textArea(c, { name: 'description', label: t.description, value: fields.description, errors, isOptional: true, rows: 2 })}
${radioGroup(c, { name: 'kind', label: t.credential, value: fields.ownKey ? 'own-key' : 'secret', choices: kinds })}
<div class="for-secret">${passwordField(c, { name: 'secret', label: t.secret, help: secretHelp, errors, isConditional: true, autocomplete: 'off' })}</div>
${selectField(c, { name: 'signatureMethod', label: t.method, help: t.methodHelp, value: fields.signatureMethod, choices: methods, errors, isOptional: true })}
<fieldset class="group"><legend>${t.urls}</legend><p class="help">${t.urlsHelp}</p>
${address('requestTokenUrl')}${address('authorizeUrl')}${address('accessTokenUrl')}${address('baseUrl', t.baseUrlHelp)}</fieldset>
${conductFields(c, fields, errors)}`;
}

const TEXTS = [
  'name',
  'consumerKey',
  'description',
  'signatureMethod',
  'requestTokenUrl',
  'authorizeUrl',
  'accessTokenUrl',
  'baseUrl',
] as const;

function typedFields(c: PageContext): ServiceProviderFields {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, typedText(c, name)]));
  return { ...PLAIN_PROVIDER_FIELDS, ...texts, ...typedConduct(c), ownKey: c.field('kind') === 'own-key' };
}

function typedInput(c: PageContext): ServiceProviderInput {
  const key = encodeURIComponent(c.field('consumerKey'));
  const texts = Object.fromEntries(
    TEXTS.map((name) => [name, withConsumerKey(name, c.form.get(name) ?? '', key)]),
  );
  const secret = new Secret(c.form.get('secret') ?? '');
  return { ...texts, ...typedConduct(c), ownKey: c.field('kind') === 'own-key', secret };
}

/** A preset's addresses may name our consumer key, which stands in a field of its own. */
function withConsumerKey(name: string, text: string, key: string): string {
  return name.endsWith('Url') && key !== '' ? text.replaceAll('{consumerKey}', key) : text;
}
