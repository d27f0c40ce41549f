/**
 * What a long run of the promises found, as a table for readers of SECURITY.md: all promises, also those that were
 * not tried, with tries and violations as counted.
 */
import { type Count, PROMISES, type PromiseNumber } from '../../test/faults/promises.ts';

/** A long run, as it is kept. */
export interface LongRun {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly machine: string;
  /** For people. */
  readonly took: string;
  readonly counts: readonly Count[];
}

/** All that was counted for one promise. */
export interface PromiseTotal {
  readonly promise: number;
  readonly sentence: string;
  readonly tries: number;
  readonly violations: number;
  /** What was tried, and how often. */
  readonly parts: readonly string[];
}

const BEGIN = '<!-- promises: written by `npm run faults -- --long` -->';
const END = '<!-- end of promises -->';

/** Reads one count a line. */
export function readCounts(lines: string): readonly Count[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Count)
    .sort((a, b) => a.promise - b.promise || (a.part < b.part ? -1 : 1));
}

/** Adds up the parts, for every promise there is. */
export function totalsByPromise(counts: readonly Count[]): readonly PromiseTotal[] {
  return Object.entries(PROMISES).map(([number, sentence]) => {
    const own = counts.filter(({ promise }) => promise === (Number(number) as PromiseNumber));
    return {
      promise: Number(number),
      sentence,
      tries: own.reduce((sum, { tries }) => sum + tries, 0),
      violations: own.reduce((sum, { violations }) => sum + violations, 0),
      parts: own.map(({ part, tries }) => `${part} (${tries})`),
    };
  });
}

/** The table with its heading line. */
export function promiseTable({ date, machine, took, counts }: LongRun): string {
  const rows = totalsByPromise(counts).map(
    ({ promise, sentence, tries, violations, parts }) =>
      `| ${promise} | ${sentence} | ${tries} | ${violations} | ${parts.join('; ')} |`,
  );
  return [
    `Last long run: ${date}, ${took} on ${machine}.`,
    '',
    '| | promise | tries | violations | what was tried |',
    '|--:|---|--:|--:|---|',
    ...rows,
  ].join('\n');
}

/** Puts the table of a run in place of the one before. @throws if the document has no place for it */
export function replaceTable(document: string, run: LongRun): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`no place for the table: ${BEGIN} … ${END}`);
  return `${document.slice(0, begin)}${BEGIN}\n${promiseTable(run)}\n${document.slice(end)}`;
}
