/**
 * The form in which texts are searched, and in which they are searched for. No two stores may disagree about what is found,
 * so nothing is left in it that one of them cannot hold or tell apart: NUL, which is no character in PostgreSQL and ends a
 * text for much of SQLite, halves of characters, which have no bytes, and the two that SQLite takes for damaged ones.
 */

/** The text in lower case, of whole characters; what is none becomes U+FFFD. */
export function searchForm(text: string): string {
  return text
    .toLowerCase()
    .toWellFormed()
    .replace(/[\0\ufffe\uffff]/g, '\uFFFD');
}
