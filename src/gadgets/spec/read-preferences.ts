/** The preferences that a spec declares: `<UserPref>` with its `<EnumValue>`s. */
import { DATATYPES, type Datatype, type SpecElement, type SpecPreference } from './gadget-spec.ts';
import { attributeOf, childrenOf, isTrue, requiredAttribute } from './spec-parts.ts';
import { mistakeIn } from './spec-refused.ts';

const MOST_PREFERENCES = 64;
const MOST_CHOICES = 200;

/** Reads them, in their order. @throws {SpecRefused} */
export function readPreferences(module: SpecElement): readonly SpecPreference[] {
  const seen = new Set<string>();
  return childrenOf(module, 'UserPref', MOST_PREFERENCES).map((element) => {
    const preference = readPreference(element);
    const { name } = preference;
    if (seen.has(name)) throw mistakeIn(element, 'preference-twice', { name });
    seen.add(name);
    return preference;
  });
}

function readPreference(element: SpecElement): SpecPreference {
  const name = requiredAttribute(element, 'name');
  if (!/^[\w.-]{1,100}$/.test(name)) throw mistakeIn(element, 'preference-name-invalid', { name });
  const datatype = readDatatype(element);
  const choices = childrenOf(element, 'EnumValue', MOST_CHOICES).map((choice) => {
    const value = attributeOf(choice, 'value');
    return { value, displayValue: attributeOf(choice, 'display_value') || value };
  });
  if (datatype === 'enum' && choices.length === 0) throw mistakeIn(element, 'enum-without-values', { name });
  return {
    name,
    displayName: attributeOf(element, 'display_name') || name,
    datatype,
    isRequired: isTrue(element, 'required'),
    defaultValue: attributeOf(element, 'default_value'),
    urlParameter: attributeOf(element, 'urlparam') || null,
    choices,
  };
}

function readDatatype(element: SpecElement): Datatype {
  const text = attributeOf(element, 'datatype').toLowerCase() || 'string';
  const datatype = DATATYPES.find((one) => one === text);
  if (datatype === undefined) throw mistakeIn(element, 'datatype-unknown', { datatype: text });
  return datatype;
}
