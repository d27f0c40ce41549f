/**
 * A gadget of the directory. A spec is somebody else's program that runs before our users, so it is pinned: its text
 * and its message bundles are kept as an administrator saw them, and only an administrator takes newer ones.
 */

export interface Gadget {
  readonly id: string;
  /** What it is known by everywhere: absolute, as browsers serialise it. No other gadget here has the same. */
  readonly specUrl: string;
  /** The spec as it was fetched. */
  readonly xml: string;
  /** Its message bundles as they were fetched, by their absolute addresses. */
  readonly bundles: Readonly<Record<string, string>>;
  /** SHA-256 of spec and bundles, hexadecimal: of two that are alike nothing changed. */
  readonly sha256: string;
  readonly title: string;
  readonly description: string;
  readonly author: string | null;
  readonly thumbnailUrl: string | null;
  readonly categories: readonly string[];
  /** The feed that brought it; null: added by hand. */
  readonly feedId: string | null;
  /** Who added it. */
  readonly addedBy: string;
  readonly createdAt: number;
  /** Grows with each change, even within one second. */
  readonly updatedAt: number;
}

/** A gadget without its text. */
export type GadgetSummary = Omit<Gadget, 'xml' | 'bundles'>;

/** Another installation whose published gadgets are in our directory. */
export interface GadgetFeed {
  readonly id: string;
  /** Of the installation; no other feed has the same, compared by `plainBase`. */
  readonly baseUrl: string;
  /** What the feed calls itself. */
  readonly name: string;
  readonly addedBy: string;
  readonly createdAt: number;
  /** When it was last read; null: never yet. */
  readonly fetchedAt: number | null;
  /** Why the last reading failed, in a sentence; null if it did not. */
  readonly trouble: string | null;
}

/** A place that gadgets may reach through this installation. */
export interface OutboundRule {
  /** `https://host`, `https://host:port`, `https://*.example.org`; the same with `http`. */
  readonly pattern: string;
  readonly note: string;
  readonly addedBy: string;
  readonly createdAt: number;
}
