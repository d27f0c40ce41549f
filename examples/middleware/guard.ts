/** What the four servers beside this file have in common: a guard over the data of a Countersign installation. */
import { createGuard, type Guard } from 'countersign/middleware';
import { openSqliteDatabase } from 'countersign/storage/sqlite';

/** Where consumers reach this server: they sign it. */
export const PUBLIC_URL = process.env.PUBLIC_URL ?? 'http://127.0.0.1:3000';

/** The port to listen on. */
export const PORT = Number(process.env.PORT ?? new URL(PUBLIC_URL).port);

/** Opens the data directory that `countersign serve --nonces database` uses too, or makes a new one. */
export async function openGuard(): Promise<Guard> {
  const clock = { milliseconds: () => Date.now() };
  const database = await openSqliteDatabase({ directory: process.env.COUNTERSIGN_DATA ?? 'data', clock });
  const nonces = await database.openNonces('database', 300);
  return createGuard({ storage: database.storage, nonces, publicUrl: PUBLIC_URL });
}
