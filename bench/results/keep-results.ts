/**
 * Keeps a whole run: as data, as a page beside it, and in the guide as a table and pictures. All but the data is made
 * from the data, which a test of the documents holds it to.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { barChart } from './bar-chart.ts';
import { leadingRatios, type Results } from './results.ts';
import { replaceResults, resultsPage } from './results-pages.ts';

const ROOT = new URL('../../', import.meta.url);
const GUIDE = 'docs/guide/performance.md';

/** Where the data is, from the project's root. */
export const LAST_RUN = 'bench/results/last-run.json';

/** Writes everything; gives the paths from the project's root. */
export function keepResults(results: Results): readonly string[] {
  const guide = readFileSync(new URL(GUIDE, ROOT), 'utf8');
  const files = new Map([
    [LAST_RUN, `${JSON.stringify(results, null, 2)}\n`],
    ...resultFiles(results, guide),
  ]);
  for (const [path, text] of files) writeFileSync(new URL(path, ROOT), text);
  return [...files.keys()];
}

/** Everything that is made from the data, by path. @param guide its text so far */
export function resultFiles(results: Results, guide: string): ReadonlyMap<string, string> {
  return new Map([
    ['bench/results/README.md', resultsPage(results)],
    [GUIDE, replaceResults(guide, results)],
    ...PICTURES.map(({ file, title, scenarios, unit }): [string, string] => [
      file,
      barChart({ title, unit, ratios: leadingRatios(results, scenarios) }),
    ]),
  ]);
}

const PICTURES = [
  {
    file: 'docs/performance-limits.svg',
    title: 'How near the limit of the machine (1 is the limit)',
    scenarios: ['hmac', 'rsa', 'gateway', 'signing', 'watched'],
    unit: 1,
  },
  {
    file: 'docs/performance-libraries.svg',
    title: 'Verification: how many times as fast as other libraries',
    scenarios: ['peers'],
    unit: 1,
  },
  {
    file: 'docs/performance-growth.svg',
    title: 'Speed as tokens and consumers become more (1 is two of each)',
    scenarios: ['growth'],
    unit: 1,
  },
] as const;
