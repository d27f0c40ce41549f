/**
 * Lists as CSV (RFC 4180), as a stream: a list may be longer than memory. Spreadsheets run a cell that begins like a
 * formula, and names are chosen by others: such a cell gets an apostrophe in front, which spreadsheets show as text.
 */
import { setImmediate } from 'node:timers/promises';
import type { Sheet, SheetValue } from '../administration/index.ts';
import type { ListPlace, Page } from '../model/index.ts';

/** Rows that are read before they are sent, and before others get their turn: nobody waits long for them. */
const BATCH = 250;

/** Media type of these lists. */
export const CSV_TYPE = 'text/csv; charset=utf-8';

/** Which rows are read next. They are not counted: a batch that is not full is the last one. */
export interface CsvPlace {
  readonly offset: number;
  readonly after?: ListPlace;
  readonly limit: number;
  readonly countUpTo: number;
}

/** The header fields of a list that is saved as a file. @param file its name, without `.csv` */
export function csvHeaders(file: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': CSV_TYPE,
    'Content-Disposition': `attachment; filename="${file}.csv"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
}

/** The whole list, a batch of rows at a time as it is taken; the headings come with the first one. */
export async function* csvText<Row>(
  sheet: Sheet<Row>,
  read: (place: CsvPlace) => Promise<Page<Row>>,
): AsyncGenerator<string, void, undefined> {
  const cells = Object.values(sheet);
  const line = (row: Row) => `${cells.map((cell) => csvCell(written(cell(row)))).join(',')}\r\n`;
  let headings = `\ufeff${Object.keys(sheet).map(csvCell).join(',')}\r\n`;
  let place: CsvPlace = { offset: 0, limit: BATCH, countUpTo: 1 };
  for (;;) {
    const { rows, end } = await read(place);
    yield headings + rows.map(line).join('');
    if (end !== undefined) place = { ...place, after: end };
    else if (rows.length === BATCH && place.after === undefined)
      place = { ...place, offset: place.offset + BATCH };
    else return;
    headings = '';
    await setImmediate();
  }
}

/**
 * Where a cell, or what a spreadsheet takes for one, begins like a formula. Where lists are written with semicolons, it
 * begins another cell at each semicolon, and another row at each line, in spite of our quotes.
 */
const FORMULA = /(^|[;\t\r\n])(?=[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** One cell: quoted where it must be, and never a formula. */
export function csvCell(text: string): string {
  const harmless = text.replace(/^(?=[\t\r\n])/u, "'").replace(FORMULA, "$1'");
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function written(value: SheetValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}
