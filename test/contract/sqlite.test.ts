/** SQLite keeps the contract. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Clock } from '../../src/base/index.ts';
import type { NonceStore } from '../../src/model/index.ts';
import { type NonceKind, openSqliteDatabase } from '../../src/storage/sqlite/index.ts';
import { describeNonces, type OpenNonces } from './nonces.contract.ts';
import { describeStorage } from './storage.contract.ts';
import { describeTransfer } from './transfer.contract.ts';

const root = mkdtempSync(join(tmpdir(), 'countersign-contract-'));
after(() => rmSync(root, { recursive: true }));

const openNew = (clock: Clock) => openSqliteDatabase({ directory: mkdtempSync(join(root, 'data-')), clock });

function noncesOf(kind: NonceKind): OpenNonces {
  return async (clock, windowSeconds, quotaPerConsumer): Promise<NonceStore> => {
    const { storage, openNonces } = await openNew(clock);
    const nonces = await openNonces(kind, windowSeconds, quotaPerConsumer);
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
}

describeStorage('SQLite', async (clock) => (await openNew(clock)).storage);
describeNonces('memory with a journal', noncesOf('memory'));
describeNonces('the database', noncesOf('database'));
describeTransfer('SQLite', openNew);
