/** Every address of the pages about linked installations. */
import type { PageRoute } from '../../../web/index.ts';
import { CONSUMERS_PATH } from '../consumers/words.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { addPage, confirm, preview } from './add-pages.ts';
import { remove, removePage } from './remove-page.ts';
import { LINKS_PATH } from './words.ts';

export function linkRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(LINKS_PATH, (c) => c.redirect(CONSUMERS_PATH)),
    view(`${LINKS_PATH}/add`, (c) => addPage(c)),
    change(`${LINKS_PATH}/add`, (c) => preview(deps, c)),
    view(`${LINKS_PATH}/confirm`, (c) => addPage(c)),
    change(`${LINKS_PATH}/confirm`, (c) => confirm(deps, c)),
    view(`${LINKS_PATH}/remove`, (c) => removePage(deps, c)),
    change(`${LINKS_PATH}/remove`, (c) => remove(deps, c)),
  ];
}
