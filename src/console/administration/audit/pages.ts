/** The audit log: searched, filtered by who, what and object, paged, and downloaded. */
import { AUDIT_ACTIONS, type AuditFilter, type AuditPage } from '../../../model/index.ts';
import {
  absoluteMoment,
  emptyState,
  fill,
  type Html,
  hiddenField,
  html,
  nothingFound,
  notice,
  type PageContext,
  type PageRoute,
  pager,
  readList,
  type SignedInContext,
  selectField,
  submitButton,
  textField,
} from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { listTools } from '../list-tools.ts';
import { view } from '../route.ts';
import { AUDIT_PATH, auditNames } from './audit-objects.ts';
import { auditTable } from './audit-table.ts';
import { auditCsv } from './csv.ts';
import { auditMessages } from './messages.ts';

/** How long a search looks before it says how far it came: long enough for some queries to a database far away. */
const PATIENCE_MS = 100;

export function auditRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(AUDIT_PATH, (c) => logPage(deps, c)),
    view(`${AUDIT_PATH}/audit.csv`, (c) => download(deps, c)),
  ];
}

async function logPage(
  { administration }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(auditMessages);
  const list = readList(c, { sorts: ['at'], sort: 'at', descending: true, pageSize: 50 });
  const filter = filterOf(c);
  const olderThan = beginningOf(c);
  const until = performance.now() + PATIENCE_MS;
  const { rows, total, unsearched } = await administration.storage.audit.list(
    { ...filter, ...(olderThan !== undefined && { olderThan }) },
    list,
    () => performance.now() > until,
  );
  const isUnused =
    olderThan === undefined &&
    unsearched === undefined &&
    total === 0 &&
    list.search === '' &&
    Object.keys(filter).length === 0;
  const found =
    rows.length > 0
      ? html`${auditTable(c, rows, { names: await auditNames(administration.storage, rows) })}${pager(c, list, total)}`
      : unsearched === undefined
        ? nothing(c, list.search, isUnused, () => nothingFound(c, list))
        : '';
  return c.page({
    title: t.title,
    section: 'audit',
    lead: t.lead,
    body: html`${isUnused ? '' : html`${listTools(c, list, t.searchLabel, `${AUDIT_PATH}/audit.csv`)}${filterForm(c, filter)}`}${found}${unsearched === undefined ? '' : goOn(c, unsearched)}`,
  });
}

/** Which entry the page begins behind, where somebody went on with a search. */
function beginningOf(c: PageContext): number | undefined {
  const text = c.query.get('before') ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** How far the search has looked, and the way on: a search of a long log may find little, and nobody waits for all of it. */
function goOn(c: PageContext, { olderThan, at }: NonNullable<AuditPage['unsearched']>): Html {
  const t = c.messages(auditMessages);
  const query = new URLSearchParams(c.query);
  for (const name of ['page', 'lang']) query.delete(name);
  query.set('before', String(olderThan));
  const sentence = fill(t.searchedTo, { moment: absoluteMoment(c, at) });
  return notice('info', html`${sentence} <a href="${c.url(`${AUDIT_PATH}?${query}`)}">${t.searchOn}</a>`);
}

function nothing(c: PageContext, search: string, isUnused: boolean, notFound: () => Html): Html {
  const t = c.messages(auditMessages);
  if (isUnused) return emptyState(t.emptyTitle, t.emptyText);
  return search === '' ? html`<p>${t.noneFound}</p>` : notFound();
}

function download({ administration }: AdministrationDependencies, c: SignedInContext): Response {
  const search = (c.query.get('q') ?? '').trim().slice(0, 200);
  return auditCsv(administration.storage.audit, filterOf(c), search);
}

function filterOf(c: PageContext): AuditFilter {
  const names = ['actor', 'action', 'object'] as const;
  const given = names.map((name) => [name, (c.query.get(name) ?? '').trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

function filterForm(c: PageContext, filter: AuditFilter): Html {
  const t = c.messages(auditMessages);
  const isFiltered = Object.keys(filter).length > 0;
  const choices = [
    { value: '', label: t.allActions },
    ...AUDIT_ACTIONS.map((action) => ({ value: action, label: t.actions[action] })),
  ];
  const search = c.query.get('q') ?? '';
  return html`<details class="more"${isFiltered ? html` open` : ''}><summary>${t.filterTitle}</summary>
<form method="get" action="${c.url(AUDIT_PATH)}" class="form is-inline">
${search === '' ? '' : hiddenField('q', search)}
${textField(c, { name: 'actor', label: t.who, value: filter.actor ?? '', isConditional: true })}
${selectField(c, { name: 'action', label: t.action, value: filter.action ?? '', choices, isConditional: true })}
${textField(c, { name: 'object', label: t.object, value: filter.object ?? '', isConditional: true })}
${submitButton(t.filter, 'plain')}
${isFiltered ? html`<a href="${c.url(AUDIT_PATH)}">${t.clear}</a>` : ''}
</form></details>`;
}
