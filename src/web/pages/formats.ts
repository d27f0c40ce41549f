/**
 * How moments and numbers are written: in the words of the page's language, as in the region of its reader. Making such
 * formats costs more than a row of a list, and they are large: each is made once, and only for a region that the
 * language has its own ways in, however many the headers of requests may name.
 */
import type { Locale, Reader } from './reader.ts';

/** The formats of one language and region. */
export interface Formats {
  /** A moment with its date in full, in UTC. */
  readonly absolute: Intl.DateTimeFormat;
  /** A day, in UTC. */
  readonly day: Intl.DateTimeFormat;
  /** A distance from now. */
  readonly relative: Intl.RelativeTimeFormat;
  readonly number: Intl.NumberFormat;
  /** Which form a sentence takes for a number of things. */
  readonly plural: Intl.PluralRules;
}

/** For readers whose region nothing tells, or has no ways of its own: day before month, and words for months. */
const USUAL: Readonly<Record<Locale, string>> = { en: 'en-GB', ja: 'ja-JP' };

const tags = new Map<string, string>();
const made = new Map<string, Formats>();

/** The formats for a reader. */
export function formatsOf({ locale, region }: Reader): Formats {
  const wished = region === null ? USUAL[locale] : `${locale}-${region}`;
  const tag = tags.get(wished) ?? knownTag(locale, wished);
  tags.set(wished, tag);
  const known = made.get(tag) ?? makeFormats(tag);
  made.set(tag, known);
  return known;
}

function knownTag(locale: Locale, wished: string): string {
  const resolved = new Intl.DateTimeFormat(wished).resolvedOptions().locale;
  return resolved === locale ? USUAL[locale] : resolved;
}

function makeFormats(tag: string): Formats {
  return {
    absolute: new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'UTC',
      timeZoneName: 'short',
    }),
    day: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
    relative: new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
    number: new Intl.NumberFormat(tag),
    plural: new Intl.PluralRules(tag),
  };
}
