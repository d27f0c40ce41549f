/** The part of the form that says what is peculiar about requests to a provider, and which of them may be made. */
import { CARRIERS, type ServiceProviderFields } from '../../../administration/index.ts';
import { HAND_ENTRIES, TOKEN_METHODS, TWO_LEGGED_FORMS } from '../../../model/index.ts';
import {
  checkbox,
  type FieldError,
  type Html,
  html,
  type PageContext,
  selectField,
  textArea,
  textField,
} from '../../../web/index.ts';
import { isTicked, typedText } from '../typed-text.ts';
import { carrierWords, handEntryWords, providerMessages, twoLeggedWords } from './words.ts';

type Conduct = Pick<
  ServiceProviderFields,
  | 'carrier'
  | 'realm'
  | 'tokenMethod'
  | 'confirmsCallback'
  | 'callbackAtAuthorize'
  | 'sendsBodyHash'
  | 'providerTwoLegged'
  | 'handEntry'
  | 'allowedMethods'
  | 'allowedPaths'
>;

/** The fields. */
export function conductFields(c: PageContext, fields: Conduct, errors: readonly FieldError[]): Html {
  const t = c.messages(providerMessages);
  const carriers = CARRIERS.map((value) => ({ value, label: carrierWords(c, value) }));
  const methods = TOKEN_METHODS.map((value) => ({ value, label: value }));
  const entries = HAND_ENTRIES.map((value) => ({ value, label: handEntryWords(c, value) }));
  const forms = TWO_LEGGED_FORMS.map((value) => ({ value, label: twoLeggedWords(c, value) }));
  return html`<fieldset class="group"><legend>${t.conduct}</legend><p class="help">${t.conductHelp}</p>
${selectField(c, { name: 'carrier', label: t.carrier, value: fields.carrier, choices: carriers, errors })}
${selectField(c, { name: 'tokenMethod', label: t.tokenMethod, value: fields.tokenMethod, choices: methods, errors })}
${textField(c, { name: 'realm', label: t.realm, help: t.realmHelp, value: fields.realm, errors, isOptional: true, isMonospaced: true })}
${checkbox(c, { name: 'confirmsCallback', label: t.confirmsCallback, help: t.confirmsCallbackHelp, isChecked: fields.confirmsCallback, errors })}
${checkbox(c, { name: 'callbackAtAuthorize', label: t.callbackAtAuthorize, help: t.callbackAtAuthorizeHelp, isChecked: fields.callbackAtAuthorize, errors })}
${checkbox(c, { name: 'sendsBodyHash', label: t.sendsBodyHash, help: t.sendsBodyHashHelp, isChecked: fields.sendsBodyHash, errors })}
${selectField(c, { name: 'providerTwoLegged', label: t.twoLegged, value: fields.providerTwoLegged, choices: forms, errors })}
${selectField(c, { name: 'handEntry', label: t.handEntry, help: t.handEntryHelp, value: fields.handEntry, choices: entries, errors })}</fieldset>
<fieldset class="group"><legend>${t.allowed}</legend><p class="help">${t.allowedHelp}</p>
${textField(c, { name: 'allowedMethods', label: t.allowedMethods, help: t.allowedMethodsHelp, value: fields.allowedMethods.join(' '), errors, isOptional: true, isMonospaced: true })}
${textArea(c, { name: 'allowedPaths', label: t.allowedPaths, help: t.allowedPathsHelp, value: fields.allowedPaths.join('\n'), errors, isOptional: true, rows: 3, isMonospaced: true })}</fieldset>`;
}

/** What was typed into them. */
export function typedConduct(c: PageContext): Conduct {
  return {
    carrier: typedText(c, 'carrier'),
    realm: typedText(c, 'realm'),
    tokenMethod: typedText(c, 'tokenMethod'),
    confirmsCallback: isTicked(c, 'confirmsCallback'),
    callbackAtAuthorize: isTicked(c, 'callbackAtAuthorize'),
    sendsBodyHash: isTicked(c, 'sendsBodyHash'),
    providerTwoLegged: typedText(c, 'providerTwoLegged'),
    handEntry: typedText(c, 'handEntry'),
    allowedMethods: typedText(c, 'allowedMethods').split(/[\s,]+/u),
    allowedPaths: typedText(c, 'allowedPaths').split('\n'),
  };
}
