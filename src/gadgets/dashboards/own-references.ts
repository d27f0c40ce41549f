/**
 * How this installation's own gadgets are written down on dashboards: by their names, not by their addresses, so that
 * they stay where they are when the public URL changes, or when the dashboard comes from a backup of another address.
 * Everywhere else a gadget is known by the address of its spec.
 */
import type { Dashboard, PlacedGadget } from '../../model/index.ts';
import type { GadgetsContext } from '../context.ts';

/** No address of a spec begins so. */
const SCHEME = 'own:';

type Own = Pick<GadgetsContext, 'ownGadgets'>;

/** A dashboard as it is stored. */
export function withOwnNames({ ownGadgets }: Own, dashboard: Dashboard): Dashboard {
  return withSpecs(dashboard, ({ specUrl }) => {
    const own = ownGadgets.find((gadget) => gadget.specUrl === specUrl);
    return own === undefined ? specUrl : SCHEME + own.name;
  });
}

/** A stored dashboard as it is used. A gadget that is not published any more keeps its name, which nothing has. */
export function withOwnAddresses({ ownGadgets }: Own, dashboard: Dashboard): Dashboard {
  return withSpecs(dashboard, ({ specUrl }) => {
    if (!specUrl.startsWith(SCHEME)) return specUrl;
    return ownGadgets.find(({ name }) => SCHEME + name === specUrl)?.specUrl ?? specUrl;
  });
}

function withSpecs(dashboard: Dashboard, specOf: (placed: PlacedGadget) => string): Dashboard {
  return {
    ...dashboard,
    gadgets: dashboard.gadgets.map((placed) => ({ ...placed, specUrl: specOf(placed) })),
  };
}
