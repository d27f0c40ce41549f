/** The sentences about approving a gadget's access. */
import type { Catalogue } from '../../web/index.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

/** In every language there is. */
export const messages: Catalogue<typeof en> = { en, ja };
