/**
 * The dashboards of the demo: Wiki subscribes to Tracker's gadgets, and the dashboard that everybody there sees first
 * shows what Tracker has for them beside what Wiki has of its own.
 */
import { CLI_ACTOR } from '../../accounts/index.ts';
import { fetchFeed } from '../../dashboard/index.ts';
import {
  editDashboard,
  type GadgetsContext,
  moveGadget,
  placeGadget,
  seeDashboard,
  subscribeToFeed,
  takeGadgetAway,
} from '../../gadgets/index.ts';
import { SYSTEM_DASHBOARD_ID } from '../../model/index.ts';
import type { Outbound } from '../../web/index.ts';

const ADMINISTRATOR = { name: CLI_ACTOR, isAdministrator: true };
const DEFAULT = { id: SYSTEM_DASHBOARD_ID, expectedUpdatedAt: null };

/** What stands where, from the top: the gadgets of the other installation, and our own. */
const PLACES: readonly { readonly name: string; readonly from: 'them' | 'us'; readonly column: number }[] = [
  { name: 'assigned-to-me', from: 'them', column: 0 },
  { name: 'created-resolved', from: 'them', column: 0 },
  { name: 'activity', from: 'them', column: 1 },
  { name: 'connections', from: 'us', column: 1 },
  { name: 'clock', from: 'us', column: 1 },
];

/** Subscribes to the other installation's gadgets, and puts them on the system default. */
export async function arrangeGadgets(
  context: GadgetsContext,
  outbound: Outbound,
  baseUrl: string,
): Promise<void> {
  const reading = await fetchFeed(outbound, baseUrl, 'en');
  const { added } = await subscribeToFeed(context, baseUrl, reading, CLI_ACTOR);
  const { dashboard } = await seeDashboard(context, ADMINISTRATOR, SYSTEM_DASHBOARD_ID);
  for (const { id } of dashboard.gadgets) await takeGadgetAway(context, ADMINISTRATOR, DEFAULT, id);
  await editDashboard(context, ADMINISTRATOR, DEFAULT, { name: 'Wiki', layout: 'AB' });
  const own = context.ownGadgets.map(({ specUrl }) => specUrl);
  for (const { name, from, column } of PLACES) {
    const among = from === 'us' ? own : added;
    const specUrl = among.find((url) => url.endsWith(`/${name}.xml`)) ?? name;
    const { placedId } = await placeGadget(context, ADMINISTRATOR, DEFAULT, specUrl);
    await moveGadget(context, ADMINISTRATOR, DEFAULT, placedId, { column, above: null });
  }
}
