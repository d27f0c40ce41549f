/** What the OAuth addresses work with; wired by `server/`. */
import type { Installation, User } from '../model/index.ts';
import type { ProviderContext } from '../provider/index.ts';
import type { WireRequest } from '../web/index.ts';

export interface EndpointDependencies {
  readonly provider: ProviderContext;
  /** Our own consumer information, as it is now. */
  readInstallation(): Promise<Installation>;
  /** The user whose session cookie came with the request, or null. */
  findSessionUser(wire: WireRequest): Promise<User | null>;
  /** The JSON Web Key Set with the key that signs identity assertions for the upstream. */
  readonly keySet: () => string;
}
