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

/** What begins and ends each. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
} as const satisfies Record<keyof Painter, readonly [start: number, end: number]>;

/** One of these, and no other: some would make a text invisible. */
export const EMPHASIS = new RegExp(`\u001b\\[(?:${Object.values(CODES).flat().join('|')})m`);

/** The painter for a surface; for stdout of this process unless another is named. */
export function createPainter(
  { isTerminal, environment }: PaintSurface = {
    isTerminal: process.stdout.isTTY === true,
    environment: process.env,
  },
): Painter {
  const isOn = isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const paint = ([start, end]: readonly [number, number]): Paint =>
    isOn ? (text) => `\u001b[${start}m${text}\u001b[${end}m` : (text) => text;
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    good: paint(CODES.good),
    bad: paint(CODES.bad),
    warning: paint(CODES.warning),
  };
}
