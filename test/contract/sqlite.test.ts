/** SQLite keeps the contract. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Clock, FixedClock } from '../../src/base/index.ts';
import type { Storage } from '../../src/model/index.ts';
import { type NonceKind, openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { NOW } from '../support/records.ts';
import { describeAuditIndex, openAudit } from './audit-search.contract.ts';
import { closingStorage } from './closing-storage.ts';
import { describeFinding } from './finding.contract.ts';
import { describeLists } from './lists.contract.ts';
import { describeNonceLease } from './nonce-lease.contract.ts';
import { describeNonces, type OpenNonces } from './nonces.contract.ts';
import { describeRaces, describeSharedNonces, type OpenTwoNonces } from './races.contract.ts';
import { describeRemembered } from './remembered.contract.ts';
import { describeStorage } from './storage.contract.ts';
import { describeStrangeTexts } from './strange-texts.contract.ts';
import { describeTokenSearch } from './token-search.contract.ts';
import { describeTransfer } from './transfer.contract.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-contract-'));
after(() => rmSync(root, { recursive: true }));

const openNew = (clock: Clock) => openSqliteDatabase({ directory: mkdtempSync(join(root, 'data-')), clock });

function noncesOf(kind: NonceKind): OpenNonces {
  return async (clock, windowSeconds, quotaPerConsumer) =>
    closingStorage(await openNew(clock), (database) =>
      database.openNonces(kind, windowSeconds, quotaPerConsumer),
    );
}

const openOn = (directory: string, clock: Clock) => openSqliteDatabase({ directory, clock });

async function openTwo(clock: Clock): Promise<readonly [Storage, Storage]> {
  const directory = mkdtempSync(join(root, 'data-'));
  return [(await openOn(directory, clock)).storage, (await openOn(directory, clock)).storage];
}

const openTwoNonces: OpenTwoNonces = async ([one, two], windowSeconds) => {
  const directory = mkdtempSync(join(root, 'data-'));
  const open = async (clock: Clock) =>
    closingStorage(await openOn(directory, clock), (database) =>
      database.openNonces('database', windowSeconds),
    );
  return [await open(one), await open(two)];
};

describeStorage('SQLite', async (clock) => (await openNew(clock)).storage);
describeNonces('memory with a journal', noncesOf('memory'));
describeNonces('the database', noncesOf('database'));
describeRaces('SQLite', openTwo);
describeRemembered('SQLite', openTwo);
describeSharedNonces('SQLite', openTwoNonces);
describeTransfer('SQLite', openNew);
describeAuditIndex('SQLite', openNew);
describeFinding('SQLite', openNew);
describeLists('SQLite', openNew);
describeStrangeTexts('SQLite', () => openAudit(openNew));
describeTokenSearch('SQLite', openNew);

describeNonceLease('SQLite', async () => {
  const directory = mkdtempSync(join(root, 'data-'));
  const clock = new FixedClock(NOW);
  const databases = await Promise.all([1, 2].map(() => openSqliteDatabase({ directory, clock })));
  const [one, other] = await Promise.all(databases.map((database) => database.openNonceLease()));
  return {
    leases: [one!, other!],
    burnInDatabase: async () => (await databases[0]!.openNonces('database', 300)).close(),
    async close() {
      await Promise.all([one!.close(), other!.close()]);
      for (const { storage } of databases) await storage.close();
    },
  };
});
