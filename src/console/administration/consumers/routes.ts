/** Every address of the consumer pages. */
import type { PageRoute } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { add, addPage, byHandPage, clonePage, previewPage } from './add-page.ts';
import { consumersCsv } from './csv.ts';
import { edit, editPage } from './edit-page.ts';
import { fetchKey } from './fetch-key.ts';
import { listPage } from './list-page.ts';
import { quickstartPage } from './quickstart-page.ts';
import { remove, removePage } from './remove-page.ts';
import { rotate, rotatePage } from './rotate-page.ts';
import { viewPage } from './view-page.ts';
import { CONSUMERS_PATH } from './words.ts';

export function consumerRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(CONSUMERS_PATH, (c) => listPage(deps, c)),
    view(`${CONSUMERS_PATH}/consumers.csv`, (c) => consumersCsv(deps, c)),
    view(`${CONSUMERS_PATH}/add`, (c) => addPage(c)),
    change(`${CONSUMERS_PATH}/add`, (c) => previewPage(deps, c)),
    view(`${CONSUMERS_PATH}/add-by-hand`, (c) => byHandPage(c)),
    change(`${CONSUMERS_PATH}/add-by-hand`, (c) => add(deps, c)),
    view(`${CONSUMERS_PATH}/clone`, (c) => clonePage(deps, c)),
    view(`${CONSUMERS_PATH}/view`, (c) => viewPage(deps, c)),
    view(`${CONSUMERS_PATH}/quickstart`, (c) => quickstartPage(deps, c)),
    view(`${CONSUMERS_PATH}/edit`, (c) => editPage(deps, c)),
    change(`${CONSUMERS_PATH}/edit`, (c) => edit(deps, c)),
    view(`${CONSUMERS_PATH}/rotate`, (c) => rotatePage(deps, c)),
    change(`${CONSUMERS_PATH}/rotate`, (c) => rotate(deps, c)),
    change(`${CONSUMERS_PATH}/fetch-key`, (c) => fetchKey(deps, c)),
    view(`${CONSUMERS_PATH}/remove`, (c) => removePage(deps, c)),
    change(`${CONSUMERS_PATH}/remove`, (c) => remove(deps, c)),
  ];
}
