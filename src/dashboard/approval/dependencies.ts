/** What the approval's pages, and requests that may need one, work with. */
import type { GadgetOAuthContext } from '../../gadgets/index.ts';
import type { Storage } from '../../model/index.ts';
import type { SignedInContext } from '../../web/index.ts';

/** A gadget's place. */
export interface Place {
  readonly dashboardId: string;
  readonly moduleId: string;
}

export interface ApprovalDependencies {
  readonly oauth: GadgetOAuthContext;
  readonly storage: Pick<Storage, 'attempts' | 'connections'>;
  /** See `ticketKey`. */
  readonly ticketKey: Buffer;
  readonly publicUrl: URL;
  /** The gadget that stands somewhere, and what it is called there; null where the viewer sees none, or the directory has it no more. */
  findGadget(c: SignedInContext, place: Place): Promise<{ specUrl: string; title: string } | null>;
}
