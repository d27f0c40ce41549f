/** What files are written from and read into, over PostgreSQL. */
import { Kysely, sql } from 'kysely';
import { StorageUnavailable } from '../../model/index.ts';
import type { Sealer } from '../sealing/index.ts';
import type { Database, Queries } from '../sql/index.ts';
import type { Kept } from '../transfer/index.ts';
import type { PostgresAddress } from './address.ts';
import { PATIENT } from './connections.ts';
import { ConnectionPool } from './pool.ts';
import { holdAlone } from './serving.ts';

export function postgresKept(db: Queries, sealer: Sealer, address: PostgresAddress): Kept {
  return {
    db,
    sealer,
    snapshot: (work) =>
      patiently(address, (own) =>
        own.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
      ),
    replace: (work) => patiently(address, (own) => own.transaction().execute(work)),
    /** It does so by itself a minute later; that this could not be done sooner takes nothing from what came before. */
    async learnLengths() {
      await patiently(address, (own) => sql`analyze`.execute(own)).catch(() => {});
    },
    async holdAlone() {
      const release = await holdAlone(address);
      if (release !== null) return release;
      throw new StorageUnavailable('servers are running on this database: stop them first, then try again');
    },
  };
}

/** Over a connection of its own: emptying or reading a large table takes longer than any page may wait. */
async function patiently<T>(address: PostgresAddress, work: (own: Queries) => Promise<T>): Promise<T> {
  const pool = new ConnectionPool(address, PATIENT, 1);
  try {
    return await work(new Kysely<Database>({ dialect: pool.dialect() }));
  } finally {
    await pool.end();
  }
}
