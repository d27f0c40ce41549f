/** The page of one dashboard: what stands on it for whoever looks, each gadget in its frame. */
import { seeDashboard } from '../../gadgets/index.ts';
import type { Dashboard } from '../../model/index.ts';
import { html, linkButton, type PageRoute, type SignedInContext } from '../../web/index.ts';
import { gadgetBar } from '../approval/index.ts';
import { gadgetFrames } from '../container/index.ts';
import { type Board, boardBody } from './board.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import type { ShownGadget } from './gadget-card.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, dashboardPath, dashboardRoute } from './paths.ts';
import { openPlaced, titleOf } from './placed.ts';
import { dashboardName, personal } from './route.ts';

/** The route of a dashboard. */
export function boardRoutes(deps: DashboardPagesDependencies): readonly PageRoute[] {
  return [personal('GET', dashboardRoute(), (c) => boardPage(deps, c))];
}

/** The page may frame what stands on it and nothing else, and fetch from here only. */
async function boardPage(deps: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const { gadgets } = deps;
  const t = c.messages(messages);
  const { user } = c.viewer;
  const { dashboard, mayEdit } = await seeDashboard(gadgets, user, c.param('id'));
  const isFavourite = await gadgets.storage.dashboards.isFavourite(user.name, dashboard.id);
  const { shown, sources } = await shownGadgets(deps, c, dashboard);
  const board: Board = { dashboard, mayEdit, isFavourite, gadgets: shown };
  return c.page({
    title: dashboardName(c, dashboard),
    section: 'dashboards',
    breadcrumbs: [{ label: t.title, path: `${DASHBOARDS_PATH}?show=own` }],
    ...(dashboard.description !== '' && { lead: dashboard.description }),
    ...(mayEdit && { action: linkButton(c, dashboardPath(dashboard.id, 'add'), t.addGadget, 'primary') }),
    body: boardBody(c, board),
    styles: ['dashboard.css'],
    scripts: ['container.js', 'approval.js', 'dashboard.js'],
    frames: sources,
    fetches: true,
  });
}

async function shownGadgets(
  deps: DashboardPagesDependencies,
  c: SignedInContext,
  dashboard: Dashboard,
): Promise<{ readonly shown: readonly ShownGadget[]; readonly sources: readonly string[] }> {
  const opened = await openPlaced(deps.gadgets, dashboard.gadgets);
  const titled = dashboard.gadgets.map((placed) => {
    const found = opened.get(placed.specUrl);
    return { placed, gadget: found?.gadget, title: titleOf(c, placed, found) };
  });
  const there = titled.flatMap((one) => (one.gadget === undefined ? [] : [{ ...one, gadget: one.gadget }]));
  const { frames, sources } = await gadgetFrames(c, deps, dashboard, there);
  const shown = titled.map(({ placed, title }) => {
    const frame = frames.get(placed.id);
    return { placed, title, frame: frame === undefined ? null : html`${frame}${gadgetBar(c, title)}` };
  });
  return { shown, sources };
}
