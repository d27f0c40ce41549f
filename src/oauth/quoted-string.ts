/** A text between double quotes in a header: what cannot stand there is left out, so it can end neither string nor line. */

/** The text as a quoted string of printable ASCII. @see RFC 9110 s5.6.4 */
export function quotedString(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
