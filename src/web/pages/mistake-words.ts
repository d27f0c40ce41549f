/** Mistakes of administrators' input in the language of the page; the English sentences are the catalogue's own. */
import { type Mistake, mistakeSentence, nextStepField } from '../../administration/index.ts';
import { fill } from './i18n.ts';
import { FIELD_LABELS_JA, MISTAKES_JA, NEXT_STEPS_JA } from './mistakes.ja.ts';
import type { Locale } from './reader.ts';

/** The sentence of a mistake. */
export function mistakeWords(locale: Locale, mistake: Mistake): string {
  if (locale !== 'ja') return mistakeSentence(mistake);
  const { code, field, params } = mistake;
  const sentence = fill(MISTAKES_JA[code], { ...params, field: FIELD_LABELS_JA[field] });
  return code === 'not-found' ? sentence + NEXT_STEPS_JA[nextStepField(field)] : sentence;
}
