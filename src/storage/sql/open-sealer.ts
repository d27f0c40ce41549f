/** Finds the keys that belong to a database, and proves that they do before anything is written with them. */
import { type RandomSource, Secret } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import { createKeyFile, followKeyFile, readKeyFile, Sealer } from '../sealing/index.ts';
import type { Queries } from './context.ts';
import { FACTS, readFact, writeFactOnce } from './facts.ts';

const CHECK_PLACE = { table: 'facts', row: FACTS.sealingCheck, column: 'value' };

/**
 * Opens the key file; makes one for a new database.
 * @throws {StorageUnavailable} when the file is missing though the database was sealed with it, or is another one
 */
export async function openSealer(db: Queries, keyFile: string, random: RandomSource): Promise<Sealer> {
  const check = await readFact(db, FACTS.sealingCheck);
  if (readKeyFile(keyFile) === null) {
    if (check !== null) throw new StorageUnavailable(describeMissing(keyFile));
    await createKeyFile(keyFile, random);
  }
  const readKeys = followKeyFile(keyFile);
  const sealer = new Sealer(readKeys(), random, readKeys);
  proveKey(sealer, check ?? (await writeCheck(db, sealer)), keyFile);
  return sealer;
}

/** Servers may open a new database together. One check stays: whoever comes with another key file learns it here. */
function writeCheck(db: Queries, sealer: Sealer): Promise<string> {
  return writeFactOnce(db, FACTS.sealingCheck, sealer.seal(new Secret('countersign'), CHECK_PLACE));
}

function proveKey(sealer: Sealer, check: string, keyFile: string): void {
  try {
    sealer.open(check, CHECK_PLACE);
  } catch (cause) {
    throw new StorageUnavailable(
      `${keyFile} is not the key file that belongs to this database. Put back the secret.key that was kept with ` +
        `it. (${(cause as Error).message})`,
      { cause },
    );
  }
}

function describeMissing(keyFile: string): string {
  return (
    `the key file ${keyFile} is missing, and the secrets in this database cannot be read without it. Put back the ` +
    'secret.key that belongs to this database; it is kept apart from it in backups.'
  );
}
