/** The sentences of the pages for everybody. */
import type { AccountRefused } from '../../accounts/index.ts';
import type { Catalogue, FieldError, PageContext } from '../../web/index.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

/** In every language there is. */
export const messages: Catalogue<typeof en> = { en, ja };

/** The mistakes of a refused change, as a form shows them. */
export function accountErrors(c: PageContext, refused: AccountRefused): readonly FieldError[] {
  const t = c.messages(messages);
  return refused.mistakes.map(({ field, code }) => ({ field, message: t.mistakes[code] }));
}
