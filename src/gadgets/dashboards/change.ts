/**
 * The one way in which a dashboard changes: who changes it may, the change is made on the dashboard as its author saw
 * it, and nobody's change is lost. Moving gadgets about on one's own dashboard is no matter for the audit log; what
 * happens to the system default, which everybody sees, is.
 */
import type { AuditEvent, Dashboard } from '../../model/index.ts';
import { eventOf, type GadgetsContext, nextUpdatedAt, type Viewer } from '../context.ts';
import { refused } from '../mistake.ts';
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
 * @param isNoted whether the audit log notes it on anybody's dashboard
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
    const event = isNoted || present.ownerName === null ? editEvent(context, viewer, present, next) : null;
    const { dashboards } = context.storage;
    // The built-in system default is nowhere stored until somebody changes it.
    const isDone =
      present.updatedAt === 0
        ? await dashboards.add({ ...next, createdAt: next.updatedAt }, event)
        : await dashboards.update(next, present.updatedAt, event);
    if (isDone) return next;
  }
  throw refused('', 'changed-meanwhile');
}

function editEvent(context: GadgetsContext, viewer: Viewer, before: Dashboard, after: Dashboard): AuditEvent {
  const [was, is] = [recordOf(before), recordOf(after)];
  const changed = Object.keys(is).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  const pick = (fields: Record<string, unknown>) =>
    Object.fromEntries(changed.map((field) => [field, fields[field]]));
  return eventOf(context, viewer.name, 'dashboard.edit', after.id, { before: pick(was), after: pick(is) });
}

/** A dashboard as the log keeps it: never what users entered as preferences. */
export function recordOf(dashboard: Dashboard): Record<string, unknown> {
  const { name, description, layout, sharing, gadgets } = dashboard;
  return { name, description, layout, sharing, gadgets: gadgets.map(({ specUrl }) => specUrl) };
}
