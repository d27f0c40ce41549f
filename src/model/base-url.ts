/** Base URLs of other installations, as they are compared: people add slashes, and browsers change the case of hosts. */

/** A base URL without blanks around it and slashes at its end, as browsers serialise it where they can read it. */
export function plainBase(text: string): string {
  const typed = text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '');
  return (URL.parse(typed)?.href ?? typed).replace(/[?#].*$/u, '').replace(/\/+$/u, '');
}
