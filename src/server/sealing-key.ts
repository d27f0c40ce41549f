/**
 * A new key for the secrets in the database, without an outage: it is added to the key file, which running servers
 * notice before they seal anything; then everything is sealed anew. Older keys stay, for the sake of backups made
 * before, until they are dropped in so many words.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nowSeconds } from '../base/index.ts';
import type { Settings } from '../settings/index.ts';
import { KEY_FILE, makeDirectory } from '../storage/data-directory/index.ts';
import { addSealingKey, adoptKeys, dropOlderKeys } from '../storage/sealing/index.ts';
import { type Resealed, resealAll, sealedByOlderKeys } from '../storage/transfer/index.ts';
import type { OpenInstallation } from './open-installation.ts';
import { StartRefused } from './start-refused.ts';

/** What a server that had sealed something just before the file changed may take to write it. */
const SETTLING_SECONDS = 10;

/**
 * Takes the keys of another key file over, so that what was sealed with them opens here; before the database is opened.
 * @throws {StorageUnavailable} when there is no such file, or it holds something else
 */
export async function adoptKeyFile({ data }: Settings, from: string): Promise<void> {
  makeDirectory(data);
  await adoptKeys(join(data, KEY_FILE), from);
}

/** Adds a key and seals everything with it. @param onProgress told how many secrets were sealed anew */
export async function rotateSealingKey(
  open: OpenInstallation,
  { data }: Settings,
  onProgress?: (secrets: number) => void,
): Promise<Resealed> {
  await addSealingKey(join(data, KEY_FILE), open.random);
  const resealed = await resealAll(open.kept, onProgress);
  await note(open, { secrets: resealed.secrets });
  return resealed;
}

/**
 * Drops every key but the newest, after sealing anew whatever an older one may have sealed meanwhile.
 * @returns how many keys were dropped
 * @throws {StartRefused} when the file changed just now, or something remains that only an older key opens
 */
export async function dropOldSealingKeys(open: OpenInstallation, { data }: Settings): Promise<number> {
  const file = join(data, KEY_FILE);
  const older = open.kept.sealer.olderKeyIds().length;
  if (older === 0) return 0;
  const { mtimeMs } = await stat(file);
  const age = nowSeconds(open.clock) - Math.floor(mtimeMs / 1000);
  if (age < SETTLING_SECONDS)
    throw new StartRefused(
      `the key file changed ${Math.max(age, 0)} s ago: wait ${SETTLING_SECONDS} s, then try again`,
    );
  await resealAll(open.kept);
  const left = await sealedByOlderKeys(open.kept);
  if (left.length > 0) {
    throw new StartRefused(
      `older keys are still needed: ${left.join(', ')} hold secrets that only they open. No key was dropped.`,
    );
  }
  await dropOlderKeys(file);
  await note(open, { droppedKeys: older });
  return older;
}

function note({ storage, clock }: OpenInstallation, after: Readonly<Record<string, unknown>>): Promise<void> {
  const at = nowSeconds(clock);
  return storage.audit.append({
    at,
    actor: 'cli',
    action: 'data.rotate-key',
    object: KEY_FILE,
    before: null,
    after,
    note: null,
  });
}
