/**
 * Editing a consumer: everything but its key. Whoever saves over a newer change is shown what is in force now, with
 * their own values still in the form; saving once more replaces it knowingly.
 */
import {
  type ConsumerFields,
  consumerFields,
  consumerView,
  editConsumer,
  FIELD_LABELS,
  findConsumer,
} from '../../../administration/index.ts';
import type { Consumer } from '../../../model/index.ts';
import {
  buttonRow,
  type Content,
  errorSummary,
  FIELD_LABELS_JA,
  facts,
  fill,
  hiddenField,
  html,
  linkButton,
  notice,
  type PageContext,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt, NO_REFUSAL, type Refusal } from '../form-errors.ts';
import { reasonField } from '../history/words.ts';
import { typedPublicKey } from '../typed-text.ts';
import {
  accessFields,
  type ConsumerFormValues,
  identityFields,
  publicKeyField,
  storedValues,
  typedFields,
} from './consumer-form.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath, weaknessNotice } from './words.ts';

/** Answers with the form. */
export async function editPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  return formPage(c, consumer, storedValues(consumer, consumerView(consumer, c.now)), NO_REFUSAL);
}

/** Saves what was typed. */
export async function edit(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const key = c.query.get('key') ?? '';
  const present = await findConsumer(administration, key);
  const isKey = present.credential.kind === 'public-key';
  const text = (name: string) => c.form.get(name) ?? '';
  const fields = {
    ...typedFields(c),
    name: text('name'),
    description: text('description'),
    reason: text('reason'),
  };
  const changes = isKey ? { ...fields, publicKey: text('publicKey') } : fields;
  const expected = Number(c.field('updatedAt'));
  const { done, errors } = await attempt(c, () =>
    editConsumer(administration, key, changes, expected, c.viewer.user.name),
  );
  if (done === null) {
    const view = consumerView(present, c.now);
    const values = {
      ...storedValues(present, view),
      ...typedFields(c),
      publicKey: typedPublicKey(c),
    };
    return formPage(c, present, values, errors);
  }
  return c.redirect(consumerPath('view', key), fill(t.saved, { name: done.name }));
}

function formPage(
  c: SignedInContext,
  consumer: Consumer,
  values: ConsumerFormValues,
  { list: errors, isConflict }: Refusal,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const common = c.messages(commonMessages);
  const { key, name } = consumer;
  const view = consumerView(consumer, c.now);
  const isKey = view.credential.kind === 'public-key';
  const form = html`${hiddenField('updatedAt', String(consumer.updatedAt))}
<fieldset class="group"><legend>${t.identity}</legend>
${textField(c, { name: 'key', label: t.key, help: t.keyHelp, value: key, isReadOnly: true, isMonospaced: true })}
${identityFields(c, values, errors)}</fieldset>
${isKey ? html`<fieldset class="group"><legend>${t.credential}</legend>${publicKeyField(c, values.publicKey, errors, t.publicKeyEditHelp)}</fieldset>` : ''}
${accessFields(c, values, errors)}
${reasonField(c, errors)}
${buttonRow(submitButton(common.save), linkButton(c, consumerPath('rotate', key), t.rotate[view.credential.kind]), linkButton(c, CONSUMERS_PATH, t.returnToList))}`;
  return c.page({
    title: fill(t.editTitle, { name }),
    section: 'consumers',
    breadcrumbs: [
      { label: t.title, path: CONSUMERS_PATH },
      { label: name, path: consumerPath('view', key) },
    ],
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${isConflict ? differences(c, consumer, values) : ''}
${weaknessNotice(c, view.credential)}${postForm(c, consumerPath('edit', key), form)}`,
  });
}

/** The values in force that are not what was typed. */
function differences(c: PageContext, consumer: Consumer, typed: ConsumerFields): Content {
  const common = c.messages(commonMessages);
  const labels = c.locale === 'ja' ? FIELD_LABELS_JA : FIELD_LABELS;
  const stored = consumerFields(consumer);
  const differing = (Object.keys(stored) as (keyof ConsumerFields)[]).filter(
    (field) => words(c, stored[field]) !== words(c, typed[field]),
  );
  const pairs = differing.map((field) => [labels[field], words(c, stored[field])] as const);
  return notice('warning', html`<p>${common.changedMeanwhile}</p>${facts(...pairs)}`);
}

function words(c: PageContext, value: string | boolean | readonly string[]): string {
  const common = c.messages(commonMessages);
  if (typeof value === 'boolean') return value ? common.yes : common.no;
  const text = (typeof value === 'string' ? value : value.join(', ')).trim();
  return text === '' ? common.none : text;
}
