/**
 * Colours for terminals, and text of strangers made harmless for them. Colours are on where stdout is a terminal and
 * nobody asked for none (NO_COLOR, TERM=dumb); a pipe never gets any. What a request holds was written by somebody
 * else: control characters in it could move the cursor or rename the window, so they are shown as escapes.
 */

/** Gives a text an emphasis; the text itself where colours are off. */
export type Paint = (text: string) => string;

/** The few emphases there are. */
export interface Painter {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warning: Paint;
}

/** What decides about colours. */
export interface PaintSurface {
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The painter for a surface; for stdout of this process unless another is named. */
export function createPainter(
  { isTerminal, environment }: PaintSurface = {
    isTerminal: process.stdout.isTTY === true,
    environment: process.env,
  },
): Painter {
  const isOn = isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const paint = (start: number, end: number): Paint =>
    isOn ? (text) => `\u001b[${start}m${text}\u001b[${end}m` : (text) => text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    good: paint(32, 39),
    bad: paint(31, 39),
    warning: paint(33, 39),
  };
}

/** A text of strangers on one line, with every control character shown as an escape. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}
