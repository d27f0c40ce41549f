/** What ends soon: a page for administrators, a panel for the page on which they begin, and a number beside its name. */
import { ENDS_SOON_DAYS, type EndingSoon, endingSoon } from '../../../administration/index.ts';
import {
  absoluteMoment,
  type Column,
  type Content,
  count,
  emptyState,
  fill,
  html,
  moment,
  notice,
  type PageContext,
  type PageRoute,
  type SignedInContext,
  table,
} from '../../../web/index.ts';
import { consumerPath } from '../consumers/words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { view } from '../route.ts';
import { endingMessages } from './messages.ts';

/** Where the page is. */
export const ENDING_PATH = '/oauth/admin/ending';

const DAYS = { days: ENDS_SOON_DAYS };

export function endingRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [view(ENDING_PATH, (c) => endingPage(deps, c))];
}

/** What stands on the page on which administrators begin, when there is something. */
export async function endingPanel(
  { administration }: AdministrationDependencies,
  c: PageContext,
): Promise<Content> {
  const { length } = await endingSoon(administration);
  if (length === 0) return '';
  const t = c.messages(endingMessages);
  const sentence = fill(count(c, t.panel, length), DAYS);
  return notice('warning', html`${sentence} <a href="${c.url(ENDING_PATH)}">${t.show}</a>`);
}

async function endingPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(endingMessages);
  const rows = await endingSoon(administration);
  const isEmpty = rows.length === 0;
  return c.page({
    title: t.title,
    section: 'ending',
    ...(!isEmpty && { lead: fill(t.lead, DAYS) }),
    body: isEmpty
      ? emptyState(t.emptyTitle, fill(t.emptyText, DAYS))
      : table(c, { caption: t.caption, columns: columns(c), rows }),
  });
}

function columns(c: PageContext): readonly Column<EndingSoon>[] {
  const t = c.messages(endingMessages);
  return [
    { header: t.columnWhich, isName: true, cell: (ending) => named(c, ending) },
    { header: t.columnWhat, cell: ({ kind }) => t.kinds[kind] },
    {
      header: t.columnEnds,
      cell: ({ endsAt }) =>
        html`${moment(c, endsAt)}<span class="description">${absoluteMoment(c, endsAt)}</span>`,
    },
    { header: t.columnAdvice, cell: ({ kind }) => t.advice[kind] },
  ];
}

function named(c: PageContext, { kind, id, name, userName }: EndingSoon): Content {
  if (kind === 'api-key') return html`<strong>${name}</strong> <span class="meta">${userName}</span>`;
  const path = kind === 'consumer-credential' ? consumerPath('view', id) : '/oauth/admin/consumer-info';
  return html`<a href="${c.url(path)}">${name}</a>`;
}
