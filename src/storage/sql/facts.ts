/** Single facts about the installation, by name. */
import type { Queries } from './context.ts';

/** Names of the facts. */
export const FACTS = {
  /** SHA-256 of the set-up link's token. */
  setupHash: 'setup-hash',
  /** A sealed word: opens only with the key file that belongs to this database. */
  sealingCheck: 'sealing-check',
  /** Which kind of store burns the nonces. */
  nonceKind: 'nonce-kind',
  /** Timestamps up to and including it are never accepted by the nonces in the database. */
  nonceFloor: 'nonce-floor',
  /** Era of the nonces that are burned in Redis, and the highest timestamp that may have been accepted. */
  nonceEra: 'nonce-era',
  /** How far the import of which file came; there only while one is under way, or was ended by something else. */
  importProgress: 'import-progress',
  /** How many blocks of the audit log are indexed. */
  auditBlocks: 'audit-blocks',
} as const;

export async function readFact(db: Queries, name: string): Promise<string | null> {
  const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

export async function writeFact(db: Queries, name: string, value: string): Promise<void> {
  await db
    .insertInto('facts')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Writes it unless it is there; gives the value that stands. */
export async function writeFactOnce(db: Queries, name: string, value: string): Promise<string> {
  await db
    .insertInto('facts')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await readFact(db, name)) ?? value;
}

export async function removeFact(db: Queries, name: string): Promise<void> {
  await db.deleteFrom('facts').where('name', '=', name).execute();
}
