/**
 * Adding a consumer, in two ways: by the base URL of an installation that publishes its information, or by hand.
 * What was fetched is shown first and carried in the form, so exactly what was seen is what is stored; it is read
 * again like anything else that was typed, and never fetched a second time behind the administrator's back.
 */
import {
  type ConsumerInformation,
  consumerFields,
  consumerFromInformation,
  credentialFacts,
  findConsumer,
  type NewConsumer,
  registerConsumer,
} from '../../../administration/index.ts';
import { Secret } from '../../../base/index.ts';
import { KeyRefused, parsePublicKey } from '../../../model/index.ts';
import {
  buttonRow,
  type Content,
  errorSummary,
  type FieldError,
  facts,
  fill,
  type Html,
  hiddenField,
  html,
  identifier,
  linkButton,
  type PageContext,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt, fieldError, NO_REFUSAL } from '../form-errors.ts';
import { LINKS_PATH, linkMessages } from '../links/words.ts';
import {
  accessFields,
  BLANK_VALUES,
  type ConsumerFormValues,
  credentialFields,
  identityFields,
  typedFields,
  typedValues,
} from './consumer-form.ts';
import { fetchInformation } from './fetch-information.ts';
import { secretPage } from './secret-page.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath, credentialWords, weaknessNotice } from './words.ts';

const ADD_PATH = `${CONSUMERS_PATH}/add`;
const BY_HAND_PATH = `${CONSUMERS_PATH}/add-by-hand`;

/** Answers with the choice between the two ways. */
export function addPage(
  c: SignedInContext,
  typed = '',
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const links = c.messages(linkMessages);
  const body = html`${errorSummary(c, errors)}
<div class="doors">
<section class="door"><h2>${t.byUrlTitle}</h2><p>${t.byUrlText}</p>
${postForm(
  c,
  ADD_PATH,
  html`${textField(c, { name: 'baseUrl', label: t.baseUrl, help: t.baseUrlHelp, value: typed, errors, isMonospaced: true })}
${buttonRow(submitButton(t.fetch))}`,
)}</section>
<section class="door"><h2>${links.addTitle}</h2><p>${links.doorText}</p>
${buttonRow(linkButton(c, `${LINKS_PATH}/add`, links.addTitle))}</section>
<section class="door"><h2>${t.byHandTitle}</h2><p>${t.byHandText}</p>
${buttonRow(linkButton(c, BY_HAND_PATH, t.byHand))}</section>
</div>
<p>${returnLink(c)}</p>`;
  return c.page({ ...frame(c, t.addTitle, errors), lead: t.addLead, body });
}

/** Fetches the information and shows it for confirmation. */
export async function previewPage(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const typed = c.field('baseUrl');
  const refuse = (message: string) => addPage(c, typed, [{ field: 'baseUrl', message }]);
  const fetched = await fetchInformation(c, deps.outbound, typed);
  if (fetched.information === null) return refuse(fetched.failure);
  const { key, publicKey } = fetched.information;
  const mistake = keyMistake(c, publicKey);
  if (mistake !== null) return refuse(mistake);
  const isTaken = (await deps.administration.storage.consumers.find(key)) !== null;
  if (isTaken) return refuse(fieldError(c, { field: 'key', code: 'taken', params: { text: key } }).message);
  return confirmPage(c, fetched.information, fetched.baseUrl, []);
}

/** Answers with the form filled with another consumer's settings; key, name and credential are to be its own. */
export async function clonePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  const isKey = consumer.credential.kind === 'public-key';
  const choice = isKey ? 'public-key' : 'generated-secret';
  const values = { ...BLANK_VALUES, ...consumerFields(consumer), name: '', choice } as const;
  return byHandPage(c, values, [], fill(c.messages(consumerMessages).cloneLead, { name: consumer.name }));
}

/** Answers with the form for adding by hand. */
export function byHandPage(
  c: SignedInContext,
  values: ConsumerFormValues = BLANK_VALUES,
  errors: readonly FieldError[] = [],
  lead: Content = '',
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const form = html`<fieldset class="group"><legend>${t.identity}</legend>
${textField(c, { name: 'key', label: t.key, help: t.keyHelp, value: values.key, errors, maxLength: 300, isMonospaced: true })}
${identityFields(c, values, errors)}</fieldset>
${credentialFields(c, values, errors)}
${accessFields(c, values, errors)}
${buttonRow(submitButton(t.addConsumer), returnLink(c))}`;
  const body = html`${errorSummary(c, errors)}${postForm(c, BY_HAND_PATH, form)}`;
  return c.page({ ...frame(c, t.handTitle, errors), lead, body });
}

