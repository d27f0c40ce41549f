/**
 * Colours for terminals. They are on where stdout is a terminal and nobody asked for none (NO_COLOR, TERM=dumb); a pipe
 * never gets any. What a request holds was written by somebody else, and goes through `printable` first.
 */
export { printable } from '../base/index.ts';

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
