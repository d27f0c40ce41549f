/** Single facts about the installation, by name. */
import type { Queries } from './context.ts';

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