/** Registers what was typed, or what was previewed. */
export async function add(deps: AdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(consumerMessages);
  const previewed = previewedInformation(c);
  const input = previewed ?? typedConsumer(c);
  const { done, errors } = await attempt(c, () =>
    registerConsumer(deps.administration, input, c.viewer.user.name),
  );
  if (done === null) {
    const { list } = errors ?? NO_REFUSAL;
    return previewed === null || keyMistake(c, c.form.get('publicKey') ?? '') !== null
      ? byHandPage(c, typedValues(c), list)
      : confirmPage(c, previewedFields(c), c.field('baseUrl'), list);
  }
  const { consumer, secret } = done;
  if (secret !== null) return secretPage(c, consumer, secret);
  return c.redirect(consumerPath('view', consumer.key), fill(t.added, { name: consumer.name }));
}

/** Shows what was fetched; its values travel in the form. */
function confirmPage(
  c: SignedInContext,
  information: ConsumerInformation,
  baseUrl: string,
  errors: readonly FieldError[],
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const { key, name, description, publicKey, callback } = information;
  const values = { ...BLANK_VALUES, ...typedFields(c), callback: callback ?? '' };
  const summary = keySummary(c, publicKey);
  const form = html`${hiddenField('baseUrl', baseUrl)}${hiddenField('previewed', 'yes')}
${hiddenField('key', key)}${hiddenField('name', name)}${hiddenField('description', description)}${hiddenField('publicKey', publicKey)}
${facts(
  [t.factKey, identifier(c, key, { label: t.factKey })],
  [t.name, name],
  [t.factDescription, description || t.none],
  [t.publicKey, summary.line],
)}
${summary.weakness}<p>${t.previewCheck}</p>
${accessFields(c, values, errors)}
${buttonRow(submitButton(t.addConsumer), returnLink(c))}`;
  return c.page({
    ...frame(c, fill(t.previewTitle, { name }), errors),
    lead: fill(t.previewLead, { url: baseUrl }),
    body: html`${errorSummary(c, errors)}${postForm(c, BY_HAND_PATH, form)}`,
  });
}

/** What is to be known about a fetched key. */
function keySummary(c: PageContext, text: string): { readonly line: Content; readonly weakness: Content } {
  const t = c.messages(consumerMessages);
  const { spki, certificate, fingerprint } = parsePublicKey(text, c.now);
  const facts = credentialFacts({ kind: 'public-key', spki, certificate }, c.now);
  return {
    line: html`${credentialWords(c, facts)}<br>${t.fingerprint}: ${identifier(c, fingerprint, { label: t.fingerprint })}`,
    weakness: weaknessNotice(c, facts),
  };
}

/** Why a fetched key cannot be used, or null. Such a key is not carried in the form: it may be a private one. */
function keyMistake(c: PageContext, text: string): string | null {
  try {
    parsePublicKey(text, c.now);
    return null;
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    const code = error.code === 'empty' ? 'required' : (`key-${error.code}` as const);
    return fieldError(c, { field: 'publicKey', code, params: {} }).message;
  }
}

function previewedFields(c: PageContext): ConsumerInformation {
  const text = (name: string) => c.form.get(name) ?? '';
  return {
    key: text('key'),
    name: text('name'),
    description: text('description'),
    publicKey: text('publicKey'),
    callback: text('callback'),
  };
}

function previewedInformation(c: PageContext): NewConsumer | null {
  if (c.field('previewed') !== 'yes') return null;
  const { name: _name, description: _description, callback: _callback, ...options } = typedFields(c);
  return { ...options, ...consumerFromInformation(previewedFields(c), c.field('baseUrl')) };
}

function typedConsumer(c: PageContext): NewConsumer {
  const { choice } = typedValues(c);
  const text = (name: string) => c.form.get(name) ?? '';
  const fields = {
    ...typedFields(c),
    name: text('name'),
    description: text('description'),
    key: text('key'),
  };
  if (choice === 'generated-secret') return { ...fields, credential: { kind: 'generated-secret' } };
  if (choice === 'given-secret') {
    return { ...fields, credential: { kind: 'given-secret', secret: new Secret(text('secret')) } };
  }
  return { ...fields, credential: { kind: 'public-key', text: text('publicKey') } };
}

function returnLink(c: PageContext): Html {
  return linkButton(c, CONSUMERS_PATH, c.messages(consumerMessages).returnToList);
}

function frame(c: PageContext, title: string, errors: readonly FieldError[]) {
  const t = c.messages(consumerMessages);
  return {
    title,
    section: 'consumers',
    breadcrumbs: [{ label: t.title, path: CONSUMERS_PATH }],
    status: errors.length === 0 ? 200 : 422,
  };
}
