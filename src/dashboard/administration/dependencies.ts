/** What the administration of gadgets needs handed in. */
import type { AdministrationContext } from '../../administration/index.ts';
import type { GadgetsContext } from '../../gadgets/index.ts';
import type { Outbound } from '../../web/index.ts';

export interface GadgetAdministrationDependencies {
  readonly gadgets: GadgetsContext;
  /** For the service providers that a gadget's services need. */
  readonly administration: AdministrationContext;
  /** The guarded client. */
  readonly outbound: Outbound;
}
