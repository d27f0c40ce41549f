/**
 * The dashboards that somebody sees: their own, their favourites, those that others share; beside them the default of
 * all. Whoever has none of these yet is led to the default dashboard when they first come.
 */
import { listDashboards, seeDashboard, setFavourite } from '../../gadgets/index.ts';
import {
  type DashboardChoice,
  type DashboardSummary,
  SYSTEM_DASHBOARD_ID,
  userNameKey,
} from '../../model/index.ts';
import {
  type Column,
  type Content,
  emptyState,
  fill,
  type Html,
  html,
  linkButton,
  moment,
  nothingFound,
  number,
  ownLine,
  type PageRoute,
  pager,
  readList,
  type SignedInContext,
  searchBox,
  table,
} from '../../web/index.ts';
import { favouriteForm } from './board.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, dashboardPath, dashboardRoute, NEW_PATH } from './paths.ts';
import { personal } from './route.ts';

const CHOICES: readonly DashboardChoice[] = ['own', 'favourite', 'shared'];

/** The routes of the list. */
export function listRoutes(deps: DashboardPagesDependencies): readonly PageRoute[] {
  return [
    personal('GET', DASHBOARDS_PATH, (c) => listPage(deps, c)),
    personal('POST', dashboardRoute('favourite'), (c) => changeFavourite(deps, c)),
  ];
}

async function listPage({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { user } = c.viewer;
  const chosen = CHOICES.find((one) => one === c.query.get('show'));
  const choice = chosen ?? 'own';
  const sorts = ['name', 'updated', 'popular'] as const;
  const list = readList(c, {
    sorts,
    sort: choice === 'shared' ? 'popular' : 'name',
    descending: choice === 'shared',
  });
  const { rows, total } = await listDashboards(gadgets, user, choice, list);
  if (chosen === undefined && total === 0 && list.search === '') {
    const one = { ...list, limit: 1 };
    const favourites = await listDashboards(gadgets, user, 'favourite', one);
    return c.redirect(
      favourites.total === 0 ? dashboardPath(SYSTEM_DASHBOARD_ID) : `${DASHBOARDS_PATH}?show=favourite`,
    );
  }
  const found = html`${table(c, { caption: t.caption[choice], columns: columns(c, choice), rows, list })}${pager(c, list, total)}`;
  const isEmpty = total === 0 && list.search === '';
  return c.page({
    title: t.title,
    section: 'dashboards',
    lead: t.lead,
    action: linkButton(c, NEW_PATH, t.create, 'primary'),
    body: html`${choices(c, choice)}${
      isEmpty
        ? nothingYet(c, choice)
        : html`<div class="list-tools">${searchBox(c, list, t.searchLabel)}</div>${rows.length === 0 ? nothingFound(c, list) : found}`
    }
<p><a href="${c.url(dashboardPath(SYSTEM_DASHBOARD_ID))}">${t.systemDefault}</a> <span class="meta">${t.systemDefaultText}</span></p>`,
  });
}

function choices(c: SignedInContext, choice: DashboardChoice): Html {
  const t = c.messages(messages);
  return html`<nav aria-label="${t.showLabel}"><ul class="choices">${CHOICES.map(
    (one) =>
      html`<li><a href="${c.url(`${DASHBOARDS_PATH}?show=${one}`)}"${one === choice ? html` aria-current="page"` : ''}>${t.show[one]}</a></li>`,
  )}</ul></nav>`;
}

function nothingYet(c: SignedInContext, choice: DashboardChoice): Html {
  const t = c.messages(messages);
  if (choice === 'favourite') return emptyState(t.emptyFavouriteTitle, t.emptyFavouriteText);
  if (choice === 'shared') return emptyState(t.emptySharedTitle, t.emptySharedText);
  return emptyState(
    t.emptyOwnTitle,
    t.emptyOwnText,
    linkButton(c, `${NEW_PATH}?of=${SYSTEM_DASHBOARD_ID}`, t.emptyOwnCopy),
  );
}

function columns(c: SignedInContext, choice: DashboardChoice): Column<DashboardSummary>[] {
  const t = c.messages(messages);
  const isOwn = ({ dashboard }: DashboardSummary) =>
    userNameKey(dashboard.ownerName ?? '') === userNameKey(c.viewer.user.name);
  const owner: Column<DashboardSummary> = {
    header: t.columnOwner,
    cell: (row) => (isOwn(row) ? t.you : row.dashboard.ownerName),
  };
  const sharing: Column<DashboardSummary> = {
    header: t.columnSharing,
    cell: ({ dashboard }) => (dashboard.sharing === 'everyone' ? t.everyone : t.onlyYou),
  };
  return [
    {
      header: t.columnName,
      sort: 'name',
      isName: true,
      cell: ({ dashboard: { id, name, description } }) =>
        html`<a href="${c.url(dashboardPath(id))}">${name}</a>${ownLine(description)}`,
    },
    choice === 'own' ? sharing : owner,
    {
      header: t.columnGadgets,
      isNumber: true,
      cell: ({ dashboard }) => number(c, dashboard.gadgets.length),
    },
    {
      header: t.columnFavourites,
      sort: 'popular',
      isNumber: true,
      cell: ({ favourites }) => number(c, favourites),
    },
    { header: t.columnChanged, sort: 'updated', cell: ({ dashboard }) => moment(c, dashboard.updatedAt) },
    { header: t.columnActions, isActions: true, cell: (row) => actions(c, row, isOwn(row)) },
  ];
}

function actions(c: SignedInContext, { dashboard, isFavourite }: DashboardSummary, isOwn: boolean): Content {
  const t = c.messages(messages);
  const { id, name } = dashboard;
  const link = (path: string, label: string, named: string, kind = '') =>
    html`<a class="row-action${kind}" href="${c.url(path)}" aria-label="${fill(named, { name })}">${label}</a> `;
  return html`${favouriteForm(c, { id, name, isFavourite, choice: c.query.get('show') })}
${link(`${NEW_PATH}?of=${encodeURIComponent(id)}`, t.copy, t.copyNamed)}${
  isOwn
    ? html`${link(dashboardPath(id, 'edit'), t.edit, t.editNamed)}${link(dashboardPath(id, 'remove'), t.remove, t.removeNamed, ' is-danger')}`
    : ''
}`;
}

async function changeFavourite(
  { gadgets }: DashboardPagesDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const { user } = c.viewer;
  const { dashboard } = await seeDashboard(gadgets, user, c.param('id'));
  const isFavourite = c.field('favourite') === 'yes';
  await setFavourite(gadgets, user, dashboard.id, isFavourite);
  const choice = CHOICES.find((one) => one === c.field('show'));
  const back = choice === undefined ? dashboardPath(dashboard.id) : `${DASHBOARDS_PATH}?show=${choice}`;
  return c.redirect(back, fill(isFavourite ? t.favoured : t.unfavoured, { name: dashboard.name }));
}
