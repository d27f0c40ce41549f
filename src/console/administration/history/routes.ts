/** The addresses of the history pages. */
import type { PageRoute } from '../../../web/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { change, view } from '../route.ts';
import { historyPage } from './history-page.ts';
import { restore, restorePage } from './restore-page.ts';
import { CONSUMERS, SERVICE_PROVIDERS } from './subject.ts';

export function historyRoutes(deps: AdministrationDependencies): PageRoute[] {
  return [CONSUMERS, SERVICE_PROVIDERS].flatMap((kind) => [
    view(`${kind.path}/history`, (c) => historyPage(deps, kind, c)),
    view(`${kind.path}/restore`, (c) => restorePage(deps, kind, c)),
    change(`${kind.path}/restore`, (c) => restore(deps, kind, c)),
  ]);
}
