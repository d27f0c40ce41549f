/**
 * The form of a consumer, for adding and editing. What is typed comes back after a mistake, except secrets and
 * private keys. Fields that few consumers need are folded away, and unfolded when they hold something.
 */
import {
  type ConsumerFields,
  type ConsumerView,
  consumerFields,
  PLAIN_FIELDS,
} from '../../../administration/index.ts';
import type { Consumer } from '../../../model/index.ts';
import {
  type Content,
  checkbox,
  type FieldError,
  type Html,
  html,
  type PageContext,
  passwordField,
  radioGroup,
  textArea,
  textField,
} from '../../../web/index.ts';
import { isTicked, typedPublicKey, typedText } from '../typed-text.ts';
import { consumerMessages } from './words.ts';

/** How the by-hand form names the kinds of credential. */
export type CredentialChoice = 'public-key' | 'generated-secret' | 'given-secret';

/** What the form shows. */
export interface ConsumerFormValues extends ConsumerFields {
  readonly key: string;
  readonly publicKey: string;
  readonly choice: CredentialChoice;
}

/** The form before anything was typed. */
export const BLANK_VALUES: ConsumerFormValues = {
  ...PLAIN_FIELDS,
  key: '',
  publicKey: '',
  choice: 'public-key',
};

/** The values of a registered consumer. */
export function storedValues(consumer: Consumer, view: ConsumerView): ConsumerFormValues {
  const isKey = view.credential.kind === 'public-key';
  return {
    ...consumerFields(consumer),
    key: consumer.key,
    publicKey: view.credential.kind === 'public-key' ? view.credential.pem : '',
    choice: isKey ? 'public-key' : 'given-secret',
  };
}

/** What was typed into the form. */
export function typedValues(c: PageContext): ConsumerFormValues {
  const choice = c.field('credential');
  return {
    ...typedFields(c),
    key: typedText(c, 'key'),
    publicKey: typedPublicKey(c),
    choice: choice === 'generated-secret' || choice === 'given-secret' ? choice : 'public-key',
  };
}

/** The traits among what was typed. */
export function typedFields(c: PageContext): ConsumerFields {
  return {
    name: typedText(c, 'name'),
    description: typedText(c, 'description'),
    owner: typedText(c, 'owner'),
    callback: typedText(c, 'callback'),
    legacy10: isTicked(c, 'legacy10'),
    allowPlaintext: isTicked(c, 'allowPlaintext'),
    twoLegged: isTicked(c, 'twoLegged'),
    executeAs: typedText(c, 'executeAs'),
    mayImpersonate: isTicked(c, 'mayImpersonate'),
    readOnly: isTicked(c, 'readOnly'),
    paths: typedText(c, 'paths').split('\n'),
  };
}

/** Name and description. */
export function identityFields(
  c: PageContext,
  values: ConsumerFormValues,
  errors: readonly FieldError[],
): Html {
  const t = c.messages(consumerMessages);
  return html`${textField(c, { name: 'name', label: t.name, help: t.nameHelp, value: values.name, errors, maxLength: 255 })}
${textArea(c, { name: 'description', label: t.description, help: t.descriptionHelp, value: values.description, errors, isOptional: true, rows: 2 })}`;
}

/** The choice between a key pair and a shared secret, with the field that each needs. */
export function credentialFields(
  c: PageContext,
  values: ConsumerFormValues,
  errors: readonly FieldError[],
): Html {
  const t = c.messages(consumerMessages);
  const choices: readonly { value: CredentialChoice; label: string; help: string }[] = [
    { value: 'public-key', label: t.kindKey, help: t.kindKeyHelp },
    { value: 'generated-secret', label: t.kindGenerated, help: t.kindGeneratedHelp },
    { value: 'given-secret', label: t.kindGiven, help: t.kindGivenHelp },
  ];
  return html`${radioGroup(c, { name: 'credential', label: t.credential, value: values.choice, choices })}
<div class="for-public-key">${publicKeyField(c, values.publicKey, errors, t.publicKeyHelp)}</div>
<div class="for-given-secret">${passwordField(c, { name: 'secret', label: t.secret, help: t.secretHelp, errors, isConditional: true, autocomplete: 'off' })}</div>`;
}

/** The field for a public key, into which people paste private ones. */
export function publicKeyField(
  c: PageContext,
  value: string,
  errors: readonly FieldError[],
  help: Content,
  label = c.messages(consumerMessages).publicKey,
): Html {
  return textArea(c, {
    name: 'publicKey',
    label,
    help,
    value,
    errors,
    rows: 6,
    autocomplete: 'off',
    isMonospaced: true,
    isConditional: true,
  });
}

/** What the consumer may do: callback, limits, and the options that few need. */
export function accessFields(
  c: PageContext,
  values: ConsumerFormValues,
  errors: readonly FieldError[],
): Html {
  const t = c.messages(consumerMessages);
  const paths = values.paths.join('\n');
  return html`<fieldset class="group"><legend>${t.access}</legend>
${textField(c, { name: 'callback', label: t.callback, help: t.callbackHelp, value: values.callback, errors, isOptional: true, isMonospaced: true })}
${checkbox(c, { name: 'readOnly', label: t.readOnly, help: t.readOnlyHelp, isChecked: values.readOnly, errors })}
${textArea(c, { name: 'paths', label: t.paths, help: t.pathsHelp, value: paths, errors, isOptional: true, rows: 2, isMonospaced: true })}
${textField(c, { name: 'owner', label: t.owner, help: t.ownerHelp, value: values.owner, errors, isOptional: true })}
</fieldset>
<details class="more"${isUnfolded(values, errors) ? html` open` : ''}><summary>${t.more}</summary>
${checkbox(c, { name: 'twoLegged', label: t.twoLegged, help: t.twoLeggedHelp, isChecked: values.twoLegged, errors })}
${textField(c, { name: 'executeAs', label: t.executeAs, help: t.executeAsHelp, value: values.executeAs, errors, isOptional: true })}
${checkbox(c, { name: 'mayImpersonate', label: t.mayImpersonate, help: t.mayImpersonateHelp, isChecked: values.mayImpersonate, errors })}
${checkbox(c, { name: 'legacy10', label: t.legacy10, help: t.legacy10Help, isChecked: values.legacy10, errors })}
${checkbox(c, { name: 'allowPlaintext', label: t.allowPlaintext, help: t.allowPlaintextHelp, isChecked: values.allowPlaintext, errors })}
</details>`;
}

const FOLDED = ['twoLegged', 'executeAs', 'mayImpersonate', 'legacy10', 'allowPlaintext'] as const;

function isUnfolded(values: ConsumerFormValues, errors: readonly FieldError[]): boolean {
  return FOLDED.some(
    (name) => values[name] !== PLAIN_FIELDS[name] || errors.some(({ field }) => field === name),
  );
}
