/**
 * Languages. A face keeps its sentences in `messages.en.ts` and `messages.ja.ts`; the Japanese one is declared
 * with the type of the English one, so a missing or superfluous sentence fails `tsc`. Placeholders are `{name}`;
 * `differingPlaceholders` is for the test that both languages have the same ones.
 */
import { formatsOf } from './formats.ts';
import { type Content, type Html, html } from './html.ts';
import type { Locale, Reader } from './reader.ts';

/** A sentence in the form for one thing and the form for any other number of things. Uses `{n}`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** Sentences by key; groups of them may be nested. */
export type Messages = { readonly [key: string]: string | Plural | Messages };

/** The same sentences in every language. */
export type Catalogue<T extends Messages> = Readonly<Record<Locale, T>>;

/** Puts texts in a sentence's placeholders. One that runs from right to left leaves the others in their order. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => isolated(String(values[name] ?? whole)));
}

/** Letters of scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Between the marks of a text whose direction is its own (Unicode Standard Annex 9, FSI and PDI). */
function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** Puts markup in a sentence's placeholders; the sentence itself is escaped. */
export function fillHtml(sentence: string, values: Readonly<Record<string, Content>>): Html {
  const parts = sentence.split(/\{(\w+)\}/g);
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? `{${part}}`)))}`;
}

/** The form of a sentence for a number of things, with `{n}` filled in as the reader writes numbers. */
export function count(reader: Reader, plural: Plural, n: number): string {
  const formats = formatsOf(reader);
  const form = formats.plural.select(n) === 'one' ? plural.one : plural.other;
  return fill(form, { n: formats.number.format(n) });
}

/** Keys whose sentences do not have the same placeholders in both languages. */
export function differingPlaceholders(a: Messages, b: Messages, path = ''): string[] {
  return Object.keys({ ...a, ...b }).flatMap((key) => {
    const [left, right] = [a[key], b[key]];
    if (typeof left === 'string' && typeof right === 'string') {
      return placeholders(left) === placeholders(right) ? [] : [path + key];
    }
    if (typeof left === 'object' && typeof right === 'object') {
      return differingPlaceholders(left as Messages, right as Messages, `${path}${key}.`);
    }
    return [path + key];
  });
}

function placeholders(sentence: string): string {
  return [...new Set(sentence.match(/\{\w+\}/g))].sort().join();
}
