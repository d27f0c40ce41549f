/** PostgreSQL keeps the contract. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { type Clock, FixedClock, Secret } from '../../src/base/index.ts';
import type { NonceStore } from '../../src/model/index.ts';
import { openPostgresDatabase } from '../../src/storage/postgres/index.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { describeNonces, type OpenNonces } from './nonces.contract.ts';
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

const openNonces: OpenNonces = async (clock, windowSeconds, quotaPerConsumer): Promise<NonceStore> => {
  const { storage, openNonces } = await openNew(clock);
  const nonces = await openNonces(windowSeconds, quotaPerConsumer);
  return {
    burn: (...burn) => nonces.burn(...burn),
    earliestTimestamp: () => nonces.earliestTimestamp(),
    status: () => nonces.status(),
    async close() {
      await nonces.close();
      await storage.close();
    },
  };
};

describeStorage('PostgreSQL', async (clock) => (await openNew(clock)).storage);
describeNonces('PostgreSQL', openNonces);

/** Each under a key file of its own, as installations have them. */
describeTransfer('PostgreSQL', async (clock) => {
  const url = await server.createDatabase(MIGRATED);
  await server.query(`delete from facts where name = 'sealing-check'`, new URL(url).pathname.slice(1));
  const own = mkdtempSync(join(directory, 'own-'));
  return openPostgresDatabase({ url: new Secret(url), directory: own, clock });
});
