/**
 * What a scenario found: figures of either side, and the ratios that are worth remembering, because they hold on
 * another machine as well. It is printed, kept in `bench/results/` and drawn from this one form.
 */
import type { Comparison } from './compare.ts';

/** One ratio, and what it is of. */
export interface Ratio {
  /** What is measured, without the yardstick. */
  readonly what: string;
  /** What it is held against. */
  readonly against: string;
  readonly value: number;
  /** The ratio that is aimed at; null where there is none. */
  readonly aim: number | null;
  /** Of what: requests per second, processor time … */
  readonly by: string;
}

/** One measured side. */
export interface Figure {
  readonly name: string;
  /** As people read it, with its unit. */
  readonly text: string;
}

/** Everything of one scenario. */
export interface Finding {
  /** As `--only` calls it. */
  readonly scenario: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly ratios: readonly Ratio[];
}

/** A scenario that could not be run, and why. */
export interface LeftOut {
  readonly scenario: string;
  readonly reason: string;
}

/** What tells one comparison from another. */
export interface ComparisonTitle {
  readonly scenario: string;
  readonly what: string;
  readonly against: string;
  readonly aim: number | null;
}

/** A comparison of two servers. Processor time leads: it hardly depends on what else the machine does. */
export function findingOf({ scenario, what, against, aim }: ComparisonTitle, result: Comparison): Finding {
  const { ours, oursMedianMs, oursCpu, limit, limitMedianMs, limitCpu, cpuRatio, ratio } = result;
  return {
    scenario,
    title: `${what} against ${against}`,
    figures: [
      { name: 'countersign', text: side(ours, oursMedianMs, oursCpu) },
      { name: against, text: side(limit, limitMedianMs, limitCpu) },
    ],
    ratios: [
      { what, against, value: cpuRatio, aim, by: 'processor time' },
      { what, against, value: ratio, aim, by: 'requests per second' },
    ],
  };
}

function side(perSecond: number, medianMs: number, cpu: number): string {
  return `${perSecond.toFixed(0)}/s, median ${medianMs.toFixed(2)} ms, ${cpu.toFixed(1)} µs processor time`;
}

/** A number of a ratio, as exact as it deserves. */
export function shownRatio(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

/** A finding as lines for the terminal. */
export function printedFinding({ title, figures, ratios }: Finding): string[] {
  const widest = Math.max(...figures.map(({ name }) => name.length), 'ratio'.length);
  return [
    '',
    title,
    ...figures.map(({ name, text }) => `  ${name.padEnd(widest)}  ${text}`),
    ...ratios.map(({ against, value, aim, by }) => {
      const aimed = aim === null ? '' : `, aim ${shownRatio(aim)}`;
      return `  ${'ratio'.padEnd(widest)}  ${shownRatio(value)} of ${against} by ${by}${aimed}`;
    }),
  ];
}
