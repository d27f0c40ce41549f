/** Mistakes in words: title, what was found in this request, what to do, and the page that says more. */
import type { Cause } from './explanation.ts';
import type { Language } from './knowledge.ts';
import type { MistakeCode } from './mistake-code.ts';
import type { AdviceValues } from './near-miss/signing-mistake.ts';
import { MISTAKE_TEXTS } from './texts/index.ts';
import { fillIn, WORDS, type Words } from './texts/words.ts';

/** Longest value that is put into an advice. */
const LONGEST_VALUE = 200;

/** A mistake as it is told. */
export function causeOf(code: MistakeCode, values: AdviceValues, language: Language): Cause {
  const { title, advice } = MISTAKE_TEXTS[language][code];
  const found = whatFits(values, WORDS[language]);
  const gap = language === 'ja' ? '' : ' ';
  return { code, title, advice: found === null ? advice : found + gap + advice, page: mistakePage(code) };
}

/** Where the documentation tells of a mistake. */
export function mistakePage(code: MistakeCode): string {
  return `mistakes/${code}`;
}

function whatFits(values: AdviceValues, words: Words): string | null {
  const cut = Object.fromEntries(
    Object.entries(values).map(([name, text]) => [
      name,
      text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text,
    ]),
  );
  if (values.signed !== undefined) return fillIn(words.matchesWith, cut);
  if (values.without !== undefined) return fillIn(words.matchesWithout, cut);
  return values.added === undefined ? null : fillIn(words.matchesAdded, cut);
}
