/**
 * Text of strangers made harmless to look at. Control characters could move a terminal's cursor or rename its window,
 * also when they are copied from a page; marks of direction make a text look like another one. Both are shown as
 * escapes.
 */

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The text on one line, with every control character and mark of direction shown as an escape. */
export function printable(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
