/**
 * The system default of an installation whose administrators have not arranged one: what helps everybody from the
 * first day on. It is made of this installation's own gadgets and never stored, so it follows the public URL.
 */
import { type Dashboard, type PlacedGadget, SYSTEM_DASHBOARD_ID } from '../../model/index.ts';
import type { GadgetsContext } from '../context.ts';

/** What it is called until administrators call it something else; pages say it in the reader's language. */
export const BUILT_IN_NAME = 'System dashboard';

const PLACES = [
  { name: 'connections', column: 0, color: 'blue' },
  { name: 'clock', column: 1, color: 'grey' },
  { name: 'quick-links', column: 1, color: 'teal' },
] as const;

/** @returns with `updatedAt` 0: nobody has changed it yet */
export function builtInDefault({ ownGadgets }: GadgetsContext): Dashboard {
  const gadgets = PLACES.flatMap(({ name, column, color }): PlacedGadget[] => {
    const own = ownGadgets.find((gadget) => gadget.name === name);
    if (own === undefined) return [];
    const plain = { preferences: {}, isMinimised: false, title: null, refreshSeconds: null };
    return [{ id: `default-${name}`, specUrl: own.specUrl, column, color, ...plain }];
  });
  return {
    id: SYSTEM_DASHBOARD_ID,
    ownerName: null,
    name: BUILT_IN_NAME,
    description: '',
    layout: 'AB',
    gadgets,
    sharing: 'everyone',
    createdAt: 0,
    updatedAt: 0,
  };
}
