/** Nonces of a database that nothing else uses: their end is the database's end. */
import type { NonceStore, Storage } from '../../src/model/index.ts';

export async function closingStorage<Database extends { readonly storage: Storage }>(
  database: Database,
  open: (database: Database) => Promise<NonceStore>,
): Promise<NonceStore> {
  const nonces = await open(database);
  return {
    burn: (...burn) => nonces.burn(...burn),
    earliestTimestamp: () => nonces.earliestTimestamp(),
    status: () => nonces.status(),
    async close() {
      await nonces.close();
      await database.storage.close();
    },
  };
}
