/**
 * Who serves requests from a database, and who must be alone with it. A connection that burns nonces holds a lock of
 * the session together with all others that do; whoever replaces everything that is kept takes it alone. The lock ends
 * with its connection, however that ends.
 */
import pg from 'pg';
import type { NonceLease } from '../../model/index.ts';
import type { PostgresAddress } from './address.ts';
import { Channel, type HotStatement } from './channel.ts';
import { clientConfig, type Manner, PATIENT, prepareConnection } from './connections.ts';

/** Arbitrary, and ours. */
const LOCK = '1668506478, 4';

/** To be true of a connection before a server burns nonces over it. */
export const MAY_SERVE: Manner['condition'] = {
  sql: `pg_try_advisory_lock_shared(${LOCK})`,
  otherwise: 'everything in the database is being replaced at the moment; try again when that is done',
};

const STILL: HotStatement = { name: 'still', text: 'select 1' };

/**
 * Gives a lease to a server whose nonces are elsewhere, and has it hold the lock of those who serve: each promise that
 * the lease makes begins by making sure of that.
 */
export async function serveUnder(
  lease: (release: () => void) => NonceLease,
  address: PostgresAddress,
): Promise<NonceLease> {
  const channel = new Channel(address, { patienceMs: 5000, condition: MAY_SERVE });
  await channel.run(STILL, []);
  const given = lease(() => channel.close());
  return {
    ...given,
    async raise(id, ceiling) {
      await channel.run(STILL, []);
      return given.raise(id, ceiling);
    },
  };
}

/** Null while a server runs; otherwise none starts until the given function is called. */
export async function holdAlone(address: PostgresAddress): Promise<(() => Promise<void>) | null> {
  const client = new pg.Client(clientConfig(address, PATIENT));
  client.on('error', () => {});
  await client.connect();
  await prepareConnection(client, PATIENT);
  const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${LOCK}) as held`);
  if (rows[0]?.held === true) return () => client.end();
  await client.end();
  return null;
}
