/** The history of one object: each change with its reason, and the way back to the settings after it. */
import type { HistoryEntry } from '../../../administration/index.ts';
import {
  absoluteMoment,
  badge,
  type Content,
  fill,
  html,
  pager,
  readList,
  type SignedInContext,
} from '../../../web/index.ts';
import { auditTable } from '../audit/audit-table.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { pathWith } from '../route.ts';
import type { HistoryKind, HistoryObject } from './subject.ts';
import { historyMessages } from './words.ts';

/** Answers with a page of the history. */
export async function historyPage(
  deps: AdministrationDependencies,
  kind: HistoryKind,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(historyMessages);
  const object = await kind.find(deps, c);
  const { name, history, viewPath } = object;
  const list = readList(c, { sorts: ['at'], sort: 'at', descending: true });
  const shown = history.slice(list.offset, list.offset + list.limit);
  const actions = (entry: HistoryEntry) => wayBack(c, object, entry, entry.id === history[0]?.id);
  return c.page({
    title: fill(t.historyTitle, { name }),
    section: kind.section,
    breadcrumbs: [
      { label: kind.title(c), path: kind.path },
      { label: name, path: viewPath },
    ],
    lead: t.historyLead,
    body: html`${auditTable(c, shown, { actions })}${pager(c, list, history.length)}
<p><a href="${c.url(pathWith('/oauth/admin/audit', { object: object.object }))}">${t.all}</a><br>
<a href="${c.url(viewPath)}">${fill(t.back, { name })}</a></p>`,
  });
}

function wayBack(
  c: SignedInContext,
  { restorePath }: HistoryObject,
  { id, at, differences }: HistoryEntry,
  isNewest: boolean,
): Content {
  const t = c.messages(historyMessages);
  if (differences.length === 0) return isNewest ? badge('good', t.inForce) : '';
  const label = fill(t.restoreNamed, { moment: absoluteMoment(c, at) });
  return html`<a class="row-action" href="${c.url(restorePath(id))}" aria-label="${label}">${t.restore}</a>`;
}
