/** Where the pages about this installation's own consumer information are, and what they read. */
import type { Installation } from '../../../model/index.ts';
import type { AdministrationDependencies } from '../dependencies.ts';

/** Where they begin. */
export const IDENTITY_PATH = '/oauth/admin/consumer-info';

/** There is one from the first start on. */
export async function readIdentity({ administration }: AdministrationDependencies): Promise<Installation> {
  const installation = await administration.storage.installation.read();
  if (installation === null) throw new Error('The installation has no identity yet.');
  return installation;
}
