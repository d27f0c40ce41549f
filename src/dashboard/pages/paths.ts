/** Addresses of the dashboards' pages, below the public URL. */

/** The lists: `?show=own`, `shared` or `favourite`. */
export const DASHBOARDS_PATH = '/dashboards';

/** Makes a new dashboard; `?of=ID` a copy of another. */
export const NEW_PATH = `${DASHBOARDS_PATH}/new`;

/** What is done with a dashboard as a whole, each under an address of its own. */
type DashboardDeed = 'add' | 'edit' | 'favourite' | 'layout' | 'move' | 'remove';

/** A dashboard, or something to do with it. */
export function dashboardPath(id: string, deed?: DashboardDeed): string {
  return below(`${DASHBOARDS_PATH}/${encodeURIComponent(id)}`, deed);
}

/** A gadget on a dashboard: its small deeds; its settings (`edit`); its removal. */
export function gadgetPath(id: string, module: string, deed?: 'edit' | 'remove'): string {
  return below(`${dashboardPath(id)}/gadgets/${encodeURIComponent(module)}`, deed);
}

/** A gadget's place on its dashboard's page. */
export function gadgetAnchor(id: string, module: string): string {
  return `${dashboardPath(id)}#gadget-${module}`;
}

/** The pattern of a dashboard's routes. */
export function dashboardRoute(deed?: DashboardDeed): string {
  return below(`${DASHBOARDS_PATH}/:id`, deed);
}

/** The pattern of a gadget's routes. */
export function gadgetRoute(deed?: 'edit' | 'remove'): string {
  return below(`${DASHBOARDS_PATH}/:id/gadgets/:module`, deed);
}

function below(path: string, deed: string | undefined): string {
  return deed === undefined ? path : `${path}/${deed}`;
}
