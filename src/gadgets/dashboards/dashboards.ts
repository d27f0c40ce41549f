/** Dashboards as a whole: made, copied, described, shared, laid out, marked as favourites, removed. */
import { nowSeconds, randomAlphanumeric } from '../../base/index.ts';
import {
  columnsOf,
  type Dashboard,
  type DashboardChoice,
  type DashboardSummary,
  LAYOUTS,
  type Layout,
  type ListQuery,
  type Page,
  type PlacedGadget,
  SHARINGS,
  type Sharing,
  SYSTEM_DASHBOARD_ID,
} from '../../model/index.ts';
import { eventOf, type GadgetsContext, type Viewer } from '../context.ts';
import { BOUNDS, type GadgetMistake, refused, refuseMistakes } from '../mistake.ts';
import { nameMistake, textMistake, trimmed } from '../read-text.ts';
import { type ChangeOf, changeDashboard, recordOf } from './change.ts';
import { withOwnAddresses, withOwnNames } from './own-references.ts';
import { seeDashboard } from './see.ts';

/** What is entered about a dashboard; layout and sharing as they arrived. */
export interface DashboardFields {
  readonly name: string;
  readonly description: string;
  readonly layout: string;
  readonly sharing: string;
}

const ID_LENGTH = 16;

/** Dashboards of users that the viewer sees. */
export async function listDashboards(
  context: GadgetsContext,
  viewer: Viewer,
  choice: DashboardChoice,
  query: ListQuery<'name' | 'updated' | 'popular'>,
): Promise<Page<DashboardSummary>> {
  const { rows, total } = await context.storage.dashboards.listVisible(viewer.name, choice, query);
  return {
    rows: rows.map((row) => ({ ...row, dashboard: withOwnAddresses(context, row.dashboard) })),
    total,
  };
}

/** Makes an empty dashboard that the viewer owns. @throws {GadgetsRefused} */
export async function createDashboard(
  context: GadgetsContext,
  viewer: Viewer,
  fields: DashboardFields,
): Promise<Dashboard> {
  return add(context, viewer, readFields(fields), []);
}

/** Makes a copy that the viewer owns and nobody else sees. @throws {GadgetsRefused} */
export async function copyDashboard(
  context: GadgetsContext,
  viewer: Viewer,
  id: string,
  name: string,
): Promise<Dashboard> {
  const { dashboard } = await seeDashboard(context, viewer, id);
  const { description, layout, gadgets } = dashboard;
  const copies = gadgets.map((placed) => ({ ...placed, id: newPlacedId(context) }));
  return add(context, viewer, readFields({ name, description, layout, sharing: 'private' }), copies);
}

/**
 * Changes what is entered about a dashboard. Gadgets of columns that a smaller layout lacks move to its last one.
 * @throws {GadgetsRefused}
 */
export async function editDashboard(
  context: GadgetsContext,
  viewer: Viewer,
  of: ChangeOf,
  changes: Partial<DashboardFields>,
): Promise<Dashboard> {
  return changeDashboard(
    context,
    viewer,
    of,
    (present) => {
      const fields = readFields({ ...present, ...changes });
      if (present.ownerName === null && fields.sharing !== 'everyone')
        throw refused('sharing', 'default-stays');
      return { ...present, ...fields, gadgets: within(fields.layout, present.gadgets) };
    },
    true,
  );
}

/** @throws {GadgetsRefused} when it is not there, not the viewer's, or the system default */
export async function removeDashboard(context: GadgetsContext, viewer: Viewer, id: string): Promise<void> {
  const { dashboard, mayEdit } = await seeDashboard(context, viewer, id);
  if (id === SYSTEM_DASHBOARD_ID) throw refused('', 'default-stays');
  if (!mayEdit) throw refused('', 'not-yours');
  const event = eventOf(context, viewer.name, 'dashboard.remove', id, { before: recordOf(dashboard) });
  if (!(await context.storage.dashboards.remove(id, event))) throw refused('', 'dashboard-unknown');
}

/** Marks a dashboard, or takes the mark back. @throws {GadgetsRefused} */
export async function setFavourite(
  context: GadgetsContext,
  viewer: Viewer,
  id: string,
  isFavourite: boolean,
): Promise<void> {
  await seeDashboard(context, viewer, id);
  const isDone = await context.storage.dashboards.setFavourite(viewer.name, id, isFavourite);
  if (!isDone) throw refused('', 'dashboard-unknown');
}

/** Names a gadget on one dashboard. */
export function newPlacedId({ random }: GadgetsContext): string {
  return randomAlphanumeric(random, ID_LENGTH);
}

async function add(
  context: GadgetsContext,
  viewer: Viewer,
  fields: ReadFields,
  gadgets: readonly PlacedGadget[],
): Promise<Dashboard> {
  const { dashboards } = context.storage;
  const one = { search: '', sort: 'name', descending: false, offset: 0, limit: 1 } as const;
  const { total } = await dashboards.listVisible(viewer.name, 'own', one);
  if (total >= BOUNDS.dashboards) throw refused('', 'too-many-dashboards');
  const createdAt = nowSeconds(context.clock);
  const id = randomAlphanumeric(context.random, ID_LENGTH);
  const times = { createdAt, updatedAt: createdAt };
  const dashboard: Dashboard = { id, ownerName: viewer.name, ...fields, gadgets, ...times };
  const event = eventOf(context, viewer.name, 'dashboard.add', id, { after: recordOf(dashboard) });
  if (!(await dashboards.add(withOwnNames(context, dashboard), event)))
    throw refused('', 'changed-meanwhile');
  return dashboard;
}

type ReadFields = Pick<Dashboard, 'name' | 'description' | 'layout' | 'sharing'>;

/** @throws {GadgetsRefused} with every mistake */
function readFields(fields: DashboardFields): ReadFields {
  const name = trimmed(fields.name);
  const description = trimmed(fields.description).replace(/\r\n?/gu, '\n');
  refuseMistakes([
    nameMistake(name),
    textMistake('description', description, BOUNDS.descriptionLength, 'description-too-long'),
    oneOf(LAYOUTS, fields.layout, { field: 'layout', code: 'layout-unknown' }),
    oneOf(SHARINGS, fields.sharing, { field: 'sharing', code: 'sharing-unknown' }),
  ]);
  return { name, description, layout: fields.layout as Layout, sharing: fields.sharing as Sharing };
}

function oneOf(choices: readonly string[], value: string, mistake: GadgetMistake): GadgetMistake | null {
  return choices.includes(value) ? null : mistake;
}

/** The gadgets in the columns of a layout; those of the others come after what is in its last one. */
function within(layout: Layout, gadgets: readonly PlacedGadget[]): readonly PlacedGadget[] {
  const last = columnsOf(layout) - 1;
  const isIn = ({ column }: PlacedGadget) => column <= last;
  const moved = gadgets
    .filter((placed) => !isIn(placed))
    .toSorted((a, b) => a.column - b.column)
    .map((placed) => ({ ...placed, column: last }));
  return [...gadgets.filter(isIn), ...moved];
}
