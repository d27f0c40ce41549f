/** What the container works with. */
import type { AuthorizedFetch, GadgetsContext } from '../../gadgets/index.ts';
import type { Outbound } from '../../web/index.ts';

/** For frames. */
export interface FrameDependencies {
  readonly gadgets: GadgetsContext;
  /** See `ticketKey`. */
  readonly ticketKey: Buffer;
}

/** For the requests of what runs in them, too. */
export interface ContainerDependencies extends FrameDependencies {
  readonly outbound: Outbound;
  readonly authorizedFetch: AuthorizedFetch;
}
