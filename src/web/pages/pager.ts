/**
 * The way from page to page of a list, and which of its rows are shown: by the number of the page, or, in a long list, by
 * the place where each page begins.
 */
import type { ListQuery } from '../../model/index.ts';
import { type Content, type Html, html } from './html.ts';
import { fill } from './i18n.ts';
import { kitMessages } from './kit-messages.ts';
import { COUNTED, listLink } from './lists.ts';
import type { PageContext } from './page-route.ts';
import { number } from './parts.ts';

/** Which rows of how many are shown, and the way to the others. Nothing when all are. */
export function pager(c: PageContext, list: ListQuery<string>, total: number): Content {
  if (total <= list.limit && list.offset === 0) return '';
  const page = Math.floor(list.offset / list.limit) + 1;
  const reachable = Math.min(total, COUNTED);
  const last = Math.max(1, Math.ceil(reachable / list.limit));
  const to = (number: number) => listLink(c, { page: String(number) });
  return pagerBar(c, {
    from: Math.min(list.offset + 1, reachable),
    to: Math.min(list.offset + list.limit, reachable),
    of: reachable,
    isMore: total > COUNTED,
    previous: page > 1 ? to(Math.min(page - 1, last)) : null,
    next: page < last ? to(page + 1) : null,
    isEnd: page >= last,
  });
}

/** Where a page of a list that is gone through by places is, and where the pages around it begin. */
export interface PlacedPage {
  /** Rows before it. */
  readonly offset: number;
  /** Rows on it. */
  readonly length: number;
  /** Rows of the list as far as they were counted. */
  readonly total: number;
  /** What the address says to show the page before; null on the first. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** The same for a list that is gone through by places, however long it is: each page leads to those beside it. */
export function placedPager(c: PageContext, { offset, length, total, previous, next }: PlacedPage): Content {
  if (previous === null && next === null) return '';
  const isMore = total > COUNTED && next !== null;
  const to = offset + length;
  const link = (from: string | null) => from && listLink(c, { from, page: null });
  return pagerBar(c, {
    from: offset + 1,
    to,
    of: total > COUNTED ? Math.max(to, isMore ? COUNTED : 0) : total,
    isMore,
    previous: link(previous),
    next: link(next),
  });
}

/** What a pager shows: numbers of rows, and links to the pages beside it. */
interface PagerBar {
  readonly from: number;
  readonly to: number;
  readonly of: number;
  readonly isMore: boolean;
  readonly previous: string | null;
  readonly next: string | null;
  /** Whether pages end here although there are more rows. */
  readonly isEnd?: boolean;
}

function pagerBar(c: PageContext, bar: PagerBar): Html {
  const t = c.messages(kitMessages);
  const range = fill(bar.isMore ? t.rangeOfMore : t.range, {
    from: number(c, bar.from),
    to: number(c, bar.to),
    total: number(c, bar.of),
  });
  const step = (link: string | null, label: string, rel: string) =>
    link === null
      ? html`<span class="button is-plain is-off" aria-hidden="true">${label}</span>`
      : html`<a class="button is-plain" rel="${rel}" href="${link}">${label}</a>`;
  const beyond = bar.isMore && bar.isEnd ? html`<span class="meta">${t.beyond}</span>` : '';
  return html`<nav class="pager" aria-label="${t.pages}">${step(bar.previous, t.previous, 'prev')}<span>${range}</span>${step(bar.next, t.next, 'next')}${beyond}</nav>`;
}
