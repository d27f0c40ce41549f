/** Nonces in memory alone, fenced: an earlier process may have accepted what came before this one's start. */
import { type Clock, nowSeconds } from '../../base/index.ts';
import type { NonceOutcome, NonceStore } from '../../model/index.ts';
import { NonceMemory, nonceDigest } from '../nonces/index.ts';

/** What the nonces in memory need. */
export interface MemoryNoncesOptions {
  readonly clock: Clock;
  /** How far a timestamp may lie from now, as the provider's settings say. */
  readonly windowSeconds: number;
  /** Live nonces that one consumer may hold; beyond it, 'limited'. */
  readonly quotaPerConsumer?: number;
  /** False where no earlier process can have existed: then timestamps before the start are accepted too. */
  readonly isFenced?: boolean;
}

/** Opens an empty set of nonces. Unless told otherwise, timestamps before its start are 'unsure'. */
export function createMemoryNonces(options: MemoryNoncesOptions): NonceStore {
  const { clock, windowSeconds } = options;
  const memory = new NonceMemory(
    options.isFenced === false ? 0 : nowSeconds(clock) - 1,
    options.quotaPerConsumer,
  );
  return {
    burn(consumerKey, token, timestamp, nonce): NonceOutcome {
      memory.forgetBefore(nowSeconds(clock) - windowSeconds);
      return memory.burn(consumerKey, timestamp, nonceDigest(consumerKey, token, nonce));
    },
    earliestTimestamp() {
      return memory.floor + 1;
    },
    async status() {
      return { remembered: memory.size, floor: memory.floor, leaseUntil: null };
    },
    async close() {},
  };
}
