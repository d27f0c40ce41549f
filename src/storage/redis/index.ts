/**
 * Redis or Valkey: the memory that several nodes share. It holds what is needed every time and may be lost at any
 * time: used nonces, and how many requests each consumer made lately. Nothing else is ever kept there.
 */
import { whenCalled } from '../../base/index.ts';

export {
  looksLikeRedisAddress,
  type RedisAddress,
  readRedisAddress,
  shownRedisAddress,
} from './address.ts';
export type { RedisHealth } from './health.ts';
export type { RedisServer, SharedNoncesOptions } from './open-redis.ts';

export const openRedis = whenCalled(async () => (await import('./open-redis.ts')).openRedis);
