/**
 * What `--help`, and the reference that is made of it, say of a flag or an argument: what it is for, and in one form what it
 * may be and what it is unless given. Settings, whose words come from elsewhere, say it in the same form.
 */
import type { Argument, Option } from 'commander';

/** What both have in common. */
type Parameter = Pick<
  Argument | Option,
  'description' | 'argChoices' | 'defaultValue' | 'defaultValueDescription'
>;

/** `where it goes (one of header, query, body; default: header)` */
export function parameterWords(parameter: Parameter): string {
  const { description, argChoices } = parameter;
  const initial = defaultOf(parameter);
  const remarks = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(initial === null ? [] : [`default: ${initial}`]),
  ];
  return remarks.length === 0 ? description : `${description} (${remarks.join('; ')})`;
}

/** Null where there is none, and where the flag is a switch. */
function defaultOf({ defaultValue, defaultValueDescription }: Parameter): string | null {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return defaultValue === undefined || typeof defaultValue === 'boolean' ? null : String(defaultValue);
}
