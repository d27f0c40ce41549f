/** Refused requests as a table, for administrators and, without the consumer, for who answers for that one. */
import { printable } from '../../../base/index.ts';
import type { RefusalSummary } from '../../../model/index.ts';
import {
  type Column,
  type Content,
  fill,
  type Html,
  html,
  moment,
  type PageContext,
  protocolWord,
  table,
} from '../../../web/index.ts';
import { diagnosisMessages } from './words.ts';

/** What differs between the pages that show it. */
export interface RefusalTableOptions {
  /** Where a request is explained, by its id. */
  pathOf(requestId: string): string;
  /** Whose it was; left out where all are one consumer's. */
  consumerCell?(row: RefusalSummary): Content;
}

/** The table. */
export function refusalTable(
  c: PageContext,
  rows: readonly RefusalSummary[],
  { pathOf, consumerCell }: RefusalTableOptions,
): Html {
  const t = c.messages(diagnosisMessages);
  const consumer: Column<RefusalSummary>[] =
    consumerCell === undefined ? [] : [{ header: t.columnConsumer, cell: consumerCell }];
  return table(c, {
    caption: t.caption,
    rows,
    columns: [
      { header: t.columnWhen, cell: ({ at }) => moment(c, at) },
      {
        header: t.columnRequest,
        isName: true,
        cell: ({ method, path }) => html`<code class="request">${printable(`${method} ${path}`)}</code>`,
      },
      {
        header: t.columnProblem,
        cell: ({ problem }) =>
          html`<a href="${c.url(`/oauth/problems/${problem}`)}">${protocolWord(problem)}</a>`,
      },
      ...consumer,
      {
        header: t.explain,
        isActions: true,
        cell: ({ requestId, method, path }) =>
          html`<a class="row-action" href="${c.url(pathOf(requestId))}" aria-label="${fill(t.explainThis, { method, path: printable(path) })}">${t.explain}</a>`,
      },
    ],
  });
}
