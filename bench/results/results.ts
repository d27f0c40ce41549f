/** One whole run of the benchmark, as it is kept and shown. */
import type { Finding, LeftOut, Ratio } from '../finding.ts';

/** A run. */
export interface Results {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly machine: string;
  /** Load average when it began: whether the machine had other work. */
  readonly loadAtStart: number;
  readonly rounds: number;
  readonly requests: number;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
}

/** The first ratio of each pair of what and against: the one that hardly depends on other work of the machine. */
export function leadingRatios({ findings }: Results, scenarios: readonly string[]): readonly Ratio[] {
  const leading = new Map<string, Ratio>();
  for (const { scenario, ratios } of findings) {
    if (!scenarios.includes(scenario)) continue;
    for (const ratio of ratios) {
      const pair = `${ratio.what} / ${ratio.against}`;
      if (!leading.has(pair)) leading.set(pair, ratio);
    }
  }
  return [...leading.values()];
}

/** When, where, and with how much other work. */
export function runText({ date, machine, loadAtStart, rounds }: Results): string {
  return `${date}, ${machine}; medians of ${rounds} rounds in turn; load average at the beginning ${loadAtStart.toFixed(1)}.`;
}
