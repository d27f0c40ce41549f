/**
 * The gadgets of the directory as a list: a thumbnail or a mark, what it is, whose it is. Thumbnails are shown where
 * they are our own only: an image of somebody else's server would tell that server who looks.
 */
import { type Content, fill, type Html, html, type PageContext } from '../../web/index.ts';
import { messages } from './messages.ts';

/** What the list shows of a gadget. */
export interface ListedGadget {
  readonly specUrl: string;
  readonly title: string;
  readonly description: string;
  readonly author: string | null;
  readonly thumbnailUrl: string | null;
}

/** The list. @param aside what stands at the end of each entry: its button */
export function gadgetList<G extends ListedGadget>(
  c: PageContext,
  gadgets: readonly G[],
  aside: (gadget: G) => Content,
): Html {
  return html`<ul class="gadget-list" role="list">${gadgets.map(
    (gadget) => html`<li>${gadgetMark(c, gadget)}<div><h2>${gadget.title}</h2>
${gadget.description === '' ? '' : html`<p>${gadget.description}</p>`}<p class="meta">${origin(c, gadget)}</p></div>
${aside(gadget)}</li>
`,
  )}</ul>`;
}

/** A picture of our own, else the title's first letter. */
function gadgetMark(c: PageContext, { title, thumbnailUrl }: ListedGadget): Html {
  const isOurs = thumbnailUrl !== null && URL.parse(thumbnailUrl)?.origin === c.publicUrl.origin;
  const [letter = '·'] = title.trim().toUpperCase();
  return html`<span class="gadget-mark" aria-hidden="true">${isOurs ? html`<img src="${thumbnailUrl}" alt="" width="64" height="51" loading="lazy">` : letter}</span>`;
}

function origin(c: PageContext, { specUrl, author }: ListedGadget): string {
  const t = c.messages(messages);
  const from = URL.parse(specUrl);
  const place = from?.origin === c.publicUrl.origin ? t.fromHere : fill(t.from, { host: from?.host ?? '' });
  return author === null || author === '' ? place : `${fill(t.by, { author })} · ${place}`;
}
