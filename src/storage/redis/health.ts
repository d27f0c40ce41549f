/** How a Redis or Valkey server is set up, as far as it matters for nonces. Reads only. */
import type { RedisLink } from './link.ts';

/** What the server says of itself. */
export interface RedisHealth {
  /** `Redis 7.0.15`, `Valkey 8.1.0`. */
  readonly product: string;
  /** What should be otherwise; empty if all is well. */
  readonly faults: readonly { readonly finding: string; readonly advice: string }[];
}

/** Asks the server. @throws {StorageUnavailable} when it does not answer */
export async function inspectServer(link: RedisLink): Promise<RedisHealth> {
  const server = await link.info('server');
  const memory = await link.info('memory');
  const replication = await link.info('replication');
  return { product: productOf(server), faults: [...evictionFaults(memory), ...roleFaults(replication)] };
}

function productOf(server: ReadonlyMap<string, string>): string {
  const valkey = server.get('valkey_version');
  return valkey === undefined ? `Redis ${server.get('redis_version') ?? '(unknown)'}` : `Valkey ${valkey}`;
}

/** Evicted nonces are noticed and refused, so this costs availability, not safety; but it costs it every time. */
function evictionFaults(memory: ReadonlyMap<string, string>): RedisHealth['faults'] {
  const policy = memory.get('maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return [];
  return [
    {
      finding: `it may forget nonces when its memory is full (maxmemory-policy ${policy}); requests of that time are then refused`,
      advice: 'Give it a server of its own with maxmemory-policy noeviction, and memory enough.',
    },
  ];
}

function roleFaults(replication: ReadonlyMap<string, string>): RedisHealth['faults'] {
  if (replication.get('role') !== 'slave') return [];
  return [
    {
      finding: 'it is a replica, which takes no nonces',
      advice: 'Name the primary, or an address that always leads to it.',
    },
  ];
}
