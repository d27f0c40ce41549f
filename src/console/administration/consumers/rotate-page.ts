/** Rotation of a consumer's credential: the new one at once, the old one for a while longer. */
import {
  type CredentialInput,
  DEFAULT_OVERLAP_SECONDS,
  findConsumer,
  MAXIMUM_OVERLAP_DAYS,
  rotateConsumer,
} from '../../../administration/index.ts';
import { Secret } from '../../../base/index.ts';
import type { Consumer } from '../../../model/index.ts';
import {
  absoluteMoment,
  buttonRow,
  type Content,
  errorSummary,
  type FieldError,
  fill,
  hiddenField,
  html,
  linkButton,
  notice,
  type PageContext,
  passwordField,
  postForm,
  type SignedInContext,
  submitButton,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { attempt, NO_REFUSAL } from '../form-errors.ts';
import { typedPublicKey } from '../typed-text.ts';
import { publicKeyField } from './consumer-form.ts';
import { secretPage } from './secret-page.ts';
import { CONSUMERS_PATH, consumerMessages, consumerPath } from './words.ts';

const DAY = 86_400;

/** As the form has it. */
export const USUAL_OVERLAP_DAYS = String(DEFAULT_OVERLAP_SECONDS / DAY);

/** Answers with the form. */
export async function rotatePage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const consumer = await findConsumer(administration, c.query.get('key') ?? '');
  return rotateForm(c, consumer, { publicKey: '', overlap: USUAL_OVERLAP_DAYS }, []);
}

/** Rotates. The form expects the record it was made for, so sending it twice rotates once. */
export async function rotate(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const key = c.query.get('key') ?? '';
  const present = await findConsumer(administration, key);
  const days = c.field('overlap');
  const overlapSeconds = /^\d{1,4}$/u.test(days) ? Number(days) * DAY : Number.NaN;
  const expectedUpdatedAt = Number(c.field('updatedAt'));
  const rotation = { credential: typedCredential(c, present), overlapSeconds, expectedUpdatedAt };
  const { done, errors } = await attempt(c, () =>
    rotateConsumer(administration, key, rotation, c.viewer.user.name),
  );
  if (done === null) {
    const values = { publicKey: typedPublicKey(c), overlap: days };
    return rotateForm(c, present, values, (errors ?? NO_REFUSAL).list);
  }
  const { consumer, secret } = done;
  if (secret !== null) return secretPage(c, consumer, secret);
  const { name, retiring } = consumer;
  const until = retiring === null ? '' : absoluteMoment(c, retiring.validUntil);
  return c.redirect(
    consumerPath('view', key),
    fill(retiring === null ? t.rotatedAtOnce : t.rotated, { name, until }),
  );
}

function typedCredential(c: PageContext, present: Consumer): CredentialInput {
  if (present.credential.kind === 'public-key') {
    return { kind: 'public-key', text: c.form.get('publicKey') ?? '' };
  }
  const secret = c.form.get('secret') ?? '';
  return secret.trim() === ''
    ? { kind: 'generated-secret' }
    : { kind: 'given-secret', secret: new Secret(secret) };
}

/** The form; `news` is what is to be told above it. */
export function rotateForm(
  c: SignedInContext,
  consumer: Consumer,
  values: { readonly publicKey: string; readonly overlap: string },
  errors: readonly FieldError[],
  news: Content = '',
): Promise<Response> {
  const t = c.messages(consumerMessages);
  const { key, name, credential, updatedAt } = consumer;
  const credentialField =
    credential.kind === 'public-key'
      ? publicKeyField(c, values.publicKey, errors, t.publicKeyHelp, t.newPublicKey)
      : passwordField(c, {
          name: 'secret',
          label: t.newSecret,
          help: t.newSecretHelp,
          errors,
          isOptional: true,
          autocomplete: 'off',
        });
  const form = html`${hiddenField('updatedAt', String(updatedAt))}${credentialField}
${textField(c, { name: 'overlap', label: t.overlap, help: fill(t.overlapHelp, { maximum: MAXIMUM_OVERLAP_DAYS }), value: values.overlap, errors, type: 'number' })}
${buttonRow(submitButton(t.rotateSubmit), linkButton(c, consumerPath('view', key), t.returnToConsumer))}`;
  return c.page({
    title: fill(t.rotateTitle, { name }),
    section: 'consumers',
    breadcrumbs: [
      { label: t.title, path: CONSUMERS_PATH },
      { label: name, path: consumerPath('view', key) },
    ],
    lead: t.rotateLead,
    status: errors.length === 0 ? 200 : 422,
    body: html`${errorSummary(c, errors)}${news}${retiringNotice(c, consumer)}${postForm(c, consumerPath('rotate', key), form)}`,
  });
}

function retiringNotice(c: PageContext, { retiring }: Consumer): Content {
  if (retiring === null || retiring.validUntil < c.now) return '';
  const until = absoluteMoment(c, retiring.validUntil);
  return notice('warning', fill(c.messages(consumerMessages).rotateRetiring, { until }));
}
