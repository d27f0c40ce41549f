/**
 * Lists: a table whose search, order and page live in the address (links and GET forms, no script), so that each
 * view can be bookmarked and sent to somebody. On narrow screens each row becomes a small card; the roles are
 * spelled out because `display` takes them away from the elements.
 */
import type { ListQuery } from '../../model/index.ts';
import { type Content, type Html, html } from './html.ts';
import { fill } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import type { PageContext } from './page-route.ts';

/** What a list of a page can be sorted by, and how it is at first. */
export interface ListOptions<SortKey extends string> {
  readonly sorts: readonly SortKey[];
  readonly sort: SortKey;
  readonly descending?: boolean;
  readonly pageSize?: number;
  /** Whether the list is gone through by places (`placedPager`). */
  readonly isPlaced?: boolean;
}

/** Rows that are counted; and, of a list without places, that can be paged to. Whoever looks for one of more searches. */
export const COUNTED = 1000;

/**
 * Rows of a list with places that can be gone to by the number of a page. Further down the way leads from page to page:
 * to pass over as many rows would cost the database more than it gives anybody.
 */
const SKIPPED = 100;

/** A list's state, read from the address: `q`, `sort`, `order`, `page`. What is not understood is the default. */
export function readList<SortKey extends string>(
  c: PageContext,
  options: ListOptions<SortKey>,
): ListQuery<SortKey> {
  const limit = options.pageSize ?? 25;
  const sort = options.sorts.find((key) => key === c.query.get('sort')) ?? options.sort;
  const order = c.query.get('order');
  const page = /^[1-9]\d{0,6}$/.test(c.query.get('page') ?? '') ? Number(c.query.get('page')) : 1;
  const last = Math.ceil((options.isPlaced ? SKIPPED : COUNTED) / limit);
  return {
    search: (c.query.get('q') ?? '').trim().slice(0, 200),
    sort,
    descending: order === null ? (options.descending ?? false) : order === 'down',
    offset: (Math.min(page, last) - 1) * limit,
    limit,
    countUpTo: COUNTED + 1,
  };
}

/** A column of a table. */
export interface Column<Row> {
  readonly header: Content;
  readonly cell: (row: Row) => Content;
  /** Key to sort by, when the list can be. */
  readonly sort?: string;
  readonly isNumber?: boolean;
  /** Where the row's buttons and links are: the last column, its header for screen readers only. */
  readonly isActions?: boolean;
  /** The cell that names the row. */
  readonly isName?: boolean;
  /** The box that chooses the row. */
  readonly isSelection?: boolean;
}

/** A table; with a `list` its sortable headers are links. */
export function table<Row>(
  c: PageContext,
  options: {
    readonly caption: string;
    readonly columns: readonly Column<Row>[];
    readonly rows: readonly Row[];
    readonly list?: ListQuery<string>;
  },
): Html {
  const { caption, columns, rows, list } = options;
  return html`<div class="table-frame"><table role="table"><caption class="sr-only">${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((column) => headerCell(c, column, list))}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (row) => html`<tr role="row">${columns.map((column) => bodyCell(column, row))}</tr>\n`,
  )}</tbody></table></div>`;
}

function headerCell<Row>(c: PageContext, column: Column<Row>, list: ListQuery<string> | undefined): Html {
  const classes = classesOf(column);
  if (column.isActions) {
    return html`<th role="columnheader" scope="col" class="${classes}"><span class="sr-only">${column.header}</span></th>`;
  }
  if (list === undefined || column.sort === undefined) {
    return html`<th role="columnheader" scope="col" class="${classes}">${column.header}</th>`;
  }
  const isSorted = list.sort === column.sort;
  const direction = list.descending ? 'descending' : 'ascending';
  const order = isSorted && !list.descending ? 'down' : 'up';
  const link = listLink(c, { sort: column.sort, order, page: null, from: null });
  return html`<th role="columnheader" scope="col" class="${classes}"${
    isSorted ? html` aria-sort="${direction}"` : ''
  }><a href="${link}" class="sort">${column.header}<span class="sort-mark" aria-hidden="true">${
    isSorted ? (list.descending ? '▾' : '▴') : ''
  }</span></a></th>`;
}

function bodyCell<Row>(column: Column<Row>, row: Row): Html {
  const label = column.isActions || column.isSelection ? '' : html` data-label="${column.header}"`;
  return column.isName
    ? html`<th role="rowheader" scope="row" class="${classesOf(column)}"${label}><div>${column.cell(row)}</div></th>`
    : html`<td role="cell" class="${classesOf(column)}"${label}><div>${column.cell(row)}</div></td>`;
}

function classesOf<Row>(column: Column<Row>): string {
  return [
    column.isNumber && 'is-number',
    column.isActions && 'is-actions',
    column.isName && 'is-name',
    column.isSelection && 'is-selection',
  ]
    .filter((name) => name)
    .join(' ');
}

/** The search field of a list. Keeps the order, goes back to the first page. */
export function searchBox(c: PageContext, list: ListQuery<string>, label: string): Html {
  const t = c.messages(kitMessages);
  const kept = [...c.query].filter(([name]) => !['q', 'page', 'from', 'lang'].includes(name));
  return html`<form class="search" role="search" method="get" action="${c.url(c.path)}">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label class="sr-only" for="q">${label}</label>
<input id="q" name="q" type="search" value="${list.search}" placeholder="${label}" autocomplete="off">
<button class="button is-plain">${t.search}</button>
${list.search === '' ? '' : html`<a href="${listLink(c, { q: null, page: null, from: null })}">${t.searchClear}</a>`}
</form>`;
}

/** What a list says when the search found nothing, and what to do then. */
export function nothingFound(c: PageContext, list: ListQuery<string>): Html {
  const t = c.messages(kitMessages);
  return html`<div class="empty"><p>${fill(t.nothingFound, { search: list.search })} ${t.nothingFoundNext}</p><p><a href="${listLink(c, { q: null, page: null, from: null })}">${t.searchClear}</a></p></div>`;
}

/** The present address with some parameters changed; null takes one out. */
export function listLink(c: PageContext, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(c.query);
  query.delete('lang');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return c.url(text === '' ? c.path : `${c.path}?${text}`);
}
