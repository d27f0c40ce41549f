/** PostgreSQL keeps the contract. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { type Clock, FixedClock, Secret } from '../../src/base/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { closingStorage } from './closing-storage.ts';
import { describeNonceLease } from './nonce-lease.contract.ts';
import { describeNonces, type OpenNonces } from './nonces.contract.ts';
import { describeRaces, describeSharedNonces, type OpenTwo, type OpenTwoNonces } from './races.contract.ts';
import { NOW } from './records.ts';
import { describeStorage } from './storage.contract.ts';
import { describeTransfer } from './transfer.contract.ts';

const directory = mkdtempSync(join(tmpdir(), 'countersign-contract-'));
let server: PostgresServer;
before(async () => {
  server = await startPostgres();
  const empty = await server.createDatabase();
  await (await open(empty, new FixedClock(NOW))).storage.close();
});
after(async () => {
  await server.remove();
  rmSync(directory, { recursive: true });
});

/** Databases are copies of the first, so the schema is made once. */
const MIGRATED = 'test_1';

const open = (url: string, clock: Clock) => openPostgresDatabase({ url: new Secret(url), directory, clock });

const openNew = async (clock: Clock) => open(await server.createDatabase(MIGRATED), clock);

const openNonces: OpenNonces = async (clock, windowSeconds, quotaPerConsumer) =>
  closingStorage(await openNew(clock), (database) => database.openNonces(windowSeconds, quotaPerConsumer));

const openTwo: OpenTwo = async (clock) => {
  const url = await server.createDatabase(MIGRATED);
  return [(await open(url, clock)).storage, (await open(url, clock)).storage];
};

const openTwoNonces: OpenTwoNonces = async ([one, two], windowSeconds) => {
  const url = await server.createDatabase(MIGRATED);
  const openOne = async (clock: Clock) =>
    closingStorage(await open(url, clock), (database) => database.openNonces(windowSeconds));
  return [await openOne(one), await openOne(two)];
};

describeStorage('PostgreSQL', async (clock) => (await openNew(clock)).storage);
describeNonces('PostgreSQL', openNonces);
describeRaces('PostgreSQL', openTwo);
describeSharedNonces('PostgreSQL', openTwoNonces);

/** Each under a key file of its own, as installations have them. */
describeTransfer('PostgreSQL', async (clock) => {
  const url = await server.createDatabase(MIGRATED);
  await server.query(`delete from facts where name = 'sealing-check'`, new URL(url).pathname.slice(1));
  const own = mkdtempSync(join(directory, 'own-'));
  return openPostgresDatabase({ url: new Secret(url), directory: own, clock });
});

describeNonceLease('PostgreSQL', async () => {
  const url = await server.createDatabase(MIGRATED);
  const databases = await Promise.all([1, 2].map(() => open(url, new FixedClock(NOW))));
  const [one, other] = await Promise.all(databases.map((database) => database.openNonceLease()));
  return {
    leases: [one!, other!],
    burnInDatabase: async () => (await databases[0]!.openNonces(300)).close(),
    async close() {
      for (const { storage } of databases) await storage.close();
    },
  };
});
