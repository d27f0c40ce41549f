/** The addresses of the own gadgets: what is published, and the data that two of them ask this installation for. */
import { nowSeconds } from '../../base/index.ts';
import type { GadgetsContext } from '../../gadgets/index.ts';
import type { Endpoint } from '../../web/index.ts';
import { connectionsData } from './connections-data.ts';
import { consumersData } from './consumers-data.ts';
import { ownSpecUrl } from './own-gadgets.ts';
import { type Publisher, publishedSpecs } from './published-specs.ts';
import { dataEndpoint, type Judges } from './who-asks.ts';

/** What they work with; wired by `server/`. */
export interface DashboardEndpointDependencies extends Judges, Pick<Publisher, 'readInstallation'> {
  readonly gadgets: GadgetsContext;
}

/** Every address of dashboards that is not a page. */
export function dashboardEndpoints(dependencies: DashboardEndpointDependencies): Endpoint[] {
  const { gadgets, readInstallation } = dependencies;
  const { storage, clock, publicUrl, ownGadgets } = gadgets;
  return [
    ...publishedSpecs({ publicUrl, ownGadgets, readInstallation }),
    dataEndpoint(dependencies, {
      path: '/rest/gadgets/1.0/connections',
      specUrl: ownSpecUrl(publicUrl, 'connections'),
      read: ({ name }) => connectionsData(storage, name, nowSeconds(clock)),
    }),
    dataEndpoint(dependencies, {
      path: '/rest/gadgets/1.0/consumers',
      specUrl: ownSpecUrl(publicUrl, 'consumers'),
      read: async ({ isAdministrator }) =>
        isAdministrator ? consumersData(gadgets, nowSeconds(clock)) : null,
    }),
  ];
}
