/** Mistakes of administrators' input in the language of the page; the English sentences are the catalogue's own. */
import { type Mistake, mistakeSentence } from '../../administration/index.ts';
import { fill } from './i18n.ts';
import { FIELD_LABELS_JA, MISTAKES_JA } from './mistakes.ja.ts';
import type { Locale } from './reader.ts';

/** The sentence of a mistake. */
export function mistakeWords(locale: Locale, mistake: Mistake): string {
  if (locale !== 'ja') return mistakeSentence(mistake);
  return fill(MISTAKES_JA[mistake.code], { ...mistake.params, field: FIELD_LABELS_JA[mistake.field] });
}
