/** Decides where used nonces are kept, by what the settings say of the database and of them. */
import { StorageUnavailable } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';

/**
 * Where the settings put the nonces. Those of one process cannot know what other servers on the same database accepted.
 * @throws {StorageUnavailable} saying what to do
 */
export function placeOfNonces({ database, nonces }: Settings): Settings['nonces'] & {} {
  const isShared = database !== 'embedded';
  if (isShared && nonces === 'memory') {
    throw new StorageUnavailable(
      '--nonces memory is for one server alone, and a PostgreSQL database may have several: use --nonces database',
    );
  }
  return nonces ?? (isShared ? 'database' : 'memory');
}
