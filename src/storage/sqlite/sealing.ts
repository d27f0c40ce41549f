/** Finds the keys that belong to a database, and proves that they do before anything is written with them. */
import { type RandomSource, Secret } from '../../base/index.ts';
import { StorageUnavailable } from '../../model/index.ts';
import { createKeyFile, followKeyFile, readKeyFile, Sealer } from '../sealing/index.ts';
import { FACTS, type Queries, readFact, writeFact } from '../sql/index.ts';

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
  if (check === null) await writeCheck(db, sealer);
  else proveKey(sealer, check, keyFile);
  return sealer;
}

/** Two processes may open a new database together; both use the one key file, so either's check will do. */
async function writeCheck(db: Queries, sealer: Sealer): Promise<void> {
  await writeFact(db, FACTS.sealingCheck, sealer.seal(new Secret('countersign'), CHECK_PLACE));
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
