/**
 * A gadget's sentences by language: `<Locale>` with messages in the spec or in a bundle at an address of its own.
 * Bundles are fetched when an administrator adds the gadget, and pinned with it.
 */
import type { GadgetSpec, SpecElement, SpecLocale } from './gadget-spec.ts';
import { addressOf, attributeOf, childrenOf, requiredAttribute } from './spec-parts.ts';
import { mistakeIn } from './spec-refused.ts';

const MOST_LOCALES = 100;
const MOST_MESSAGES = 1000;
const LONGEST_MESSAGE = 8192;

/** Messages by name. */
export type MessageTexts = Readonly<Record<string, string>>;

/** Reads the locales of a spec. @throws {SpecRefused} */
export function readLocales(prefs: SpecElement, specUrl: string): readonly SpecLocale[] {
  return childrenOf(prefs, 'Locale', MOST_LOCALES).map((element) => {
    const address = attributeOf(element, 'messages');
    return {
      language: codeOf(element, 'lang', 'all').toLowerCase(),
      country: codeOf(element, 'country', 'ALL').toUpperCase(),
      direction: attributeOf(element, 'language_direction').toLowerCase() === 'rtl' ? 'rtl' : 'ltr',
      messages: readMessages(element),
      messagesUrl: address === '' ? null : addressOf(element, address, specUrl),
    };
  });
}

/** Reads a bundle's document. @throws {SpecRefused} */
export function readMessageBundle(root: SpecElement): MessageTexts {
  if (root.name !== 'messagebundle') throw mistakeIn(root, 'no-message-bundle', { name: root.name });
  return readMessages(root);
}

/** The addresses of a spec's bundles, each once. */
export function bundleUrls(spec: GadgetSpec): readonly string[] {
  return [...new Set(spec.locales.flatMap(({ messagesUrl }) => messagesUrl ?? []))];
}

/** The messages for a language and country: those for all, then the language's, then the country's. */
export function messagesFor(
  spec: GadgetSpec,
  bundles: ReadonlyMap<string, MessageTexts>,
  language: string,
  country = 'ALL',
): { readonly messages: MessageTexts; readonly direction: 'ltr' | 'rtl' } {
  const fitting = fittingLocales(spec.locales, language, country);
  const texts = fitting.map(({ messages, messagesUrl }) => ({
    ...(messagesUrl === null ? {} : bundles.get(messagesUrl)),
    ...messages,
  }));
  return { messages: Object.assign({}, ...texts), direction: fitting.at(-1)?.direction ?? 'ltr' };
}

/** From the most general to the most special. A language that is there for other countries only counts, too. */
function fittingLocales(
  locales: readonly SpecLocale[],
  language: string,
  country: string,
): readonly SpecLocale[] {
  const of = (wished: string, place: string) =>
    locales.filter((one) => one.language === wished && one.country === place);
  const own = [...of(language, 'ALL'), ...(country === 'ALL' ? [] : of(language, country))];
  const elsewhere = own.length > 0 ? [] : locales.filter((one) => one.language === language).slice(0, 1);
  const general = [...of('all', 'ALL'), ...(country === 'ALL' ? [] : of('all', country))];
  const found = [...general, ...elsewhere, ...own];
  // Somebody whose language is missing reads English rather than names of messages.
  return found.length > 0 || language === 'en' ? found : fittingLocales(locales, 'en', country);
}

function readMessages(parent: SpecElement): MessageTexts {
  const messages = childrenOf(parent, 'msg', MOST_MESSAGES).map((element) => {
    if (element.text.length > LONGEST_MESSAGE) {
      throw mistakeIn(element, 'too-long', { what: 'msg', limit: LONGEST_MESSAGE });
    }
    return [requiredAttribute(element, 'name'), element.text.trim()] as const;
  });
  return Object.fromEntries(messages);
}

function codeOf(element: SpecElement, attribute: string, usual: string): string {
  const code = attributeOf(element, attribute) || usual;
  if (!/^[a-z]{2,8}(?:[-_][a-z0-9]{1,8})*$/i.test(code))
    throw mistakeIn(element, 'language-invalid', { language: code });
  return code;
}
