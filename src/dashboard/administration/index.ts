/** Administration of gadgets: the directory, feeds, allowed hosts; their entry in the administration's navigation. */
import type { PageSet } from '../../web/index.ts';
import { addRoutes } from './add-pages.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { feedRoutes } from './feed-pages.ts';
import { hostRoutes } from './host-pages.ts';
import { listRoutes } from './list-page.ts';
import { removeRoutes } from './remove-page.ts';
import { updateRoutes } from './update-pages.ts';
import { GADGETS_PATH, messages } from './words.ts';

export type { GadgetAdministrationDependencies } from './dependencies.ts';

/** The pages under `/oauth/admin/gadgets`. */
export function gadgetAdministrationPages(deps: GadgetAdministrationDependencies): PageSet {
  return {
    routes: [
      ...listRoutes(deps),
      ...addRoutes(deps),
      ...updateRoutes(deps),
      ...removeRoutes(deps),
      ...feedRoutes(deps),
      ...hostRoutes(deps),
    ],
    navigation: [
      {
        section: 'gadgets',
        path: GADGETS_PATH,
        label: { en: messages.en.title, ja: messages.ja.title },
        access: 'administrator',
      },
    ],
  };
}
