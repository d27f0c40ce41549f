/** Operations on the dashboard that everybody begins with; dashboards of users are their own. */
import {
  type ChangeOf,
  configureGadget,
  duplicateGadget,
  editDashboard,
  moveGadget,
  placeGadget,
  seeDashboard,
  takeGadgetAway,
  type Viewer,
} from '../../gadgets/index.ts';
import { type Dashboard, SYSTEM_DASHBOARD_ID } from '../../model/index.ts';
import { type Call, type Operation, operation, type RestApiContext } from '../operation.ts';
import { DashboardEdit, DefaultDashboard, NewPlaced, PlacedEdit, PlacedMove } from '../schemas/dashboards.ts';

const group = 'System default dashboard';
const PATH = '/dashboards/default';

/** What every operation here has in common. */
const common = { group, scope: 'write', status: 200, answer: DefaultDashboard, current: show } as const;

export const defaultDashboardOperations: readonly Operation[] = [
  operation({
    ...common,
    id: 'readDefaultDashboard',
    method: 'GET',
    path: PATH,
    summary: 'The dashboard that everybody sees who has none of their own',
    scope: 'read',
    run: async (context) => ({ value: await show(context) }),
  }),
  operation({
    ...common,
    id: 'changeDefaultDashboard',
    method: 'PATCH',
    path: PATH,
    summary: 'Change name, description or layout',
    body: DashboardEdit,
    run: async ({ gadgets }, call) => {
      const given = Object.entries(call.body).filter(([, value]) => value !== undefined);
      return answered(await editDashboard(gadgets, as(call), on(call), Object.fromEntries(given)));
    },
  }),
  operation({
    ...common,
    id: 'placeGadget',
    method: 'POST',
    path: `${PATH}/gadgets`,
    summary: 'Put a gadget of the directory at the top of the first column',
    body: NewPlaced,
    run: async ({ gadgets }, call) =>
      answered((await placeGadget(gadgets, as(call), on(call), call.body.specUrl)).dashboard),
  }),
  operation({
    ...common,
    id: 'changePlacedGadget',
    method: 'PATCH',
    path: `${PATH}/gadgets/{id}`,
    summary: 'Change the colour, title, preferences or refreshing of a gadget; minimise it',
    body: PlacedEdit,
    run: async ({ gadgets }, call) => {
      const { title, ...rest } = call.body;
      const given = Object.entries({ ...rest, title: title === null ? '' : title });
      const changes = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      return answered(await configureGadget(gadgets, as(call), on(call), placed(call), changes));
    },
  }),
  operation({
    ...common,
    id: 'movePlacedGadget',
    method: 'POST',
    path: `${PATH}/gadgets/{id}/move`,
    summary: 'Move a gadget to a column, above another or to its end',
    body: PlacedMove,
    run: async ({ gadgets }, call) =>
      answered(await moveGadget(gadgets, as(call), on(call), placed(call), call.body)),
  }),
  operation({
    ...common,
    id: 'duplicatePlacedGadget',
    method: 'POST',
    path: `${PATH}/gadgets/{id}/duplicate`,
    summary: 'Put a second one of the same below a gadget',
    run: async ({ gadgets }, call) =>
      answered((await duplicateGadget(gadgets, as(call), on(call), placed(call))).dashboard),
  }),
  operation({
    ...common,
    id: 'takePlacedGadgetAway',
    method: 'DELETE',
    path: `${PATH}/gadgets/{id}`,
    summary: 'Take a gadget off the dashboard; it stays in the directory',
    run: async ({ gadgets }, call) =>
      answered(await takeGadgetAway(gadgets, as(call), on(call), placed(call))),
  }),
];

type AnyCall = Call<unknown, unknown>;

/** Whoever holds a key that counts here is an administrator. */
function as({ actor }: Pick<AnyCall, 'actor'>): Viewer {
  return { name: actor, isAdministrator: true };
}

function on({ expectedUpdatedAt }: AnyCall): ChangeOf {
  return { id: SYSTEM_DASHBOARD_ID, expectedUpdatedAt };
}

function placed({ params: { id = '' } }: AnyCall): string {
  return id;
}

async function show({ gadgets }: RestApiContext) {
  return shown((await seeDashboard(gadgets, as({ actor: '' }), SYSTEM_DASHBOARD_ID)).dashboard);
}

function answered(dashboard: Dashboard) {
  return { value: shown(dashboard) };
}

/** The one that came with the installation was never changed. */
function shown({ name, description, layout, gadgets, updatedAt }: Dashboard) {
  return { name, description, layout, gadgets, updatedAt: updatedAt === 0 ? null : updatedAt };
}
