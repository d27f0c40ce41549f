/** What the service-provider pages have in common. */
import type { HandEntry, TwoLeggedForm } from '../../../model/index.ts';
import type { Carrier } from '../../../oauth/index.ts';
import { type Catalogue, type PageContext, readList } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const providerMessages: Catalogue<typeof en> = { en, ja };

/** Where the list is. */
export const PROVIDERS_PATH = '/oauth/admin/service-providers';

/** The page of one service provider. */
export function providerPath(
  page: 'view' | 'test' | 'clone' | 'edit' | 'history' | 'remove',
  name: string,
): string {
  return pathWith(`${PROVIDERS_PATH}/${page}`, { name });
}

/** Where parameters travel, in words. */
export function carrierWords(c: PageContext, carrier: Carrier): string {
  return c.messages(providerMessages).carriers[carrier];
}

/** How requests without a user are made, in words. */
export function twoLeggedWords(c: PageContext, form: TwoLeggedForm): string {
  return c.messages(providerMessages).twoLeggedForms[form];
}

/** What users may enter by hand, in words. */
export function handEntryWords(c: PageContext, entry: HandEntry): string {
  return c.messages(providerMessages).handEntries[entry];
}

/** What the list's address asks for. */
export function readProviderList(c: PageContext) {
  return readList(c, { sorts: ['name', 'created'], sort: 'name' });
}
