/** The dashboards' pages, and their entry in the navigation. */
import type { PageSet } from '../../web/index.ts';
import { boardRoutes } from './board-page.ts';
import type { DashboardPagesDependencies } from './dependencies.ts';
import { directoryRoutes } from './directory-page.ts';
import { editRoutes } from './edit-pages.ts';
import { gadgetRoutes } from './gadget-pages.ts';
import { listRoutes } from './list-page.ts';
import { messages } from './messages.ts';
import { DASHBOARDS_PATH, NEW_PATH } from './paths.ts';
import { settingsRoutes } from './settings-page.ts';

export type { DashboardPagesDependencies } from './dependencies.ts';
export { dashboardPath } from './paths.ts';

/** Everything under `/dashboards`. What stands at a fixed address goes before what has a dashboard's id there. */
export function personalDashboardPages(deps: DashboardPagesDependencies): PageSet {
  return {
    routes: [
      ...listRoutes(deps),
      ...editRoutes(deps),
      ...directoryRoutes(deps),
      ...gadgetRoutes(deps),
      ...settingsRoutes(deps),
      ...boardRoutes(deps),
    ],
    navigation: [
      {
        section: 'dashboards',
        path: DASHBOARDS_PATH,
        label: { en: messages.en.title, ja: messages.ja.title },
        access: 'user',
        jump: 'h',
        also: { en: 'gadgets home favourites', ja: 'ガジェット ホーム お気に入り' },
      },
    ],
    actions: [
      {
        path: NEW_PATH,
        label: { en: messages.en.newTitle, ja: messages.ja.newTitle },
        access: 'user',
        also: { en: 'new add', ja: '新規 追加' },
      },
    ],
  };
}
