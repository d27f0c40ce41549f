/**
 * Connections of the guarded clients that outlive a request, for a few seconds. Each belongs to the addresses that were
 * checked when it was opened: a request gets one only if its own check gave the very same addresses, so a name that
 * has moved meanwhile (DNS rebinding) gets a connection of its own.
 */
import type { Pool } from 'undici';
import type { openPool } from './checked-connections.ts';

/** Addresses to which connections are kept. */
const MAX_POOLS = 64;

/** Kept connections, by origin and checked addresses; the ones that were used longest ago are let go of first. */
export class KeptConnections {
  readonly #timeoutMs: number;
  readonly #pools = new Map<string, Pool>();
  /** Imported with the first request, and kept: to find again what is imported takes longer than to sign a request. */
  #openPool: typeof openPool | null = null;

  /** @param timeoutMs until an answer must begin, and between two parts of it */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Connections to these addresses, which were checked just now. */
  async to(url: URL, addresses: readonly string[]): Promise<Pool> {
    this.#openPool ??= (await import('./checked-connections.ts')).openPool;
    const key = [url.origin, ...addresses].join(' ');
    const pool = this.#pools.get(key) ?? this.#openPool(url, addresses, this.#timeoutMs);
    this.#pools.delete(key);
    this.#pools.set(key, pool);
    this.#trim();
    return pool;
  }

  /** Cuts all of them. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  /** A closed pool still ends the requests that it has. */
  #trim(): void {
    const [oldest] = this.#pools;
    if (this.#pools.size <= MAX_POOLS || oldest === undefined) return;
    this.#pools.delete(oldest[0]);
    oldest[1].close().catch(() => undefined);
  }
}
