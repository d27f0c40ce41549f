/**
 * Where links in gadgets lead first. Frames open no windows; the page around them does when a person clicked, and
 * comes here: to places that gadgets may reach it goes straight on, for all others somebody is asked, because what
 * stands in the link may be what the gadget wants to carry away.
 */
import { judgeAddress, outboundPlaces } from '../../gadgets/index.ts';
import { fill, html, type PageRoute, type SignedInContext } from '../../web/index.ts';
import type { FrameDependencies } from './dependencies.ts';
import { messages } from './messages.ts';
import { LEAVE_PATH } from './paths.ts';

/** `GET /gadgets/leave?to=…`. */
export function leaveRoute(deps: FrameDependencies): PageRoute {
  return { method: 'GET', path: LEAVE_PATH, access: 'user', handle: (c) => leave(c, deps) };
}

async function leave(c: SignedInContext, { gadgets }: FrameDependencies): Promise<Response> {
  const t = c.messages(messages);
  const address = c.query.get('to') ?? '';
  const verdict = judgeAddress(await outboundPlaces(gadgets), address);
  if (verdict.isAllowed) return c.leaveFor(new URL(address).href);
  if (verdict.why !== 'no-rule') {
    return c.page({ title: t.leaveTitle, body: html`<p>${t.leaveInvalid}</p>`, shape: 'card', status: 400 });
  }
  const { href, host } = new URL(address);
  return c.page({
    title: t.leaveTitle,
    shape: 'card',
    body: html`<p>${fill(t.leaveText, { host })}</p>
<p><code>${href.slice(0, 500)}</code></p>
<p><a class="button" href="${href}" rel="noreferrer">${fill(t.leaveButton, { host })}</a></p>
<p class="meta">${t.leaveBack}</p>`,
  });
}
