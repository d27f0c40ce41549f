/** All pages of dashboards and gadgets, wired to each other: what one of them hands to another is decided here. */
import type { AdministrationContext } from '../administration/index.ts';
import type { ConsumerContext } from '../consumer/index.ts';
import { findPlaced, type GadgetsContext, LastRefusals, SpecRefused } from '../gadgets/index.ts';
import type { Outbound, PageSet, SignedInContext } from '../web/index.ts';
import { gadgetAdministrationPages } from './administration/index.ts';
import {
  type ApprovalDependencies,
  approvalRoutes,
  createAuthorizedFetch,
  type Place,
} from './approval/index.ts';
import { containerRoutes } from './container/index.ts';
import { personalDashboardPages } from './pages/index.ts';
import { PAGE_SCRIPTS } from './scripts.ts';
import { openSpec, shownTitle } from './specs.ts';

/** What all of it needs handed in. */
export interface DashboardDependencies {
  readonly gadgets: GadgetsContext;
  readonly administration: AdministrationContext;
  readonly consumer: ConsumerContext;
  /** The guarded client. */
  readonly outbound: Outbound;
  readonly publicUrl: URL;
  /** See `ticketKey`. */
  readonly ticketKey: Buffer;
}

/** The pages under `/dashboards`, `/gadgets` and `/oauth/admin/gadgets`. */
export function dashboardPages(deps: DashboardDependencies): PageSet {
  const { gadgets, consumer, publicUrl, ticketKey } = deps;
  const approval: ApprovalDependencies = {
    oauth: { consumer, storage: gadgets.storage, lastRefusals: new LastRefusals() },
    storage: gadgets.storage,
    ticketKey,
    publicUrl,
    findGadget: (c, place) => findGadget(gadgets, c, place),
  };
  const authorizedFetch = createAuthorizedFetch(approval);
  const personal = personalDashboardPages(deps);
  const administration = gadgetAdministrationPages(deps);
  return {
    routes: [
      ...personal.routes,
      ...administration.routes,
      ...containerRoutes({ ...deps, authorizedFetch }),
      ...approvalRoutes(approval),
    ],
    navigation: [...personal.navigation, ...administration.navigation],
    actions: [...(personal.actions ?? []), ...(administration.actions ?? [])],
    scripts: PAGE_SCRIPTS,
  };
}

/** The gadget that stands somewhere, for the words of an approval. */
async function findGadget(
  gadgets: GadgetsContext,
  c: SignedInContext,
  { dashboardId, moduleId }: Place,
): Promise<{ readonly specUrl: string; readonly title: string } | null> {
  const found = await findPlaced(gadgets, c.viewer.user, dashboardId, moduleId);
  if (found === null) return null;
  const { placed, gadget } = found;
  try {
    return { specUrl: gadget.specUrl, title: shownTitle(placed, openSpec(gadget), c.locale) };
  } catch (error) {
    if (error instanceof SpecRefused) return null;
    throw error;
  }
}
