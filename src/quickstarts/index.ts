/**
 * Quickstarts: a whole program for each client language, with a consumer's key and this installation's address filled
 * in. The console and the documents show the same ones, and the tests run them as they are shown.
 */
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { javascript } from './languages/javascript.ts';
import { perl } from './languages/perl.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { shell } from './languages/shell.ts';
import type { Template } from './template.ts';

export { PRIVATE_KEY_FILE, type QuickstartFacts, type Template } from './template.ts';
export { QUICKSTART_WORDS, SECRET_LINE } from './words.ts';

/** Every quickstart, in the order in which they are offered. */
export const QUICKSTARTS = { shell, python, java, javascript, ruby, php, go, perl } as const satisfies Record<
  string,
  Template
>;

/** The language of a quickstart. */
export type QuickstartLanguage = keyof typeof QUICKSTARTS;

/** The language that a reader asked for; the first one where it is unknown. */
export function quickstartLanguage(text: string | null): QuickstartLanguage {
  return text !== null && Object.hasOwn(QUICKSTARTS, text) ? (text as QuickstartLanguage) : 'shell';
}
