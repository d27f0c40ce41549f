/** The connection to Redis, and what is kept there over it. */
import type { Clock, RandomSource } from '../../base/index.ts';
import type { NonceLease, NonceStore, RequestRate, RequestRateLimiter } from '../../model/index.ts';
import type { RedisAddress } from './address.ts';
import { inspectServer, type RedisHealth } from './health.ts';
import { RedisLink } from './link.ts';
import { BEGIN_ERA, BURN } from './nonce-scripts.ts';
import { openRedisNonces } from './nonces.ts';
import { createRedisRequestRate, TAKE } from './request-rate.ts';

/** What the nonces need beside Redis. */
export interface SharedNoncesOptions {
  /** To be closed after the nonces. */
  readonly lease: NonceLease;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** How far a timestamp may lie from now, as the provider's settings say. */
  readonly windowSeconds: number;
  /** Live nonces that one consumer may hold by way of this node; beyond it, 'limited'. */
  readonly quotaPerConsumer?: number | undefined;
}

/** A connected server; it connects again by itself. */
export interface RedisServer {
  /** @throws {StorageUnavailable} when Redis or the database does not answer */
  openNonces(options: SharedNoncesOptions): Promise<NonceStore>;
  /** @param scope names the installation, so that two of them on one server do not count together */
  requestRate(rate: RequestRate, scope: string): RequestRateLimiter;
  /** How it is, and what about it endangers replay protection or speed. */
  health(): Promise<RedisHealth>;
  close(): void;
}

/** Connects. @throws {StorageUnavailable} when the server cannot be reached or refuses the password */
export async function openRedis(address: RedisAddress): Promise<RedisServer> {
  const link = await RedisLink.open(address, [BEGIN_ERA, BURN, TAKE]);
  return {
    openNonces: (options) => openRedisNonces({ ...options, link }),
    requestRate: (rate, scope) => createRedisRequestRate(link, rate, scope),
    health: () => inspectServer(link),
    close: () => link.close(),
  };
}
