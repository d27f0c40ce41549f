/**
 * Lists as CSV (RFC 4180), with the search, order and filter that the page shows, as a stream: a list may be longer than
 * memory. Spreadsheets run a cell that begins like a formula, and names are chosen by others: such a cell gets an
 * apostrophe in front, which spreadsheets show as text.
 */
import type { Page } from '../../model/index.ts';
import { type Html, html, type PageContext } from '../../web/index.ts';
import { commonMessages } from './common-messages.ts';

/** What a cell may hold; null is an empty one, and a list stands with blanks between. */
export type CsvValue = string | number | boolean | readonly string[] | null;

/** The columns in their order, by their headings. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => CsvValue>>;

/** Rows that are read before they are sent: few enough that nobody else waits long for the storage. */
const BATCH = 250;

/** Which rows are read next. They are not counted: a batch that is not full is the last one. */
export interface CsvPlace {
  readonly offset: number;
  readonly limit: number;
  readonly countUpTo: number;
}

/** Answers with the whole list. @param file its name, without `.csv` */
export function csvAnswer<Row>(
  file: string,
  columns: CsvColumns<Row>,
  read: (place: CsvPlace) => Promise<Page<Row>>,
): Response {
  return new Response(csvStream(columns, read), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file}.csv"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}

/** The link to a list's CSV, with what the list's own address says, less its page. */
export function csvLink(c: PageContext, path: string): Html {
  const query = new URLSearchParams(c.query);
  for (const name of ['page', 'lang']) query.delete(name);
  const address = query.size === 0 ? path : `${path}?${query}`;
  return html`<a class="download" href="${c.url(address)}" download>${c.messages(commonMessages).csv}</a>`;
}

/** A moment as spreadsheets read it. */
export function csvMoment(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

/** One cell: quoted where it must be, and never a formula. */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function csvStream<Row>(
  columns: CsvColumns<Row>,
  read: (place: CsvPlace) => Promise<Page<Row>>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const cells = Object.values(columns);
  const line = (row: Row) => `${cells.map((cell) => csvCell(written(cell(row)))).join(',')}\r\n`;
  let offset = 0;
  return new ReadableStream({
    start: (controller) =>
      controller.enqueue(encoder.encode(`\ufeff${Object.keys(columns).map(csvCell).join(',')}\r\n`)),
    async pull(controller) {
      const { rows } = await read({ offset, limit: BATCH, countUpTo: 1 });
      offset += rows.length;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map(line).join('')));
      if (rows.length < BATCH) controller.close();
    },
  });
}

function written(value: CsvValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join(' ') : String(value);
}
