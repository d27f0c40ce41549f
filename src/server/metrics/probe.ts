/**
 * Asks what a server stands on whether it answers, for readiness and for scrapes. Each question is bounded in time:
 * a supervisor that waits for an answer learns nothing from a database that hangs. Questions that come while one is
 * under way share its answer, so that many supervisors are no load.
 */
import type { EndingSoon } from '../../administration/index.ts';
import type { NonceStatus, NonceStore, Storage } from '../../model/index.ts';

/** Longest time, in milliseconds, that an answer is waited for. */
const PATIENCE_MS = 1_000;

/** What can be asked. */
export interface Probe {
  /** Seconds in which the database answered; null when it did not. */
  database(): Promise<number | null>;
  /** How the nonce store is; null when it cannot burn a nonce. */
  nonces(): Promise<NonceStatus | null>;
  /** What ends soon; null when the database did not say. */
  endings(): Promise<readonly Pick<EndingSoon, 'kind'>[] | null>;
}

/** A probe of these. */
export function createProbe(
  storage: Pick<Storage, 'users'>,
  nonces: Pick<NonceStore, 'status'>,
  endings: () => Promise<readonly Pick<EndingSoon, 'kind'>[]>,
): Probe {
  return {
    database: shared(async () => {
      const askedAt = performance.now();
      await storage.users.isEmpty();
      return (performance.now() - askedAt) / 1000;
    }),
    nonces: shared(() => nonces.status()),
    endings: shared(endings),
  };
}

function shared<T>(ask: () => Promise<T>): () => Promise<T | null> {
  let asking: Promise<T | null> | null = null;
  return () => {
    asking ??= answered(ask).finally(() => {
      asking = null;
    });
    return asking;
  };
}

/** The answer; null when there is none, or none in time. */
async function answered<T>(ask: () => Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PATIENCE_MS);
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
