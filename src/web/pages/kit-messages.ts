/** The kit's own sentences, for its components. */
import type { Catalogue } from './i18n.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const kitMessages: Catalogue<typeof en> = { en, ja };
