/** What files are written from and read into, over PostgreSQL. */
import { Kysely } from 'kysely';
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
    async snapshot(work) {
      const pool = new ConnectionPool(address, PATIENT, 1);
      try {
        const reading: Queries = new Kysely<Database>({ dialect: pool.dialect() });
        const moment = reading.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
        return await moment.execute(work);
      } finally {
        await pool.end();
      }
    },
    async holdAlone() {
      const release = await holdAlone(address);
      if (release !== null) return release;
      throw new StorageUnavailable('servers are running on this database: stop them first, then try again');
    },
  };
}
