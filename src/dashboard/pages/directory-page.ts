/**
 * The directory, for adding gadgets to a dashboard: by category and search, each with a button that says what came of
 * it. How much room is left is said before somebody finds out.
 */
import {
  BOUNDS,
  categoriesOf,
  type DirectoryEntry,
  listDirectory,
  placeGadget,
  seeDashboard,
} from '../../gadgets/index.ts';
import type { Dashboard } from '../../model/index.ts';
import {
  badge,
  type Content,
  count,
  emptyState,
  fill,
  type Html,
  hiddenField,
  html,
  linkButton,
  nothingFound,
  notice,
  type PageRoute,
  postForm,
  readList,
  type SignedInContext,
  searchBox,
} from '../../web/index.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import { gadgetList } from './directory-list.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, dashboardPath, dashboardRoute } from './paths.ts';
import { changed, dashboardName, personal } from './route.ts';

/** The routes of the directory. */
export function directoryRoutes(deps: DashboardPagesDependencies): readonly PageRoute[] {
  return [
    personal('GET', dashboardRoute('add'), (c) => directoryPage(deps, c)),
    personal('POST', dashboardRoute('add'), (c) => add(deps, c)),
  ];
}

async function directoryPage({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { dashboard, mayEdit } = await seeDashboard(gadgets, c.viewer.user, c.param('id'));
  if (!mayEdit) return c.redirect(dashboardPath(dashboard.id));
  const { id } = dashboard;
  const name = dashboardName(c, dashboard);
  const isOffered = (entry: DirectoryEntry) => !entry.isForAdministrators || c.viewer.user.isAdministrator;
  const offered = (await listDirectory(gadgets, { locale: c.locale })).filter(isOffered);
  const room = BOUNDS.gadgets - dashboard.gadgets.length;
  const categories = categoriesOf(offered);
  const category = categories.find((one) => one === c.query.get('category'));
  const list = readList(c, { sorts: ['title'], sort: 'title' });
  const found = await listDirectory(gadgets, { locale: c.locale, search: list.search, category });
  const entries = found.filter(isOffered);
  const shelf =
    entries.length === 0
      ? nothingFound(c, list)
      : gadgetList(c, entries, (entry) => addForm(c, dashboard, entry, room > 0));
  return c.page({
    title: t.directoryTitle,
    section: 'dashboards',
    styles: ['gadgets.css'],
    breadcrumbs: [
      { label: t.title, path: `${DASHBOARDS_PATH}?show=own` },
      { label: name, path: dashboardPath(id) },
    ],
    action: linkButton(c, dashboardPath(id), t.backToDashboard),
    lead: room > 0 ? fill(t.directoryLead, { name, free: count(c, t.free, room) }) : '',
    body: html`${room > 0 ? '' : notice('warning', html`<p>${t.full}</p>`)}
${offered.length === 0 ? emptyDirectory(c) : html`${categoryChoice(c, categories, category)}<div class="list-tools">${searchBox(c, list, t.directorySearch)}</div>${shelf}`}`,
  });
}

function emptyDirectory(c: SignedInContext): Html {
  const t = c.messages(messages);
  return emptyState(
    t.emptyDirectoryTitle,
    t.emptyDirectoryText,
    c.viewer.user.isAdministrator ? linkButton(c, '/oauth/admin/gadgets', t.emptyDirectoryAction) : '',
  );
}

function categoryChoice(
  c: SignedInContext,
  categories: readonly string[],
  chosen: string | undefined,
): Content {
  if (categories.length < 2) return '';
  const t = c.messages(messages);
  const link = (category: string | undefined, label: string) => {
    const query = new URLSearchParams({
      ...(c.query.get('q') && { q: c.query.get('q')! }),
      ...(category && { category }),
    });
    return html`<li><a href="${c.url(`${c.path}?${query}`)}"${category === chosen ? html` aria-current="page"` : ''}>${label}</a></li>`;
  };
  return html`<nav aria-label="${t.categories}"><ul class="choices">${link(undefined, t.allCategories)}${categories.map((one) => link(one, t.knownCategories[one] ?? one))}</ul></nav>`;
}

function addForm(
  c: SignedInContext,
  dashboard: Dashboard,
  { specUrl, title }: DirectoryEntry,
  hasRoom: boolean,
): Content {
  const t = c.messages(messages);
  const times = dashboard.gadgets.filter((one) => one.specUrl === specUrl).length;
  const there = times === 0 ? '' : badge('good', count(c, t.already, times));
  if (!hasRoom) return html`<div>${there}</div>`;
  const kept = new URLSearchParams(c.query);
  kept.delete('lang');
  return postForm(
    c,
    dashboardPath(dashboard.id, 'add'),
    html`${hiddenField('specUrl', specUrl)}${hiddenField('back', kept.toString())}${there} <button class="button is-plain" aria-label="${fill(t.addNamed, { title })}">${t.addItNow}</button>`,
    'form is-adding',
  );
}

/** Stays in the directory, where it was searched: whoever adds one gadget often adds another. */
async function add({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const specUrl = c.field('specUrl');
  const of = { id: c.param('id'), expectedUpdatedAt: null };
  const { dashboard } = await placeGadget(gadgets, c.viewer.user, of, specUrl);
  const entries = await listDirectory(gadgets, { locale: c.locale });
  const title = entries.find((entry) => entry.specUrl === specUrl)?.title ?? '';
  const query = new URLSearchParams(c.field('back')).toString();
  const path = dashboardPath(dashboard.id, 'add');
  return changed(
    c,
    dashboard,
    query === '' ? path : `${path}?${query}`,
    fill(c.messages(messages).added, { title }),
  );
}
