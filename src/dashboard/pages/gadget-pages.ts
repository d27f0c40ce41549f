/**
 * What is done with one gadget on a dashboard: the small deeds of its menu, moving it, and removing it, which is asked
 * first. The script sends the same forms, and shows the outcome at once.
 */
import {
  configureGadget,
  duplicateGadget,
  moveGadget,
  type PlacedChanges,
  seeDashboard,
  takeGadgetAway,
} from '../../gadgets/index.ts';
import { confirmation, fill, html, type PageRoute, type SignedInContext } from '../../web/index.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import {
  DASHBOARDS_PATH,
  dashboardPath,
  dashboardRoute,
  gadgetAnchor,
  gadgetPath,
  gadgetRoute,
} from './paths.ts';
import { placedOn, placedTitle } from './placed.ts';
import { changed, changeOf, dashboardName, personal } from './route.ts';

/** The routes of gadgets on a dashboard. */
export function gadgetRoutes(deps: DashboardPagesDependencies): readonly PageRoute[] {
  return [
    personal('POST', gadgetRoute(), (c) => act(deps, c)),
    personal('POST', dashboardRoute('move'), (c) => move(deps, c)),
    personal('GET', gadgetRoute('remove'), (c) => askToRemove(deps, c)),
    personal('POST', gadgetRoute('remove'), (c) => remove(deps, c)),
  ];
}

/** A button's value is the deed's name and, after a blank, what it needs. */
async function act(deps: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const [deed = '', choice = ''] = c.field('deed').split(' ');
  if (deed === 'duplicate') return duplicate(deps, c);
  if (deed === 'set-preferences') return keepPreferences(deps, c);
  const t = c.messages(messages);
  if (deed === 'color') return configure(deps, c, { color: choice }, t.painted);
  const isMinimised = deed === 'minimise';
  return configure(deps, c, { isMinimised }, isMinimised ? t.minimised : t.expanded);
}

async function configure(
  { gadgets }: DashboardPagesDependencies,
  c: SignedInContext,
  changes: PlacedChanges,
  words: string,
): Promise<Response> {
  const module = c.param('module');
  const dashboard = await configureGadget(gadgets, c.viewer.user, changeOf(c), module, changes);
  const title = await placedTitle(gadgets, c, placedOn(dashboard, module));
  return changed(c, dashboard, gadgetAnchor(dashboard.id, module), fill(words, { title }));
}

async function duplicate({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const of = { ...changeOf(c), expectedUpdatedAt: null };
  const { dashboard, placedId } = await duplicateGadget(gadgets, c.viewer.user, of, c.param('module'));
  const title = await placedTitle(gadgets, c, placedOn(dashboard, placedId));
  return changed(c, dashboard, gadgetAnchor(dashboard.id, placedId), fill(t.duplicated, { title }));
}

/** What a gadget itself set while it ran; the container has checked that its spec declares these names. */
async function keepPreferences(
  { gadgets }: DashboardPagesDependencies,
  c: SignedInContext,
): Promise<Response> {
  const t = c.messages(messages);
  const { user } = c.viewer;
  const module = c.param('module');
  const { dashboard: present } = await seeDashboard(gadgets, user, c.param('id'));
  const { preferences: before } = placedOn(present, module);
  const preferences = { ...before, ...textsIn(c.form.get('preferences') ?? '') };
  const of = { id: present.id, expectedUpdatedAt: present.updatedAt };
  const dashboard = await configureGadget(gadgets, user, of, module, { preferences });
  const title = await placedTitle(gadgets, c, placedOn(dashboard, module));
  return changed(c, dashboard, gadgetAnchor(dashboard.id, module), fill(t.gadgetSaved, { title }));
}

/** The texts of a JSON object; nothing of anything else. */
function textsIn(text: string): Record<string, string> {
  try {
    const entries = Object.entries(JSON.parse(text) as object);
    return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}

/** `place` is the number of the column, from 0, and after a blank the gadget that it comes to stand above. */
async function move({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const module = c.field('module');
  const [column = '', above = ''] = c.field('place').split(' ');
  const place = { column: /^\d$/.test(column) ? Number(column) : -1, above: above || null };
  const dashboard = await moveGadget(gadgets, c.viewer.user, changeOf(c), module, place);
  const title = await placedTitle(gadgets, c, placedOn(dashboard, module));
  const words = fill(c.messages(messages).moved, { title });
  return changed(c, dashboard, gadgetAnchor(dashboard.id, module), words);
}

async function askToRemove({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { dashboard, mayEdit } = await seeDashboard(gadgets, c.viewer.user, c.param('id'));
  if (!mayEdit) return c.redirect(dashboardPath(dashboard.id));
  const { id } = dashboard;
  const placed = placedOn(dashboard, c.param('module'));
  return c.page({
    title: fill(t.removeGadgetTitle, { title: await placedTitle(gadgets, c, placed) }),
    section: 'dashboards',
    breadcrumbs: [
      { label: t.title, path: `${DASHBOARDS_PATH}?show=own` },
      { label: dashboardName(c, dashboard), path: dashboardPath(id) },
    ],
    body: confirmation(c, {
      consequences: html`<p>${t.removeGadgetText}</p>`,
      action: gadgetPath(id, placed.id, 'remove'),
      confirmLabel: t.remove,
      cancelPath: gadgetAnchor(id, placed.id),
      cancelLabel: t.keep,
    }),
  });
}

async function remove({ gadgets }: DashboardPagesDependencies, c: SignedInContext): Promise<Response> {
  const { user } = c.viewer;
  const module = c.param('module');
  const { dashboard } = await seeDashboard(gadgets, user, c.param('id'));
  const title = await placedTitle(gadgets, c, placedOn(dashboard, module));
  const after = await takeGadgetAway(gadgets, user, { id: dashboard.id, expectedUpdatedAt: null }, module);
  return changed(c, after, dashboardPath(after.id), fill(c.messages(messages).gadgetRemoved, { title }));
}
