/**
 * Texts as literals of programming languages. A consumer key may hold any printable character, so that it could
 * otherwise end the literal and be run as a program.
 */

/** A literal in double quotes that nothing is replaced in: Go, Java, JavaScript, Python. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text);
}

/** A literal in single quotes, in which a backslash stands before quotes and backslashes: Perl, PHP, Ruby. */
export function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A word of a shell command. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
