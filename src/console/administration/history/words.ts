/** What the history pages have in common, and the field for a reason, which the forms of edited objects show too. */
import {
  type Catalogue,
  type FieldError,
  type Html,
  type PageContext,
  textField,
} from '../../../web/index.ts';
import { typedText } from '../typed-text.ts';
import { en } from './messages.en.ts';
import { ja } from './messages.ja.ts';

export const historyMessages: Catalogue<typeof en> = { en, ja };

/** Why something is changed. What was typed comes back after a mistake. */
export function reasonField(c: PageContext, errors: readonly FieldError[]): Html {
  const t = c.messages(historyMessages);
  return textField(c, {
    name: 'reason',
    label: t.reason,
    help: t.reasonHelp,
    value: typedText(c, 'reason'),
    errors,
    maxLength: 500,
    isOptional: true,
  });
}
