/**
 * Bodies that are no forms. Nothing of them is signed but by `oauth_body_hash`; clients that sign their fields all
 * the same take JSON for a form, or forgot the Content-Type that would have made it one.
 */
import { bodyParameter, changing } from './parameter-mistakes.ts';
import { parametersOf, type Scene } from './scene.ts';
import type { MistakeToTry, Variant } from './signing-mistake.ts';

/** Fields of a JSON body that are tried at most. */
const MOST_FIELDS = 200;

export const BODY_MISTAKES: readonly MistakeToTry[] = [
  { code: 'json-as-form', layer: 'parameters', rank: 1, variants: jsonFields },
  { code: 'form-type-missing', layer: 'parameters', rank: 1, variants: formFields },
];

function jsonFields({ hasFormBody, bodyText }: Scene): Variant[] {
  if (hasFormBody || !/^\s*[[{]/.test(bodyText)) return [];
  const text = Buffer.from(bodyText, 'latin1').toString('utf8');
  const whole = [bodyParameter(text, '')];
  const fields = topFields(text);
  const lists = fields === null ? [whole] : [fields, whole];
  return lists.map((list) => changing((parameters) => [...parameters, ...list]));
}

/** Names and values on the top level of a JSON object; null if it is none, or a large one. */
function topFields(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > MOST_FIELDS) return null;
  return entries.map(([name, field]) =>
    bodyParameter(name, typeof field === 'object' && field !== null ? JSON.stringify(field) : String(field)),
  );
}

function formFields({ hasFormBody, bodyText }: Scene): Variant[] {
  if (hasFormBody || !/^[\w.~%+*[\]-]{1,200}=/.test(bodyText)) return [];
  const fields = parametersOf(bodyText, 'body');
  if (fields.length === 0 || fields.length > MOST_FIELDS) return [];
  return [changing((parameters) => [...parameters, ...fields])];
}
