/**
 * Who reads a page, as their browser says it (RFC 9110 s12.5.4): the languages they like best, and with them where they
 * are. The words of a page are in a language that there is; its dates and numbers are written as where the reader is.
 */
/** Languages there are, by their own names. */
export const LOCALES = { en: 'English', ja: '日本語' } as const;

export type Locale = keyof typeof LOCALES;

/** Who reads a page. */
export interface Reader {
  readonly locale: Locale;
  /** Where they are, as `GB`; null when nothing tells. */
  readonly region: string | null;
}

/** Whether a text names a language that there is. */
export function isLocale(text: string | undefined): text is Locale {
  return text !== undefined && Object.hasOwn(LOCALES, text);
}

/** The language of a request: what was chosen, else the first acceptable one, else English. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | undefined): Locale {
  if (isLocale(chosen)) return chosen;
  return (
    wishesOf(acceptLanguage)
      .map(({ language }) => language)
      .find(isLocale) ?? 'en'
  );
}

/**
 * The region of a request, as `GB`: of the best range that tells one. A language alone tells where it is mostly spoken,
 * English aside, which is asked for everywhere. Null: nothing tells.
 */
export function chooseRegion(acceptLanguage: string | undefined): string | null {
  for (const { language, region } of wishesOf(acceptLanguage)) {
    const told = region ?? (language === 'en' ? undefined : new Intl.Locale(language).maximize().region);
    if (told !== undefined && /^[A-Z]{2}$/.test(told)) return told;
  }
  return null;
}

interface Wish {
  readonly language: string;
  readonly region: string | undefined;
}

/** The acceptable ranges, best first. */
function wishesOf(acceptLanguage = ''): Wish[] {
  return acceptLanguage
    .split(',', 20)
    .flatMap((part) => {
      const [range = '', ...parameters] = part.split(';').map((one) => one.trim());
      const [, language, region] =
        /^([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}|\d{3}))?(?:-|$)/i.exec(range) ?? [];
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      const weight = quality === undefined ? 1 : Number(quality.slice(2));
      return language === undefined || !(weight > 0)
        ? []
        : [{ language: language.toLowerCase(), region: region?.toUpperCase(), weight }];
    })
    .sort((a, b) => b.weight - a.weight);
}
