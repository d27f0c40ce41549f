/** Texts that people enter: what surrounds a pasted one is dropped, and invisible characters that deceive are refused. */
import { BOUNDS, type GadgetField, type GadgetMistake, type GadgetMistakeCode } from './mistake.ts';

const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** The text without blanks, byte order marks and line ends around it. */
export function trimmed(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
}

/** What is wrong with a name, which must be there. */
export function nameMistake(name: string): GadgetMistake | null {
  if (name === '') return { field: 'name', code: 'name-missing' };
  return textMistake('name', name, BOUNDS.nameLength, 'name-too-long');
}

/** What is wrong with a text that may be empty; line ends are fine in it. */
export function textMistake(
  field: GadgetField,
  text: string,
  longest: number,
  tooLong: GadgetMistakeCode,
): GadgetMistake | null {
  if ([...text].length > longest) return { field, code: tooLong };
  return INVISIBLE.test(text.replace(/[\r\n\t]/gu, ' ')) ? { field, code: 'forbidden-character' } : null;
}
