/**
 * A gadget on its dashboard: handle, title, menu, and the frame that its content runs in. One that an administrator
 * removed keeps its place and says so.
 */
import type { Dashboard, PlacedGadget } from '../../model/index.ts';
import { type Content, fill, type Html, html, type PageContext } from '../../web/index.ts';
import { gadgetMenu } from './gadget-menu.ts';
import { gripMark } from './marks.ts';
import { messages } from './messages.ts';

/** A gadget with what is to be shown of it. */
export interface ShownGadget {
  readonly placed: PlacedGadget;
  readonly title: string;
  /** Its frame; null: there is no such gadget any more. */
  readonly frame: Content | null;
}

/** The gadget's sheet. */
export function gadgetCard(
  c: PageContext,
  dashboard: Dashboard,
  { placed, title, frame }: ShownGadget,
  mayEdit: boolean,
): Html {
  const t = c.messages(messages);
  const own = placed.title === null ? '' : html` data-own`;
  const refresh =
    placed.refreshSeconds === null ? '' : html` data-refresh-seconds="${placed.refreshSeconds}"`;
  const isGone = frame === null;
  const grip = html`<button type="button" class="grip" data-grip hidden aria-pressed="false" aria-label="${fill(t.move, { title })}" aria-describedby="move-help">${gripMark()}</button>`;
  return html`<article class="gadget is-${placed.color}" id="gadget-${placed.id}" data-module="${placed.id}"${refresh} aria-labelledby="title-${placed.id}">
<header>${mayEdit ? grip : ''}<h2 id="title-${placed.id}" title="${title}"${own}>${title}</h2>${mayEdit ? gadgetMenu(c, dashboard, placed, { title, isGone }) : ''}</header>
<div class="gadget-body"${placed.isMinimised ? html` hidden` : ''}>${isGone ? html`<div class="gadget-gone"><p><strong>${t.goneTitle}</strong></p><p>${t.goneText}</p></div>` : frame}</div>
</article>
`;
}
