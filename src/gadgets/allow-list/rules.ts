/** Rules of the allow-list: added and removed by administrators, of which whoever calls has made sure. */
import { nowSeconds } from '../../base/index.ts';
import type { OutboundRule } from '../../model/index.ts';
import { eventOf, type GadgetsContext } from '../context.ts';
import { BOUNDS, refused, refuseMistakes } from '../mistake.ts';
import { textMistake, trimmed } from '../read-text.ts';
import { readPattern } from './outbound-pattern.ts';

/** @throws {GadgetsRefused} with every mistake */
export async function addOutboundRule(
  context: GadgetsContext,
  fields: { readonly pattern: string; readonly note: string },
  actor: string,
): Promise<OutboundRule> {
  const reading = readPattern(fields.pattern);
  const note = trimmed(fields.note);
  refuseMistakes([
    reading.ok ? null : { field: 'pattern', code: reading.code },
    textMistake('note', note, BOUNDS.noteLength, 'note-too-long'),
  ]);
  const pattern = reading.ok ? reading.pattern : '';
  const { allowList } = context.storage;
  if ((await allowList.list()).length >= BOUNDS.rules) throw refused('', 'too-many-rules');
  const rule = { pattern, note, addedBy: actor, createdAt: nowSeconds(context.clock) };
  const event = eventOf(context, actor, 'allow-list.add', pattern, { after: { note } });
  if (!(await allowList.add(rule, event))) throw refused('pattern', 'rule-taken');
  return rule;
}

/** @throws {GadgetsRefused} `rule-unknown` */
export async function removeOutboundRule(
  context: GadgetsContext,
  pattern: string,
  actor: string,
): Promise<void> {
  const event = eventOf(context, actor, 'allow-list.remove', pattern);
  if (!(await context.storage.allowList.remove(pattern, event))) throw refused('pattern', 'rule-unknown');
}
