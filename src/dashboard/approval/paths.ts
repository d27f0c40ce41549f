/** Addresses of a gadget's approval, below the public URL. */

const OAUTH_PATH = '/gadgets/oauth';

/** Takes a ticket (`ticket`) and how the browser came (`way`); leads away to the provider. */
export const APPROVE_PATH = `${OAUTH_PATH}/approve`;

/** Where the callback leads gadgets: takes a ticket, and how it went (`outcome`, `problem`). */
export const DONE_PATH = `${OAUTH_PATH}/done`;

/** Says why a gadget shows nothing of its viewer's. */
export const INSPECT_PATH = `${OAUTH_PATH}/inspect`;

/** Ours as a provider has to know it: the one callback of this installation. */
export const CALLBACK_PATH = '/oauth/callback';

/** A gadget on its dashboard. */
export function gadgetPath({ dashboardId, moduleId }: { dashboardId: string; moduleId: string }): string {
  return `/dashboards/${encodeURIComponent(dashboardId)}#gadget-${encodeURIComponent(moduleId)}`;
}
