/**
 * The frames of a dashboard's gadgets, as its page holds them. `sandbox` without `allow-same-origin` gives each an
 * origin that is nobody's: no cookie, no storage, no other frame, and not the page; popups and the page's own address
 * are out of reach, too. What only the page's script may know stands on the element, which the frame cannot read.
 */
import {
  contentFor,
  type DirectoryGadget,
  judgeAddress,
  type OutboundPlaces,
  outboundPlaces,
  type ReadGadget,
  SpecRefused,
  substitute,
  substitutionsFor,
} from '../../gadgets/index.ts';
import type { Dashboard, PlacedGadget } from '../../model/index.ts';
import { type Html, html, type SignedInContext } from '../../web/index.ts';
import { openSpec, viewerPlace } from '../specs.ts';
import type { FrameDependencies } from './dependencies.ts';
import { gadgetToken } from './gadget-token.ts';
import { messages } from './messages.ts';
import { CONTAINER_PATH, FRAME_PATH } from './paths.ts';

/** A gadget of a dashboard that the directory has. */
export interface FramedGadget {
  readonly placed: PlacedGadget;
  readonly gadget: DirectoryGadget;
  /** As the page shows it. */
  readonly title: string;
}

/** The frames, by the ids of the placed gadgets, and the addresses that the page has to allow in them. */
export interface GadgetFrames {
  readonly frames: ReadonlyMap<string, Html>;
  readonly sources: readonly string[];
}

const USUAL_HEIGHT = 200;
const TALLEST = 2000;

/** Makes the frames of a dashboard. Nothing is fetched for it. */
export async function gadgetFrames(
  c: SignedInContext,
  deps: FrameDependencies,
  dashboard: Pick<Dashboard, 'id'>,
  gadgets: readonly FramedGadget[],
): Promise<GadgetFrames> {
  const places = await outboundPlaces(deps.gadgets);
  const made = gadgets.map((framed) => {
    const address = frameAddress(c, dashboard.id, framed, places);
    const frame = frameElement(c, deps, dashboard.id, framed, address);
    return { id: framed.placed.id, frame, address };
  });
  return {
    frames: new Map(made.map(({ id, frame }) => [id, frame])),
    sources: [...new Set(made.map(({ address }) => address))],
  };
}

/** Of our own document; of the gadget's own page, if that is what it is, and may be reached. */
function frameAddress(
  c: SignedInContext,
  dashboardId: string,
  { placed, gadget }: FramedGadget,
  places: OutboundPlaces,
): string {
  const query = new URLSearchParams({
    dashboard: dashboardId,
    module: placed.id,
    view: 'default',
    lang: c.locale,
  });
  const own = `${c.publicUrl.origin}${c.url(FRAME_PATH)}?${query}`;
  const read = readable(gadget);
  const content = read === null ? null : contentFor(read.spec, 'default');
  if (read === null || content?.kind !== 'url') return own;
  const substitutions = substitutionsFor(read.spec, {
    bundles: read.bundles,
    ...viewerPlace(c),
    moduleId: placed.id,
    preferences: placed.preferences,
  });
  const page = URL.parse(substitute(content.href, substitutions, 'address'));
  if (page === null || !judgeAddress(places, page).isAllowed || page.origin === c.publicUrl.origin)
    return own;
  for (const { name, urlParameter } of read.spec.preferences) {
    page.searchParams.set(urlParameter ?? `up_${name}`, substitutions.preferences[name] ?? '');
  }
  const facts = {
    mid: placed.id,
    lang: c.locale,
    country: viewerPlace(c).country,
    view: 'default',
    parent: c.publicUrl.origin,
  };
  for (const [name, value] of Object.entries(facts)) page.searchParams.set(name, value);
  return page.href;
}

function frameElement(
  c: SignedInContext,
  deps: FrameDependencies,
  dashboardId: string,
  { placed, gadget, title }: FramedGadget,
  address: string,
): Html {
  const read = readable(gadget);
  const place = { dashboardId, moduleId: placed.id, specUrl: placed.specUrl };
  return html`<iframe data-gadget-frame="${placed.id}" sandbox="allow-scripts allow-forms" referrerpolicy="no-referrer" loading="lazy" title="${title}" src="${address}" height="${heightOf(read)}" data-gadgets="${c.url(CONTAINER_PATH)}" data-csrf="${c.viewer.session.csrfToken}" data-token="${gadgetToken(c, deps, place)}" data-preferences="${settablePreferences(read)}" data-views="${viewsOf(read)}" data-stopped="${c.messages(messages).stopped}"${gadget.isOwn ? html` data-own` : ''}></iframe>`;
}

/** Null: it was added when its text was still understood. */
function readable(gadget: DirectoryGadget): ReadGadget | null {
  try {
    return openSpec(gadget);
  } catch (error) {
    if (error instanceof SpecRefused) return null;
    throw error;
  }
}

function heightOf(read: ReadGadget | null): number {
  if (read === null) return USUAL_HEIGHT;
  const wished = contentFor(read.spec, 'default').preferredHeight ?? read.spec.height ?? USUAL_HEIGHT;
  return Math.min(TALLEST, wished);
}

function settablePreferences(read: ReadGadget | null): string {
  if (!read?.spec.features.some(({ name }) => name === 'setprefs')) return '';
  return read.spec.preferences.map(({ name }) => name).join(' ');
}

function viewsOf(read: ReadGadget | null): string {
  const views = read?.spec.contents.filter(({ kind }) => kind === 'html').flatMap((content) => content.views);
  return [...new Set(['default', ...(views ?? [])])].join(' ');
}
