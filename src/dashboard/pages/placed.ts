/**
 * Gadgets of a dashboard with what their specs say, in the language of the page. One whose spec is gone from the
 * directory, or cannot be read any more, keeps its place with a word in the place of a title.
 */
import {
  type DirectoryGadget,
  findAllInDirectory,
  type GadgetDetails,
  type GadgetsContext,
  GadgetsRefused,
  gadgetDetails,
  type ReadGadget,
  type ShownPreference,
} from '../../gadgets/index.ts';
import type { Dashboard, PlacedGadget } from '../../model/index.ts';
import type { PageContext } from '../../web/index.ts';
import { openSpec, shownTitle } from '../specs.ts';
import { messages } from './messages.ts';

/** A gadget of the directory with its spec. */
export interface OpenedGadget extends ReadGadget {
  readonly gadget: DirectoryGadget;
}

/** What is said of a gadget on a dashboard. */
export interface Described {
  /** The spec's. */
  readonly title: string;
  readonly preferences: readonly ShownPreference[];
}

/** A gadget that stands on a dashboard. @throws {GadgetsRefused} `placed-unknown` */
export function placedOn({ gadgets }: Dashboard, module: string): PlacedGadget {
  const placed = gadgets.find(({ id }) => id === module);
  if (placed === undefined) throw new GadgetsRefused([{ field: '', code: 'placed-unknown' }]);
  return placed;
}

/** The specs of placed gadgets, by their addresses; those that are gone or unreadable are left out. */
export async function openPlaced(
  gadgets: GadgetsContext,
  placed: readonly PlacedGadget[],
): Promise<ReadonlyMap<string, OpenedGadget>> {
  const found = await findAllInDirectory(gadgets, [...new Set(placed.map(({ specUrl }) => specUrl))]);
  const opened = new Map<string, OpenedGadget>();
  for (const [specUrl, gadget] of found) {
    const spec = readable(gadget);
    if (spec !== null) opened.set(specUrl, { gadget, ...spec });
  }
  return opened;
}

/** What a placed gadget is called: by its owner, else by its spec. */
export function titleOf(c: PageContext, placed: PlacedGadget, opened: OpenedGadget | undefined): string {
  if (opened === undefined) return placed.title ?? c.messages(messages).goneGadget;
  return shownTitle(placed, opened, c.locale);
}

/** The titles of all gadgets of a dashboard, by their ids. */
export async function placedTitles(
  gadgets: GadgetsContext,
  c: PageContext,
  dashboard: Dashboard,
): Promise<ReadonlyMap<string, string>> {
  const opened = await openPlaced(gadgets, dashboard.gadgets);
  return new Map(dashboard.gadgets.map((one) => [one.id, titleOf(c, one, opened.get(one.specUrl))]));
}

/** What one gadget is called. */
export async function placedTitle(
  gadgets: GadgetsContext,
  c: PageContext,
  placed: PlacedGadget,
): Promise<string> {
  const opened = await openPlaced(gadgets, [placed]);
  return titleOf(c, placed, opened.get(placed.specUrl));
}

/** What the spec of one gadget says of itself, and asks people for. */
export async function describePlaced(
  gadgets: GadgetsContext,
  c: PageContext,
  placed: PlacedGadget,
): Promise<Described> {
  const opened = await openPlaced(gadgets, [placed]);
  const details = detailsOf(c, placed, opened.get(placed.specUrl));
  return details ?? { title: c.messages(messages).goneGadget, preferences: [] };
}

function detailsOf(
  c: PageContext,
  { id, preferences }: PlacedGadget,
  opened: OpenedGadget | undefined,
): GadgetDetails | null {
  if (opened === undefined) return null;
  const { spec, bundles } = opened;
  return gadgetDetails(spec, { bundles, language: c.locale, moduleId: id, preferences });
}

function readable(gadget: DirectoryGadget): ReadGadget | null {
  try {
    return openSpec(gadget);
  } catch {
    return null;
  }
}
