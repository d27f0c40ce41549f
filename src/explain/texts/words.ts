/** Words by language, and how values are put into them. */
import type { Language } from '../knowledge.ts';
import { en } from './words.en.ts';
import { ja } from './words.ja.ts';

/** Words of one language. */
export type Words = typeof en;

export const WORDS: Readonly<Record<Language, Words>> = { en, ja };

/** Puts texts in a sentence's placeholders; unknown ones stay. */
export function fillIn(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** A moment as people and programs read it. @param seconds since 1970 */
export function moment(seconds: number): string {
  return Math.abs(seconds) < 8e12
    ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
    : String(seconds);
}
