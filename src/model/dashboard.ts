/**
 * A dashboard: gadgets in columns, and who sees it. It belongs to the user who made it; the one that belongs to
 * nobody is the system default, which administrators arrange for everybody. What stands here holds only references
 * to gadgets: what a gadget is, the directory says, so a gadget that an administrator removes is gone everywhere.
 */

/** Widths of the columns from left to right: A is wide, B narrow. */
export const LAYOUTS = ['A', 'AA', 'AB', 'BA', 'AAA', 'ABA'] as const;

export type Layout = (typeof LAYOUTS)[number];

/** How many columns a layout has. */
export function columnsOf(layout: Layout): number {
  return layout.length;
}

/** Colours of a gadget's frame. */
export const GADGET_COLORS = ['grey', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'purple'] as const;

export type GadgetColor = (typeof GADGET_COLORS)[number];

/** Gadgets on one dashboard. */
export const MAXIMUM_GADGETS = 20;

/** A gadget as it stands on a dashboard. */
export interface PlacedGadget {
  /** Names it on its dashboard, and on no other; never used again for another gadget. */
  readonly id: string;
  /** The address of its spec, which is what a gadget is known by. */
  readonly specUrl: string;
  /** From 0, from left to right. */
  readonly column: number;
  readonly color: GadgetColor;
  /** What was entered for its user preferences, by their names; what is not here has the spec's default. */
  readonly preferences: Readonly<Record<string, string>>;
  readonly isMinimised: boolean;
  /** A title of its own in place of the spec's. */
  readonly title: string | null;
  /** Seconds after which it loads anew by itself; null for never. */
  readonly refreshSeconds: number | null;
}

/** Who sees a dashboard beside its owner. */
export const SHARINGS = ['private', 'everyone'] as const;

/** `everyone` is every user of this installation who is logged in. */
export type Sharing = (typeof SHARINGS)[number];

export interface Dashboard {
  readonly id: string;
  /** Null: the system default, which everybody sees and administrators change. */
  readonly ownerName: string | null;
  readonly name: string;
  readonly description: string;
  readonly layout: Layout;
  /** In the order of each column, from the top. */
  readonly gadgets: readonly PlacedGadget[];
  readonly sharing: Sharing;
  readonly createdAt: number;
  /** Grows with each change, even within one second: a change names the one that it was made on. */
  readonly updatedAt: number;
}

/** The id of the system default. */
export const SYSTEM_DASHBOARD_ID = 'default';
