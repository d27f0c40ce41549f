/** The results as Markdown: every figure for the page beside them, the ratios for the guide. */
import { printedFinding, type Ratio, shownRatio } from '../finding.ts';
import { leadingRatios, type Results, runText } from './results.ts';

const BEGIN = '<!-- results: written by `npm run bench -- --results` -->';
const END = '<!-- end of results -->';

/** `bench/results/README.md`. */
export function resultsPage(results: Results): string {
  const printed = results.findings.flatMap(printedFinding).join('\n').trim();
  const left = results.leftOut.map(({ scenario, reason }) => `- ${scenario}: ${reason}`);
  return [
    '# The last run',
    '',
    runText(results),
    'Written by `npm run bench -- --results`, with [the same as data](last-run.json);',
    '[what it means](../../docs/guide/performance.md).',
    '',
    '```',
    printed,
    '```',
    ...(left.length === 0 ? [] : ['', 'Left out:', '', ...left]),
    '',
  ].join('\n');
}

/** The guide's text with the table of this run in place of the one before. @throws if it has no place for it */
export function replaceResults(document: string, results: Results): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`no place for the results: ${BEGIN} … ${END}`);
  return `${document.slice(0, begin)}${BEGIN}\n${resultsTable(results)}\n${document.slice(end)}`;
}

function resultsTable(results: Results): string {
  const scenarios = [...new Set(results.findings.map(({ scenario }) => scenario))];
  return [
    runText(results),
    '',
    '| measured | against | ratio | aim | by |',
    '|---|---|--:|--:|---|',
    ...leadingRatios(results, scenarios).map(row),
  ].join('\n');
}

function row({ what, against, value, aim, by }: Ratio): string {
  return `| ${what} | ${against} | ${shownRatio(value)} | ${aim === null ? '' : shownRatio(aim)} | ${by} |`;
}
