/** How languages write moments and numbers. Making such a format costs more than a row of a list, so each is made once. */
/** The formats of one language. */
export interface Formats {
  /** A moment with its date in full, in UTC. */
  readonly absolute: Intl.DateTimeFormat;
  /** A distance from now. */
  readonly relative: Intl.RelativeTimeFormat;
  readonly number: Intl.NumberFormat;
  /** Which form a sentence takes for a number of things. */
  readonly plural: Intl.PluralRules;
}

const made = new Map<string, Formats>();

/** The formats of a language. */
export function formatsOf(locale: string): Formats {
  const known = made.get(locale) ?? makeFormats(locale);
  made.set(locale, known);
  return known;
}

function makeFormats(locale: string): Formats {
  return {
    absolute: new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'UTC',
      timeZoneName: 'short',
    }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    number: new Intl.NumberFormat(locale),
    plural: new Intl.PluralRules(locale),
  };
}
