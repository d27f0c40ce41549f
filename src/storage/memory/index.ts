/**
 * Storage that lives in this process and ends with it: for tests, and for programs that use the library
 * without a database. It keeps every rule of the ports save one: nothing survives the process.
 */
import type { Clock } from '../../base/index.ts';
import type { NonceStore, Storage } from '../../model/index.ts';

/** What memory storage needs. */
export interface MemoryStorageOptions {
  readonly clock: Clock;
}

/** Opens an empty storage. */
export function createMemoryStorage(_options: MemoryStorageOptions): Storage {
  throw new Error('being written');
}

/** What the nonces in memory need. */
export interface MemoryNoncesOptions {
  readonly clock: Clock;
  /** How far a timestamp may lie from now, as the provider's settings say. */
  readonly windowSeconds: number;
  /** Live nonces that one consumer may hold; beyond it, 'limited'. */
  readonly quotaPerConsumer?: number;
}

/** Opens an empty set of nonces. Timestamps before its start are 'unsure': an earlier process may have seen them. */
export function createMemoryNonces(_options: MemoryNoncesOptions): NonceStore {
  throw new Error('being written');
}
