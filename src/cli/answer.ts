/**
 * What a command answers, in both forms: a document for programs (`--json`) and text for people. A command gives
 * both and prints nothing itself, so that no stray line can ever get into the JSON. Names, addresses and descriptions
 * were written by others, some of them in another system's database: none of them reaches the terminal's controls.
 */

import { isoTime, printable } from '../base/index.ts';
import { EMPHASIS } from './paint.ts';

/** The answer of a command. */
export interface Answer {
  /** The one document that `--json` prints. Times are ISO 8601 in UTC. */
  readonly json: unknown;
  /** Lines for people. */
  readonly lines: readonly string[];
  /** Why the command leaves with exit status 1 although it has an answer. */
  readonly failure?: string;
}

/** Prints an answer on stdout. */
export function printAnswer({ json, lines }: Answer, asJson: boolean): void {
  const text = asJson ? documentText(json) : lines.map(harmless).join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
}

/** The document as text. JSON lets some control characters stand as they are, which terminals obey like the others. */
export function documentText(json: unknown): string {
  return JSON.stringify(json, null, 2).replace(
    /[\u007f-\u009f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );
}

/** Where a text may be left as it is. */
const KEPT = new RegExp(`(${EMPHASIS.source}|\\n)`);

/** The text with every control character shown as an escape, line ends and the emphases of `paint.ts` aside. */
export function harmless(text: string): string {
  return text
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');
}

/** Rows in aligned columns under their headings; `empty` when there are none. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  empty: string,
): string[] {
  return rows.length === 0
    ? [empty]
    : columns([headings, ...rows.map((row) => row.map(printable))]).map((line) => line.trimEnd());
}

/** Cells in aligned columns, the last one filled up as well. All rows have as many cells. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column]!))));
  return rows.map((row) =>
    row.map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell))).join('  '),
  );
}

/** Names and values of one record, the values aligned. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string[] {
  const widest = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${`${name}:`.padEnd(widest + 2)}${value}`);
}

/** A stored time as people read it, with its zone; `—` for none. */
export function shownTime(seconds: number | null): string {
  return seconds === null ? '—' : `${isoTime(seconds).slice(0, 16).replace('T', ' ')} UTC`;
}

/** `1 user`, `3 users`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Characters as a terminal counts them: East Asian ones fill two columns. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  return columns;
}
