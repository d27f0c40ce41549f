/**
 * Opens what guards every signed request beside the database: the nonces, and the rates of requests. In one process
 * both live in its memory; where Redis is named, all nodes share them.
 */

import type { NonceStore, RequestRate, RequestRateLimiter } from '../model/index.ts';
import type { Settings } from '../settings/index.ts';
import { openRedis, type RedisHealth } from '../storage/redis/index.ts';
import type { OpenInstallation } from './open-installation.ts';
import { placeOfNonces } from './place-of-nonces.ts';

/** The guards, open. */
export interface OpenGuards {
  readonly nonces: NonceStore;
  /** Undefined where consumers may make as many requests as they like. */
  readonly requestRate: RequestRateLimiter | undefined;
  /** To be called before the storage is closed. */
  close(): Promise<void>;
}

/** Asks the Redis that the settings name how it is; null where they name none. @throws {StorageUnavailable} */
export async function inspectSharedMemory({ nonces }: Settings): Promise<RedisHealth | null> {
  if (typeof nonces !== 'object') return null;
  const redis = await openRedis(nonces);
  try {
    return await redis.health();
  } finally {
    redis.close();
  }
}

/** What is told of a guard that works, but should be set up otherwise. */
export type GuardWarning = (finding: string, advice: string) => void;

/**
 * Opens them.
 * @param scope names the installation where several share one Redis
 * @throws {StorageUnavailable} saying what to do
 */
export async function openGuards(
  open: OpenInstallation,
  settings: Settings,
  scope: string,
  onWarning: GuardWarning,
): Promise<OpenGuards> {
  const kind = placeOfNonces(settings);
  const { consumerRate: rate } = settings;
  if (typeof kind === 'object') return openShared(open, settings, kind, scope, onWarning);
  const nonces = await open.openNonces(kind);
  const requestRate = rate === null ? undefined : await memoryRequestRate(rate, open);
  return { nonces, requestRate, close: () => nonces.close() };
}

async function memoryRequestRate(
  rate: RequestRate,
  { clock }: OpenInstallation,
): Promise<RequestRateLimiter> {
  const { createMemoryRequestRate } = await import('../storage/memory/index.ts');
  return createMemoryRequestRate(rate, clock);
}

async function openShared(
  open: OpenInstallation,
  { consumerRate: rate, timestampWindow: windowSeconds }: Settings,
  address: Settings['nonces'] & object,
  scope: string,
  onWarning: GuardWarning,
): Promise<OpenGuards> {
  await using opened = new AsyncDisposableStack();
  const lease = await open.openNonceLease();
  opened.defer(() => lease.close());
  const redis = await openRedis(address);
  opened.defer(() => redis.close());
  for (const { finding, advice } of (await redis.health()).faults) onWarning(finding, advice);
  const nonces = await redis.openNonces({ ...open, lease, windowSeconds });
  opened.defer(() => nonces.close());
  const requestRate = rate === null ? undefined : redis.requestRate(rate, scope);
  const everything = opened.move();
  return { nonces, requestRate, close: () => everything.disposeAsync() };
}
