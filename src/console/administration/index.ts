/** OAuth administration: the pages for administrators, and their entries in the navigation. */
import { endingSoon } from '../../administration/index.ts';
import type { PageRoute, PageSet } from '../../web/index.ts';
import { ACTIONS, NAVIGATION } from './actions.ts';
import { auditRoutes } from './audit/pages.ts';
import { consumerRoutes } from './consumers/routes.ts';
import { CONSUMERS_PATH } from './consumers/words.ts';
import type { AdministrationDependencies } from './dependencies.ts';
import { diagnosisRoutes } from './diagnosis/routes.ts';
import { ENDING_PATH, endingRoutes } from './ending/pages.ts';
import { historyRoutes } from './history/routes.ts';
import { identityRoutes } from './identity/pages.ts';
import { linkRoutes } from './links/routes.ts';
import { view } from './route.ts';
import { selectionRoutes } from './selection/pages.ts';
import { serviceProviderRoutes } from './service-providers/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { usageRoutes } from './usage/pages.ts';
import { userRoutes } from './users/routes.ts';

export type { AdministrationDependencies } from './dependencies.ts';

/** All pages under `/oauth/admin`. */
export function administrationPages(deps: AdministrationDependencies): PageSet {
  const count = async () => (await endingSoon(deps.administration)).length;
  const navigation = NAVIGATION.map((item) => (item.path === ENDING_PATH ? { ...item, count } : item));
  return { routes: administrationRoutes(deps), navigation, actions: ACTIONS };
}

/** Every address of these pages. */
export function administrationRoutes(deps: AdministrationDependencies): readonly PageRoute[] {
  return [
    view('/oauth/admin', (c) => c.redirect(CONSUMERS_PATH)),
    ...consumerRoutes(deps),
    ...identityRoutes(deps),
    ...serviceProviderRoutes(deps),
    ...linkRoutes(deps),
    ...tokenRoutes(deps),
    ...userRoutes(deps),
    ...endingRoutes(deps),
    ...historyRoutes(deps),
    ...selectionRoutes(deps),
    ...auditRoutes(deps),
    ...diagnosisRoutes(deps),
    ...usageRoutes(deps),
  ];
}
