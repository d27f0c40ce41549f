/**
 * The one way in which a dashboard changes: who changes it may, the change is made on the dashboard as its author saw
 * it, and nobody's change is lost. What other people see changed on a shared dashboard is a matter for the audit log, and
 * so is everything that happens to the system default; arranging one's own is none, nor is moving gadgets about.
 */
import type { AuditEvent, Dashboard, PlacedGadget } from '../../model/index.ts';
import { eventOf, type GadgetsContext, nextUpdatedAt, type Viewer } from '../context.ts';
import { refused } from '../mistake.ts';
import { withOwnNames } from './own-references.ts';
import { seeDashboard } from './see.ts';

/** What a change is made on. */
export interface ChangeOf {
  readonly id: string;
  /** `updatedAt` of the dashboard that its author saw; null: the change is right whatever it is now. */
  readonly expectedUpdatedAt: number | null;
}

const MOST_TRIES = 5;

/**
 * Changes a dashboard.
 * @param change gives the dashboard as it is to be; may run more than once. @throws {GadgetsRefused} if it must not
 * @param isNoted whether the audit log notes it even on a dashboard that nobody else sees
 * @throws {GadgetsRefused} when the viewer may not, or it was changed meanwhile
 */
export async function changeDashboard(
  context: GadgetsContext,
  viewer: Viewer,
  { id, expectedUpdatedAt }: ChangeOf,
  change: (present: Dashboard) => Dashboard,
  isNoted = false,
): Promise<Dashboard> {
  const tries = expectedUpdatedAt === null ? MOST_TRIES : 1;
  for (let count = 0; count < tries; count += 1) {
    const { dashboard: present, mayEdit } = await seeDashboard(context, viewer, id);
    if (!mayEdit) throw refused('', present.ownerName === null ? 'administrators-only' : 'not-yours');
    if (expectedUpdatedAt !== null && present.updatedAt !== expectedUpdatedAt) break;
    const next = { ...change(present), updatedAt: nextUpdatedAt(context, present.updatedAt) };
    const isForOthers = isNoted || present.ownerName === null || showsOthersSomethingElse(present, next);
    const event = isForOthers ? editEvent(context, viewer, present, next) : null;
    const { dashboards } = context.storage;
    const stored = withOwnNames(context, next);
    // The built-in system default is nowhere stored until somebody changes it.
    const isDone =
      present.updatedAt === 0
        ? await dashboards.add({ ...stored, createdAt: next.updatedAt }, event)
        : await dashboards.update(stored, present.updatedAt, event);
    if (isDone) return next;
  }
  throw refused('', 'changed-meanwhile');
}

/** Whether those with whom a dashboard is shared see other gadgets on it, or the same ones told otherwise. */
function showsOthersSomethingElse(before: Dashboard, after: Dashboard): boolean {
  if (before.sharing !== 'everyone') return false;
  return before.gadgets.length !== after.gadgets.length || configuredIn(before, after).length > 0;
}

/** The specs of gadgets that stay and show something else: their preferences, title or interval. */
function configuredIn(before: Dashboard, after: Dashboard): readonly string[] {
  const told = ({ specUrl, preferences, title, refreshSeconds }: PlacedGadget) =>
    JSON.stringify([specUrl, preferences, title, refreshSeconds]);
  return after.gadgets
    .filter((placed) => {
      const was = before.gadgets.find(({ id }) => id === placed.id);
      return was !== undefined && told(was) !== told(placed);
    })
    .map(({ specUrl }) => specUrl);
}

function editEvent(context: GadgetsContext, viewer: Viewer, before: Dashboard, after: Dashboard): AuditEvent {
  const [was, is] = [recordOf(before), recordOf(after)];
  const changed = Object.keys(is).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  const pick = (fields: Record<string, unknown>) =>
    Object.fromEntries(changed.map((field) => [field, fields[field]]));
  const configured = configuredIn(before, after);
  return eventOf(context, viewer.name, 'dashboard.edit', after.id, {
    before: pick(was),
    after: { ...pick(is), ...(configured.length > 0 && { configured }) },
  });
}

/** A dashboard as the log keeps it: never what users entered as preferences. */
export function recordOf(dashboard: Dashboard): Record<string, unknown> {
  const { name, description, layout, sharing, gadgets } = dashboard;
  return { name, description, layout, sharing, gadgets: gadgets.map(({ specUrl }) => specUrl) };
}
