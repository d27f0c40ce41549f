/** Administration of gadgets: the directory, feeds, allowed hosts; their entry in the administration's navigation. */
import type { Locale, PageAction, PageSet } from '../../web/index.ts';
import { addRoutes } from './add-pages.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { feedRoutes } from './feed-pages.ts';
import { hostRoutes } from './host-pages.ts';
import { listRoutes } from './list-page.ts';
import { removeRoutes } from './remove-page.ts';
import { updateRoutes } from './update-pages.ts';
import { FEEDS_PATH, GADGETS_PATH, HOSTS_PATH, messages } from './words.ts';

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
        jump: 'g',
        also: { en: 'directory feeds opensocial', ja: '一覧 フィード' },
      },
    ],
    actions: [
      action(`${GADGETS_PATH}/add`, 'addTitle', { en: 'spec xml', ja: '仕様 XML' }),
      action(`${FEEDS_PATH}/add`, 'feedAdd', { en: 'gadgets installation', ja: 'ガジェット システム' }),
      action(HOSTS_PATH, 'hostsAdd', {
        en: 'allow-list gadgets test address',
        ja: '許可 ガジェット アドレス',
      }),
    ],
  };
}

/** Something to begin, by the title of its page and other words for it. */
function action(
  path: string,
  title: 'addTitle' | 'feedAdd' | 'hostsAdd',
  also: Readonly<Record<Locale, string>>,
): PageAction {
  const label = { en: messages.en[title], ja: messages.ja[title] };
  return { path, label, access: 'administrator', also };
}
