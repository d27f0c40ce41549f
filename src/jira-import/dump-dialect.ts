/** What the writers of dumps do differently: which one wrote this, and how it writes a text. */

/**
 * How a text is escaped: by backslashes (MySQL, MariaDB; PostgreSQL in `E'…'`), by `\u0041` (HSQLDB), by `\0041` (H2 in
 * `U&'…'`), or not at all but for doubled quotes.
 */
export type Escapes = 'none' | 'backslash' | 'unicode' | 'standard-unicode';

/** Tells from the first lines of a dump. */
export function escapesOf(firstLines: string): Escapes {
  if (/\b(?:mysql|mariadb) dump\b/i.test(firstLines) || firstLines.includes('`')) return 'backslash';
  return /^(?:SET DATABASE |CREATE SCHEMA PUBLIC AUTHORIZATION )/m.test(firstLines) ? 'unicode' : 'none';
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  Z: '\u001a',
};

/** Undoes backslash escapes; a backslash before anything else stands for that. */
export function withoutBackslashes(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, escaped: string) =>
    escaped.length === 5 ? fromHex(escaped.slice(1)) : (ESCAPES[escaped] ?? escaped),
  );
}

/** What stands between two quotes, as it was before it was written. */
export function textOf(written: string, escapes: Escapes): string {
  const text = written.replaceAll("''", "'");
  switch (escapes) {
    case 'backslash':
      return withoutBackslashes(text);
    case 'unicode':
      return text.replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => fromHex(hex));
    case 'standard-unicode':
      return text.replace(/\\(\\|[0-9a-fA-F]{4})/g, (_, hex: string) => (hex === '\\' ? '\\' : fromHex(hex)));
    case 'none':
      return text;
  }
}

/** A field of a line between `COPY … FROM stdin` and `\.`. */
export function copiedField(text: string): string | null {
  return text === '\\N' ? null : withoutBackslashes(text);
}

/** The last part of a name such as `public."oauthsptoken"`, in lower case. */
export function plainName(name: string): string {
  return name
    .replaceAll(/["`[\]]/g, '')
    .split('.')
    .at(-1)!
    .toLowerCase();
}

function fromHex(digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}
