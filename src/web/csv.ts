/**
 * Lists as CSV (RFC 4180), as a stream: a list may be longer than memory. Spreadsheets run a cell that begins like a
 * formula, and names are chosen by others: such a cell gets an apostrophe in front, which spreadsheets show as text.
 */
import type { Sheet, SheetValue } from '../administration/index.ts';
import type { Page } from '../model/index.ts';

/** Rows that are read before they are sent: few enough that nobody else waits long for the storage. */
const BATCH = 250;

/** Media type of these lists. */
export const CSV_TYPE = 'text/csv; charset=utf-8';

/** Which rows are read next. They are not counted: a batch that is not full is the last one. */
export interface CsvPlace {
  readonly offset: number;
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
  for (let offset = 0; ; offset += BATCH) {
    const { rows } = await read({ offset, limit: BATCH, countUpTo: 1 });
    yield headings + rows.map(line).join('');
    if (rows.length < BATCH) return;
    headings = '';
  }
}

/** One cell: quoted where it must be, and never a formula. */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function written(value: SheetValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}
