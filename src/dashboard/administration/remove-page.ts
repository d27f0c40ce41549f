/** Removing a gadget from the directory, with the number of dashboards that it stands on. */
import { findGadget, removeGadget } from '../../gadgets/index.ts';
import {
  confirmation,
  count,
  fill,
  hiddenField,
  html,
  type PageRoute,
  type SignedInContext,
} from '../../web/index.ts';
import type { GadgetAdministrationDependencies } from './dependencies.ts';
import { change, view } from './route.ts';
import { frame, GADGETS_PATH, messages } from './words.ts';

const REMOVE_PATH = `${GADGETS_PATH}/remove`;

/** The question and the answer to it. */
export function removeRoutes(deps: GadgetAdministrationDependencies): readonly PageRoute[] {
  return [view(REMOVE_PATH, (c) => ask(deps, c)), change(REMOVE_PATH, (c) => remove(deps, c))];
}

async function ask({ gadgets }: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const t = c.messages(messages);
  const { id, title, specUrl } = await findGadget(gadgets, c.query.get('id') ?? '');
  const placed = await gadgets.storage.dashboards.countWith(specUrl);
  const where = placed === 0 ? t.removeUnplaced : count(c, t.removePlaced, placed);
  return c.page({
    ...frame(c, { label: t.title, path: GADGETS_PATH }),
    title: fill(t.removeTitle, { title }),
    body: confirmation(c, {
      consequences: html`<p>${t.removeText} <strong>${where}</strong></p><p class="meta"><code>${specUrl}</code></p>`,
      action: REMOVE_PATH,
      fields: hiddenField('id', id),
      confirmLabel: t.remove,
      cancelPath: GADGETS_PATH,
      cancelLabel: t.keep,
    }),
  });
}

async function remove({ gadgets }: GadgetAdministrationDependencies, c: SignedInContext): Promise<Response> {
  const { title } = await removeGadget(gadgets, c.field('id'), c.viewer.user.name);
  return c.redirect(GADGETS_PATH, fill(c.messages(messages).removed, { title }));
}
