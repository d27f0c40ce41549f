/** The dashboards' sentences, by language. */
import type { Catalogue } from '../../web/index.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const messages: Catalogue<typeof en> = { en, ja };
