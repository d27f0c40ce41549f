/** OAuth administration: the pages for administrators, and their entries in the navigation. */
import type { Locale, NavigationItem, PageRoute, PageSet } from '../../web/index.ts';
import { auditMessages } from './audit/messages.ts';
import { auditRoutes } from './audit/pages.ts';
import { consumerRoutes } from './consumers/routes.ts';
import { CONSUMERS_PATH, consumerMessages } from './consumers/words.ts';
import type { AdministrationDependencies } from './dependencies.ts';
import { diagnosisRoutes } from './diagnosis/routes.ts';
import { diagnosisMessages } from './diagnosis/words.ts';
import { historyRoutes } from './history/routes.ts';
import { identityMessages } from './identity/messages.ts';
import { identityRoutes } from './identity/pages.ts';
import { linkRoutes } from './links/routes.ts';
import { view } from './route.ts';
import { selectionRoutes } from './selection/pages.ts';
import { serviceProviderRoutes } from './service-providers/routes.ts';
import { providerMessages } from './service-providers/words.ts';
import { tokenMessages } from './tokens/messages.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { usageRoutes } from './usage/pages.ts';
import { usageMessages } from './usage/words.ts';
import { userMessages } from './users/messages.ts';
import { userRoutes } from './users/routes.ts';

export type { AdministrationDependencies } from './dependencies.ts';

/** All pages under `/oauth/admin`. */
export function administrationPages(deps: AdministrationDependencies): PageSet {
  return { routes: administrationRoutes(deps), navigation: NAVIGATION };
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
    ...historyRoutes(deps),
    ...selectionRoutes(deps),
    ...auditRoutes(deps),
    ...diagnosisRoutes(deps),
    ...usageRoutes(deps),
  ];
}

const NAVIGATION: readonly NavigationItem[] = [
  entry('consumers', consumerMessages),
  entry('consumer-info', identityMessages),
  entry('service-providers', providerMessages),
  entry('tokens', tokenMessages),
  entry('users', userMessages),
  entry('diagnosis', diagnosisMessages),
  entry('usage', usageMessages),
  entry('audit', auditMessages),
];

function entry(
  section: string,
  { en, ja }: Readonly<Record<Locale, { readonly title: string }>>,
): NavigationItem {
  return {
    section,
    path: `/oauth/admin/${section}`,
    label: { en: en.title, ja: ja.title },
    access: 'administrator',
  };
}
