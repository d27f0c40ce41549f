/**
 * My applications: what the owner of a consumer may see of it without administering anything. Its refused requests
 * with their explanations, and its usage; to be looked at only.
 */
import type { PageSet } from '../../web/index.ts';
import { applicationPage } from './application-page.ts';
import type { ApplicationsDependencies } from './dependencies.ts';
import { listPage } from './list-page.ts';
import { applicationMessages } from './messages.ts';
import { APPLICATION_PATH, APPLICATIONS_PATH, QUICKSTART_PATH, REFUSAL_PATH } from './paths.ts';
import { quickstartPage } from './quickstart-page.ts';
import { refusalPage } from './refusal-page.ts';

export type { ApplicationsDependencies } from './dependencies.ts';

/** The pages under `/oauth/users/applications`. */
export function applicationPages(deps: ApplicationsDependencies): PageSet {
  const { en, ja } = applicationMessages;
  return {
    routes: [
      { method: 'GET', path: APPLICATIONS_PATH, access: 'user', handle: (c) => listPage(deps, c) },
      { method: 'GET', path: APPLICATION_PATH, access: 'user', handle: (c) => applicationPage(deps, c) },
      { method: 'GET', path: QUICKSTART_PATH, access: 'user', handle: (c) => quickstartPage(deps, c) },
      { method: 'GET', path: REFUSAL_PATH, access: 'user', handle: (c) => refusalPage(deps, c) },
    ],
    navigation: [
      {
        section: 'applications',
        path: APPLICATIONS_PATH,
        label: { en: en.title, ja: ja.title },
        access: 'user',
      },
    ],
  };
}
