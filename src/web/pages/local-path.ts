/**
 * Where a page may send the browser afterwards (`next`): to a path of this installation and nowhere else. An open
 * redirect would lend our name to somebody else's login page. Refused: schemes, `//host`, backslashes and control
 * characters (browsers read `/\host` and `/<TAB>/host` as another host), and dot segments.
 */

/** A request's head is not larger than this; nothing longer can have been an address here. */
const LONGEST = 16_384;

/** The path with its query if it is one of our own (below the public URL's path), else the fallback. */
export function localPathOr(text: string | null | undefined, fallback: string): string {
  return text !== null && text !== undefined && isLocalPath(text) ? text : fallback;
}

/** Whether a text is a path of this installation, with or without a query. */
export function isLocalPath(text: string): boolean {
  if (text.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return false;
  const path = text.split(/[?#]/, 1)[0]!;
  return !path.includes('//') && !path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
