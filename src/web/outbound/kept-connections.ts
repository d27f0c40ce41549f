/**
 * Connections of the guarded clients that outlive a request, for a few seconds. Each belongs to the addresses that were
 * checked when it was opened: a request gets one only if its own check gave the very same addresses, so a name that
 * has moved meanwhile (DNS rebinding) gets a connection of its own.
 */
import { Pool } from 'undici';
import { connectorTo } from './connector.ts';

/** Connections to one address; further requests wait. */
const MAX_CONNECTIONS = 64;

/** Addresses to which connections are kept. */
const MAX_POOLS = 64;

/** Shorter than servers keep them, or a request would meet its end. */
const KEEP_ALIVE_MS = 4_000;

/** Kept connections, by origin and checked addresses; the ones that were used longest ago are let go of first. */
export class KeptConnections {
  readonly #timeoutMs: number;
  readonly #pools = new Map<string, Pool>();

  /** @param timeoutMs until an answer must begin, and between two parts of it */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Connections to these addresses, which were checked just now. */
  to(url: URL, addresses: readonly string[]): Pool {
    const key = [url.origin, ...addresses].join(' ');
    const pool = this.#pools.get(key) ?? this.#open(url, addresses);
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

  #open(url: URL, addresses: readonly string[]): Pool {
    return new Pool(url.origin, {
      connect: connectorTo(addresses),
      connections: MAX_CONNECTIONS,
      pipelining: 1,
      allowH2: false,
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      strictContentLength: true,
      maxHeaderSize: 65_536,
    });
  }

  /** A closed pool still ends the requests that it has. */
  #trim(): void {
    const [oldest] = this.#pools;
    if (this.#pools.size <= MAX_POOLS || oldest === undefined) return;
    this.#pools.delete(oldest[0]);
    oldest[1].close().catch(() => undefined);
  }
}
