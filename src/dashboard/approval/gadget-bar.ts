/**
 * The place in a gadget's frame where its page says how it stands with a provider. Empty and hidden until the script
 * `approval.js` has something to say; the labels that do not change are left here for it.
 */
import { type Html, html, type PageContext } from '../../web/index.ts';
import { messages } from './messages.ts';
import { APPROVE_PATH, INSPECT_PATH } from './paths.ts';

/** The bar of one gadget. Its links say whose they are: another gadget may wait for the same provider. */
export function gadgetBar(c: PageContext, title: string): Html {
  const t = c.messages(messages);
  const named = (sentence: string) => sentence.replace('{title}', () => title);
  return html`<div class="gadget-bar" data-gadget-bar role="group" aria-label="${named(t.barLabel)}" data-approve="${t.approve}" data-approve-named="${named(t.approveFor)}" data-inspect="${t.inspect}" data-inspect-named="${named(t.inspectFor)}" data-waiting="${t.waiting}" data-closed="${t.closedEarly}" data-approve-path="${c.url(APPROVE_PATH)}" data-inspect-path="${c.url(INSPECT_PATH)}" hidden></div>`;
}
