/** All pages of dashboards and gadgets, wired to each other: what one of them hands to another is decided here. */
import type { SignedIn } from '../accounts/index.ts';
import type { AdministrationContext } from '../administration/index.ts';
import type { ConsumerContext } from '../consumer/index.ts';
import {
  findPlaced,
  type GadgetsContext,
  gadgetDetails,
  LastRefusals,
  SpecRefused,
} from '../gadgets/index.ts';
import type { Outbound, PageSet } from '../web/index.ts';
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
import { openSpec } from './specs.ts';

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
    findGadget: (viewer, place) => findGadget(gadgets, viewer, place),
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
    scripts: PAGE_SCRIPTS,
  };
}

/** The gadget that stands somewhere, for the words of an approval. */
async function findGadget(
  gadgets: GadgetsContext,
  { user }: SignedIn,
  { dashboardId, moduleId }: Place,
): Promise<{ readonly specUrl: string; readonly title: string } | null> {
  const found = await findPlaced(gadgets, user, dashboardId, moduleId);
  if (found === null) return null;
  const { placed, gadget } = found;
  try {
    const { spec, bundles } = openSpec(gadget);
    const details = gadgetDetails(spec, { bundles, language: 'en' });
    return { specUrl: gadget.specUrl, title: placed.title ?? details.title };
  } catch (error) {
    if (error instanceof SpecRefused) return null;
    throw error;
  }
}
