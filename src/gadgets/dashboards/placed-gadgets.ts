/** What happens to the gadgets on a dashboard: added, moved, configured, duplicated, taken away. */
import {
  columnsOf,
  type Dashboard,
  GADGET_COLORS,
  type GadgetColor,
  type PlacedGadget,
} from '../../model/index.ts';
import type { GadgetsContext, Viewer } from '../context.ts';
import { findInDirectory } from '../directory/find.ts';
import { BOUNDS, type GadgetMistake, refused, refuseMistakes } from '../mistake.ts';
import { textMistake, trimmed } from '../read-text.ts';
import { type ChangeOf, changeDashboard } from './change.ts';
import { newPlacedId } from './dashboards.ts';

/** A dashboard after a change, and the gadget that it is about. */
export interface Placement {
  readonly dashboard: Dashboard;
  readonly placedId: string;
}

/** Where to. */
export interface Place {
  readonly column: number;
  /** The gadget that it comes to stand above; null, or one that is in another column: at the end. */
  readonly above: string | null;
}

/** What to change about a gadget; what is left out stays. */
export interface PlacedChanges {
  /** In place of all preferences that were entered. */
  readonly preferences?: Readonly<Record<string, string>>;
  readonly color?: string;
  readonly isMinimised?: boolean;
  /** Blank: the spec's title. */
  readonly title?: string;
  readonly refreshSeconds?: number | null;
}

/** Puts a gadget of the directory at the top of the first column. @throws {GadgetsRefused} */
export async function placeGadget(
  context: GadgetsContext,
  viewer: Viewer,
  of: ChangeOf,
  specUrl: string,
): Promise<Placement> {
  const gadget = await findInDirectory(context, specUrl);
  if (gadget === null) throw refused('specUrl', 'gadget-unknown');
  const placed: PlacedGadget = {
    id: newPlacedId(context),
    specUrl: gadget.specUrl,
    column: 0,
    color: 'blue',
    preferences: {},
    isMinimised: false,
    title: null,
    refreshSeconds: null,
  };
  const dashboard = await changeDashboard(context, viewer, of, (present) => {
    refuseFull(present);
    return { ...present, gadgets: [placed, ...present.gadgets] };
  });
  return { dashboard, placedId: placed.id };
}

/** Moves a gadget. @throws {GadgetsRefused} */
export async function moveGadget(
  context: GadgetsContext,
  viewer: Viewer,
  of: ChangeOf,
  placedId: string,
  { column, above }: Place,
): Promise<Dashboard> {
  return changeDashboard(context, viewer, of, (present) => {
    if (!Number.isInteger(column) || column < 0 || column >= columnsOf(present.layout)) {
      throw refused('column', 'column-unknown');
    }
    const moved = { ...placedOf(present, placedId), column };
    if (above === placedId) return present;
    const others = present.gadgets.filter(({ id }) => id !== placedId);
    const at = others.findIndex((other) => other.id === above && other.column === column);
    return { ...present, gadgets: at < 0 ? [...others, moved] : others.toSpliced(at, 0, moved) };
  });
}

/** Changes how a gadget looks and what it was told. @throws {GadgetsRefused} with every mistake */
export async function configureGadget(
  context: GadgetsContext,
  viewer: Viewer,
  of: ChangeOf,
  placedId: string,
  changes: PlacedChanges,
): Promise<Dashboard> {
  refuseMistakes(mistakesIn(changes));
  return changeDashboard(context, viewer, of, (present) => {
    const placed = { ...placedOf(present, placedId), ...readChanges(changes) };
    return { ...present, gadgets: present.gadgets.map((one) => (one.id === placedId ? placed : one)) };
  });
}

/** Puts a second one of the same, told the same, below a gadget. @throws {GadgetsRefused} */
export async function duplicateGadget(
  context: GadgetsContext,
  viewer: Viewer,
  of: ChangeOf,
  placedId: string,
): Promise<Placement> {
  const id = newPlacedId(context);
  const dashboard = await changeDashboard(context, viewer, of, (present) => {
    refuseFull(present);
    const original = placedOf(present, placedId);
    return {
      ...present,
      gadgets: present.gadgets.toSpliced(present.gadgets.indexOf(original) + 1, 0, { ...original, id }),
    };
  });
  return { dashboard, placedId: id };
}

/** Takes a gadget off a dashboard. @throws {GadgetsRefused} */
export async function takeGadgetAway(
  context: GadgetsContext,
  viewer: Viewer,
  of: ChangeOf,
  placedId: string,
): Promise<Dashboard> {
  return changeDashboard(context, viewer, of, (present) => {
    const placed = placedOf(present, placedId);
    return { ...present, gadgets: present.gadgets.filter((one) => one !== placed) };
  });
}

function placedOf({ gadgets }: Dashboard, placedId: string): PlacedGadget {
  const placed = gadgets.find(({ id }) => id === placedId);
  if (placed === undefined) throw refused('', 'placed-unknown');
  return placed;
}

function refuseFull({ gadgets }: Dashboard): void {
  if (gadgets.length >= BOUNDS.gadgets) throw refused('', 'too-many-gadgets');
}

function mistakesIn({ preferences, color, title, refreshSeconds }: PlacedChanges): (GadgetMistake | null)[] {
  const isUnknownColor = color !== undefined && !GADGET_COLORS.some((one) => one === color);
  return [
    isUnknownColor ? { field: 'color', code: 'color-unknown' } : null,
    textMistake('title', trimmed(title ?? ''), BOUNDS.titleLength, 'title-too-long'),
    isRefresh(refreshSeconds ?? null) ? null : { field: 'refreshSeconds', code: 'refresh-malformed' },
    JSON.stringify(preferences ?? {}).length > BOUNDS.preferences
      ? { field: 'preferences', code: 'preferences-too-long' }
      : null,
  ];
}

function isRefresh(seconds: number | null): boolean {
  if (seconds === null) return true;
  const { leastRefreshSeconds, mostRefreshSeconds } = BOUNDS;
  return Number.isInteger(seconds) && seconds >= leastRefreshSeconds && seconds <= mostRefreshSeconds;
}

function readChanges(changes: PlacedChanges): Partial<PlacedGadget> {
  const { preferences, color, isMinimised, title, refreshSeconds } = changes;
  return {
    ...(preferences === undefined ? {} : { preferences }),
    ...(color === undefined ? {} : { color: color as GadgetColor }),
    ...(isMinimised === undefined ? {} : { isMinimised }),
    ...(title === undefined ? {} : { title: trimmed(title) || null }),
    ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
  };
}
