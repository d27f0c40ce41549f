/** Lists as CSV, with the search, order and filter that the page shows. */
import type { Sheet } from '../../administration/index.ts';
import type { Page } from '../../model/index.ts';
import { type CsvPlace, csvHeaders, csvText, type Html, html, type PageContext } from '../../web/index.ts';
import { commonMessages } from './common-messages.ts';

/** Answers with the whole list. @param file its name, without `.csv` */
export function csvAnswer<Row>(
  file: string,
  sheet: Sheet<Row>,
  read: (place: CsvPlace) => Promise<Page<Row>>,
): Response {
  const bytes = ReadableStream.from(csvText(sheet, read)).pipeThrough(new TextEncoderStream());
  return new Response(bytes, { headers: csvHeaders(file) });
}

/** The link to a list's CSV, with what the list's own address says, less its page. */
export function csvLink(c: PageContext, path: string): Html {
  const query = new URLSearchParams(c.query);
  for (const name of ['page', 'from', 'lang']) query.delete(name);
  const address = query.size === 0 ? path : `${path}?${query}`;
  return html`<a class="download" href="${c.url(address)}" download>${c.messages(commonMessages).csv}</a>`;
}
