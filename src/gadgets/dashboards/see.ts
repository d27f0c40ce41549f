/**
 * Who sees a dashboard and who may change it. A dashboard that somebody may not see does not exist for them: both are
 * refused with the same words.
 */
import { type Dashboard, type PlacedGadget, SYSTEM_DASHBOARD_ID, userNameKey } from '../../model/index.ts';
import type { GadgetsContext, Viewer } from '../context.ts';
import { type DirectoryGadget, findInDirectory } from '../directory/find.ts';
import { refused } from '../mistake.ts';
import { builtInDefault } from './built-in-default.ts';
import { withOwnAddresses } from './own-references.ts';

/** A dashboard as one user sees it. */
export interface SeenDashboard {
  readonly dashboard: Dashboard;
  readonly mayEdit: boolean;
}

/** @throws {GadgetsRefused} `dashboard-unknown` */
export async function seeDashboard(
  context: GadgetsContext,
  viewer: Viewer,
  id: string,
): Promise<SeenDashboard> {
  const seen = await lookAt(context, viewer, id);
  if (seen === null) throw refused('', 'dashboard-unknown');
  return seen;
}

/** Null: there is none, or it is not shared with the viewer. */
async function lookAt(context: GadgetsContext, viewer: Viewer, id: string): Promise<SeenDashboard | null> {
  const dashboard = await findDashboard(context, id);
  if (dashboard === null) return null;
  const isOwn = isOwnedBy(dashboard, viewer);
  if (!isOwn && dashboard.sharing !== 'everyone') return null;
  return { dashboard, mayEdit: dashboard.ownerName === null ? viewer.isAdministrator : isOwn };
}

/** The dashboard of that id, whoever asks; the system default is always there. */
async function findDashboard(context: GadgetsContext, id: string): Promise<Dashboard | null> {
  const stored = await context.storage.dashboards.find(id);
  if (stored !== null) return withOwnAddresses(context, stored);
  return id === SYSTEM_DASHBOARD_ID ? builtInDefault(context) : null;
}

/** A gadget on a dashboard, for the frame it runs in and for the requests it makes. */
export interface FoundPlaced {
  readonly placed: PlacedGadget;
  readonly gadget: DirectoryGadget;
  readonly ownerName: string | null;
  readonly mayEdit: boolean;
}

/** Null: there is none, the viewer does not see it, or it is not in the directory any more. */
export async function findPlaced(
  context: GadgetsContext,
  viewer: Viewer,
  dashboardId: string,
  placedId: string,
): Promise<FoundPlaced | null> {
  const seen = await lookAt(context, viewer, dashboardId);
  const placed = seen?.dashboard.gadgets.find(({ id }) => id === placedId);
  if (seen === null || placed === undefined) return null;
  const gadget = await findInDirectory(context, placed.specUrl);
  const { dashboard, mayEdit } = seen;
  return gadget === null ? null : { placed, gadget, ownerName: dashboard.ownerName, mayEdit };
}

function isOwnedBy({ ownerName }: Dashboard, viewer: Viewer): boolean {
  return ownerName !== null && userNameKey(ownerName) === userNameKey(viewer.name);
}
