/**
 * Path patterns: which paths are public, and how far a consumer reaches. `*` stands for any characters within
 * one segment (alone: a whole, non-empty one), `**` for any number of segments, everything else for itself.
 * They are held against the raw path, undecoded. A path with a second reading (`%2e`, `..`, `//`, `\`, `%2f`)
 * could be one thing here and another in the application behind: it matches nothing, and whoever lets a
 * pattern decide refuses it outright (`isAmbiguousPath`). Time is bounded by path length times pattern length.
 */

/** A text that is no path pattern. The message is an English sentence for whoever wrote it. */
export class PathPatternRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PathPatternRefused';
  }
}

/**
 * Dot segments (plain, escaped, or with a path parameter), escaped slashes and backslashes, also escaped twice,
 * escaped NUL, backslashes and empty segments; the overlong UTF-8 in which lenient decoders find a dot or a slash
 * (`%c0%ae`), and escapes that are none (`%u002e`).
 */
const AMBIGUOUS =
  /%(?:25)*(?:2e|2f|5c|00|c[01]|e0%(?:25)*[89]|f0%(?:25)*8)|%(?![0-9a-f]{2})|\\|\/\/|\/\.{1,2}(?:[/;]|%(?:25)*3b|$)/i;

/** Whether servers disagree about which resource a raw path names. */
export function isAmbiguousPath(path: string): boolean {
  return AMBIGUOUS.test(path);
}

/** Checks the text of a pattern such as `/rest/**` and gives it back. @throws {PathPatternRefused} */
export function readPathPattern(text: string): string {
  if (!text.startsWith('/'))
    throw new PathPatternRefused(`The path pattern '${text}' must begin with a slash.`);
  if (/[^!-~]|[?#]/.test(text)) {
    throw new PathPatternRefused(
      `The path pattern '${text}' must be a path alone: no query, fragment, blank or unescaped character.`,
    );
  }
  if (isAmbiguousPath(text)) {
    throw new PathPatternRefused(
      `The path pattern '${text}' must not contain dot segments, empty segments or escaped slashes.`,
    );
  }
  if (segmentsOf(text).some((segment) => segment !== '**' && segment.includes('**'))) {
    throw new PathPatternRefused(`In the path pattern '${text}', ** must stand for whole segments.`);
  }
  return text;
}

/**
 * Whether a raw path falls under a pattern. `/rest/**` covers `/rest` itself and all below it; `/issues/*`
 * covers `/issues/1` but neither `/issues/` nor `/issues/1/`.
 */
export function matchesPath(pattern: string, path: string): boolean {
  if (!pattern.startsWith('/') || !path.startsWith('/') || isAmbiguousPath(path)) return false;
  return matchesSequence(segmentsOf(pattern), '**', segmentsOf(path), matchesSegment);
}

/** Whether a raw path falls under any of the patterns. */
export function matchesAnyPath(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesPath(pattern, path));
}

function segmentsOf(path: string): string[] {
  return path.slice(1).split('/');
}

function matchesSegment(wanted: string, segment: string): boolean {
  if (wanted === '*') return segment !== '';
  return wanted === segment || (wanted.includes('*') && matchesSequence(wanted, '*', segment, isSame));
}

function isSame(a: string, b: string): boolean {
  return a === b;
}

/**
 * Matches with a star for any number of elements. On a mismatch it goes back to the last star only: an earlier
 * one could not do better, which keeps the time from growing with the number of stars.
 */
function matchesSequence(
  pattern: ArrayLike<string>,
  star: string,
  elements: ArrayLike<string>,
  isMatch: (wanted: string, element: string) => boolean,
): boolean {
  let at = 0;
  let afterStar = -1;
  let starEnd = 0;
  for (let i = 0; i < elements.length; ) {
    const wanted = pattern[at];
    if (wanted === star) {
      at += 1;
      afterStar = at;
      starEnd = i;
    } else if (wanted !== undefined && isMatch(wanted, elements[i]!)) {
      at += 1;
      i += 1;
    } else if (afterStar >= 0) {
      starEnd += 1;
      at = afterStar;
      i = starEnd;
    } else {
      return false;
    }
  }
  while (pattern[at] === star) at += 1;
  return at === pattern.length;
}
