/**
 * The fields of a form that a gadget's spec asks for, one for each user preference, by its datatype; and how what was
 * entered is read. Hidden preferences belong to the gadget itself and have no field. Lists are kept as gadgets expect
 * them: one text, its items between bars.
 */
import { LONGEST_PREFERENCE, type ShownPreference } from '../../gadgets/index.ts';
import {
  type Content,
  checkbox,
  type FieldError,
  type PageContext,
  selectField,
  textArea,
  textField,
} from '../../web/index.ts';
import { messages } from './messages.ts';

/** Name of a preference's field in the form. */
export function preferenceFieldName(name: string): string {
  return `preference-${name}`;
}

/** The field of one preference; nothing for a hidden one. */
export function preferenceField(
  c: PageContext,
  preference: ShownPreference,
  value: string,
  errors: readonly FieldError[],
): Content {
  const t = c.messages(messages);
  const { name, displayName, datatype, isRequired, choices } = preference;
  const common = {
    name: preferenceFieldName(name),
    label: displayName === '' ? name : displayName,
    isOptional: !isRequired,
    errors,
    maxLength: LONGEST_PREFERENCE,
  };
  switch (datatype) {
    case 'hidden':
      return '';
    case 'bool':
      return checkbox(c, { ...common, isChecked: isTrue(value) });
    case 'enum':
      return selectField(c, { ...common, isOptional: false, value, choices: labelled(choices, value) });
    case 'list':
      return textArea(c, { ...common, value: itemsOf(value).join('\n'), help: t.listHelp });
    case 'string':
      return textField(c, { ...common, value });
  }
}

/** What the form says about the preferences that it had fields for. */
export function readPreferences(
  c: PageContext,
  preferences: readonly ShownPreference[],
): Readonly<Record<string, string>> {
  const shown = preferences.filter(({ datatype }) => datatype !== 'hidden');
  return Object.fromEntries(shown.map((preference) => [preference.name, readOne(c, preference)]));
}

function readOne(c: PageContext, { name, datatype }: ShownPreference): string {
  const value = c.field(preferenceFieldName(name)).slice(0, LONGEST_PREFERENCE);
  if (datatype === 'bool') return String(value === 'yes');
  if (datatype !== 'list') return value;
  return value
    .split(/\r?\n/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .join('|');
}

function itemsOf(value: string): string[] {
  return value.split('|').filter((item) => item !== '');
}

function isTrue(value: string): boolean {
  return /^(?:true|1|yes)$/i.test(value);
}

/** A value from before the spec changed stays choosable, so that saving something else does not change it. */
function labelled(
  choices: ShownPreference['choices'],
  value: string,
): readonly { readonly value: string; readonly label: string }[] {
  const known = choices.map(({ value, displayValue }) => ({ value, label: displayValue || value }));
  return value === '' || known.some((choice) => choice.value === value)
    ? known
    : [...known, { value, label: value }];
}
