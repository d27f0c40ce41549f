/**
 * The menu of a gadget: a disclosure with links and the buttons of one form, so that everything in it works without
 * scripts. A button says its deed in its value; what the script does at once goes to the same address.
 */
import { type Dashboard, GADGET_COLORS, type PlacedGadget } from '../../model/index.ts';
import { fill, type Html, hiddenField, html, type PageContext, postForm } from '../../web/index.ts';
import { menuMark } from './marks.ts';
import { messages } from './messages.ts';
import { gadgetPath } from './paths.ts';

/** The menu. @param isGone there is nothing to show, so all that can be done is to move or remove it */
export function gadgetMenu(
  c: PageContext,
  { id, updatedAt }: Dashboard,
  placed: PlacedGadget,
  { title, isGone }: { readonly title: string; readonly isGone: boolean },
): Html {
  const t = c.messages(messages);
  const edit = c.url(gadgetPath(id, placed.id, 'edit'));
  const fold = placed.isMinimised ? 'expand' : 'minimise';
  return html`<details class="gadget-menu" name="gadget-menu" data-menu><summary aria-label="${fill(t.menu, { title })}">${menuMark()}</summary><div>
${isGone ? '' : html`<a href="${edit}">${t.preferences}</a><button type="button" data-refresh hidden>${t.refresh}</button>`}
${postForm(
  c,
  gadgetPath(id, placed.id),
  html`${hiddenField('expected', String(updatedAt))}${
    isGone
      ? ''
      : html`<button name="deed" value="${fold}">${t[fold]}</button><button name="deed" value="duplicate">${t.duplicate}</button>${swatches(c, placed)}`
  }`,
  'form is-button',
)}
<a href="${edit}#where">${t.place}</a><a class="is-danger" href="${c.url(gadgetPath(id, placed.id, 'remove'))}">${t.removeGadget}</a>
</div></details>`;
}

function swatches(c: PageContext, placed: PlacedGadget): Html {
  const t = c.messages(messages);
  return html`<div class="swatches" role="group" aria-label="${t.color}">${GADGET_COLORS.map(
    (color) =>
      html`<button class="swatch is-${color}" name="deed" value="color ${color}" aria-pressed="${String(color === placed.color)}" aria-label="${t.colors[color]}" title="${t.colors[color]}"></button>`,
  )}</div>`;
}
