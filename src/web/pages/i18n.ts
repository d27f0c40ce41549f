/**
 * Languages. A face keeps its sentences in `messages.en.ts` and `messages.ja.ts`; the Japanese one is declared
 * with the type of the English one, so a missing or superfluous sentence fails `tsc`. Placeholders are `{name}`;
 * `differingPlaceholders` is for the test that both languages have the same ones.
 */
import { formatsOf } from './formats.ts';
import { type Content, type Html, html } from './html.ts';

/** Languages there are, by their own names. */
export const LOCALES = { en: 'English', ja: '日本語' } as const;

export type Locale = keyof typeof LOCALES;

/** A sentence in the form for one thing and the form for any other number of things. Uses `{n}`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** Sentences by key; groups of them may be nested. */
export type Messages = { readonly [key: string]: string | Plural | Messages };

/** The same sentences in every language. */
export type Catalogue<T extends Messages> = Readonly<Record<Locale, T>>;

/** The language of a request: what was chosen, else the first acceptable one, else English. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | undefined): Locale {
  if (isLocale(chosen)) return chosen;
  const wishes = (acceptLanguage ?? '').split(',', 20).map((part, index) => {
    const [range = '', ...parameters] = part.trim().split(';');
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
    return { language: range.toLowerCase().split('-')[0], weight: Number.isNaN(weight) ? 0 : weight, index };
  });
  wishes.sort((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { language, weight } of wishes) if (weight > 0 && isLocale(language)) return language;
  return 'en';
}

/** Whether a text names a language that there is. */
export function isLocale(text: string | undefined): text is Locale {
  return text !== undefined && Object.hasOwn(LOCALES, text);
}

/** Puts texts in a sentence's placeholders. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Puts markup in a sentence's placeholders; the sentence itself is escaped. */
export function fillHtml(sentence: string, values: Readonly<Record<string, Content>>): Html {
  const parts = sentence.split(/\{(\w+)\}/g);
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? `{${part}}`)))}`;
}

/** The form of a sentence for a number of things, with `{n}` filled in as the language writes numbers. */
export function count(locale: Locale, plural: Plural, n: number): string {
  const formats = formatsOf(locale);
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
