/** The address of gadgets' documents. It answers the browser of somebody who sees the gadget, and nobody else's. */
import { contentFor, findPlaced, judgeAddress, outboundPlaces, SpecRefused } from '../../gadgets/index.ts';
import { fill, type PageRoute, type SignedInContext } from '../../web/index.ts';
import { openSpec } from '../specs.ts';
import type { FrameDependencies } from './dependencies.ts';
import { frameHeaders, frameNotice, frameSources, gadgetDocument } from './frame-document.ts';
import { messages } from './messages.ts';
import { FRAME_PATH } from './paths.ts';

/** `GET /gadgets/ifr`. */
export function frameRoute(deps: FrameDependencies): PageRoute {
  return { method: 'GET', path: FRAME_PATH, access: 'user', handle: (c) => answer(c, deps) };
}

async function answer(c: SignedInContext, deps: FrameDependencies): Promise<Response> {
  const t = c.messages(messages);
  const asked = (name: string) => c.query.get(name) ?? '';
  const found = await findPlaced(deps.gadgets, c.viewer.user, asked('dashboard'), asked('module'));
  if (found === null) return notice(c, 404, t.frameGone);
  try {
    const read = openSpec(found.gadget);
    const places = await outboundPlaces(deps.gadgets);
    const view = asked('view') || 'default';
    const content = contentFor(read.spec, view);
    // A page of its own is framed at its own address; here only those arrive that may not be.
    if (content.kind === 'url') {
      const verdict = judgeAddress(places, content.href);
      const origin = 'origin' in verdict ? verdict.origin : content.href;
      return notice(c, 403, fill(t.frameNotAllowed, { origin }));
    }
    const text = await gadgetDocument(c, read, found.placed, view);
    return new Response(text, { headers: frameHeaders(c, frameSources(c, places, found.gadget.isOwn)) });
  } catch (error) {
    if (error instanceof SpecRefused) return notice(c, 422, t.frameBroken);
    throw error;
  }
}

async function notice(c: SignedInContext, status: number, words: string): Promise<Response> {
  return new Response(await frameNotice(c, words), { status, headers: frameHeaders(c, []) });
}
