/** The addresses of the diagnosis. */
import type { PageRoute } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { listPage } from './list-page.ts';
import { explainPasted, pastePage } from './paste-page.ts';
import { serverPage } from './server-page.ts';
import { showPage } from './show-page.ts';
import { DIAGNOSIS_PATH, PASTE_PATH, SERVER_PATH } from './words.ts';

export function diagnosisRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [
    view(DIAGNOSIS_PATH, (c) => listPage(deps, c)),
    view(`${DIAGNOSIS_PATH}/show`, (c) => showPage(deps, c)),
    view(PASTE_PATH, (c) => pastePage(c)),
    change(PASTE_PATH, (c) => explainPasted(deps, c)),
    view(SERVER_PATH, (c) => serverPage(deps, c)),
  ];
}
