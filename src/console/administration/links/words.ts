/** What the pages about linked installations have in common. */
import type { Catalogue } from '../../../web/index.ts';
import { pathWith } from '../route.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const linkMessages: Catalogue<typeof en> = { en, ja };

export const LINKS_PATH = '/oauth/admin/links';

/** The page that asks before a link ends. */
export function unlinkPath(baseUrl: string): string {
  return pathWith(`${LINKS_PATH}/remove`, { url: baseUrl });
}
