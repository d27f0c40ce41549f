/** Nonces in a real Redis with their lease in a real database: as many nodes as a test wants, at a clock of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/base/index.ts';
import type { NonceStore } from '../../src/model/index.ts';
import { openRedis, type RedisAddress, readRedisAddress } from '../../src/storage/redis/index.ts';
import { openSqliteDatabase } from '../../src/storage/sqlite/index.ts';

/** Where the nodes of one installation keep what they share. */
export interface SharedPlace {
  readonly redisUrl: string;
  readonly dataDirectory: string;
}

/** A place whose database is new. */
export function newPlace(redisUrl: string): SharedPlace & Disposable {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'countersign-redis-nonces-'));
  return {
    redisUrl,
    dataDirectory,
    [Symbol.dispose]: () => rmSync(dataDirectory, { recursive: true, force: true }),
  };
}

/** @throws when the URL is none of Redis */
export function redisAddress(url: string): RedisAddress {
  const address = readRedisAddress(url);
  if (typeof address === 'string') throw new Error(address);
  return address;
}

/** Opens one node's nonces; closing them closes all that they stand on. */
export async function openNode(
  { redisUrl, dataDirectory }: SharedPlace,
  clock: Clock,
  windowSeconds = 300,
  quotaPerConsumer?: number,
): Promise<NonceStore> {
  const database = await openSqliteDatabase({ directory: dataDirectory, clock });
  const lease = await database.openNonceLease();
  const redis = await openRedis(redisAddress(redisUrl));
  const random = { bytes: (length: number) => randomBytes(length) };
  const nonces = await redis.openNonces({ lease, clock, random, windowSeconds, quotaPerConsumer });
  return {
    burn: (...burn) => nonces.burn(...burn),
    earliestTimestamp: () => nonces.earliestTimestamp(),
    status: () => nonces.status(),
    async close() {
      await nonces.close();
      redis.close();
      await lease.close();
      await database.storage.close();
    },
  };
}
