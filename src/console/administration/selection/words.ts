/** What the pages about several chosen objects have in common. */
import type { Catalogue } from '../../../web/index.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const selectionMessages: Catalogue<typeof en> = { en, ja };
