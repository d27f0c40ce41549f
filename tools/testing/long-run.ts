/**
 * What a long run of the promises found, as a table for readers of SECURITY.md: all promises, also those that were
 * not tried, with tries and violations as counted.
 */
import { type Count, type Place, PROMISES, type PromiseNumber } from '../../test/faults/promises.ts';

/** A long run, as it is kept. */
export interface LongRun {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly machine: string;
  /** How long it took. */
  readonly seconds: number;
  readonly counts: readonly Count[];
}

/** A run after a part of it was run again: what that counted takes the place of what was counted for it before. */
export function amended(run: LongRun, part: LongRun): LongRun {
  const isOther = (one: Count) => part.counts.every((other) => whatOf(other) !== whatOf(one));
  const counts = sorted([...run.counts.filter(isOther), ...part.counts]);
  return { ...part, seconds: run.seconds + part.seconds, counts };
}

function whatOf({ promise, part, place }: Count): string {
  return [promise, part, place].join(' ');
}

function sorted(counts: readonly Count[]): readonly Count[] {
  return counts.toSorted((a, b) => a.promise - b.promise || (described(a) < described(b) ? -1 : 1));
}

/** All that was counted for one promise. */
export interface PromiseTotal {
  readonly promise: number;
  readonly sentence: string;
  readonly tries: number;
  readonly violations: number;
  /** The tries again, by where data and nonces were kept. */
  readonly over: { readonly sqlite: number; readonly postgresOrRedis: number; readonly nothing: number };
  /** What was tried, and how often. */
  readonly parts: readonly string[];
}

const BEGIN = '<!-- promises: written by `npm run faults -- --long` -->';
const END = '<!-- end of promises -->';

/** Reads one count a line. */
export function readCounts(lines: string): readonly Count[] {
  const written = lines.split('\n').filter((line) => line !== '');
  return sorted(written.map((line) => JSON.parse(line) as Count));
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
      over: {
        sqlite: triesOver(own, (place) => place === 'SQLite'),
        postgresOrRedis: triesOver(own, (place) => place !== 'SQLite' && place !== null),
        nothing: triesOver(own, (place) => place === null),
      },
      parts: own.map(described),
    };
  });
}

function triesOver(counts: readonly Count[], isThere: (place: Place) => boolean): number {
  return counts.reduce((sum, { place, tries }) => sum + (isThere(place) ? tries : 0), 0);
}

function described({ part, place, tries, violations }: Count): string {
  const over = place === null ? '' : `, over ${place}`;
  return `${part}${over} (${tries}${violations === 0 ? '' : `, ${violations} violations`})`;
}

/** The table with its heading line, and under the number of each promise what its tries were. */
export function promiseTable({ date, machine, seconds, counts }: LongRun): string {
  const totals = totalsByPromise(counts);
  const rows = totals.map(
    ({ promise, sentence, violations, over: { sqlite, postgresOrRedis, nothing }, parts }) =>
      `| ${promise} | ${sentence} | ${sqlite} | ${postgresOrRedis} | ${nothing} | ${violations} | ${parts.length} |`,
  );
  return [
    `Last long run: ${date}, ${seconds} s on ${machine}.`,
    '',
    '| | promise | tries over SQLite | over PostgreSQL, Redis | without storage | violations | kinds of tries |',
    '|--:|---|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    'What was tried, and how often:',
    '',
    ...totals.map(({ promise, parts }) => `${promise}. ${parts.join('; ')}`),
  ].join('\n');
}

/** Puts the table of a run in place of the one before. @throws if the document has no place for it */
export function replaceTable(document: string, run: LongRun): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`no place for the table: ${BEGIN} … ${END}`);
  return `${document.slice(0, begin)}${BEGIN}\n${promiseTable(run)}\n${document.slice(end)}`;
}
