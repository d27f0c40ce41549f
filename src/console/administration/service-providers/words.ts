/** What the service-provider pages have in common. */
import type { Catalogue } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const providerMessages: Catalogue<typeof en> = { en, ja };

/** Where the list is. */
export const PROVIDERS_PATH = '/oauth/admin/service-providers';

/** The page of one service provider. */
export function providerPath(page: 'edit' | 'remove', name: string): string {
  return pathWith(`${PROVIDERS_PATH}/${page}`, { name });
}
