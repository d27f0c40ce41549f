/**
 * What a running server does beside answering: it writes down last uses and counts, forgets our own key when another
 * has taken over, and deletes what has long been over, in small batches so that no request waits behind it. Over is
 * not gone at once: for a while an expired or revoked
 * token is still known, so that its consumer is told what happened to it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, nowSeconds } from '../base/index.ts';
import { dayOf, type Storage } from '../model/index.ts';
import type { UsageCounter } from '../provider/index.ts';
import type { TokenUses } from './token-uses.ts';

const FLUSH_EVERY_SECONDS = 20;
const PURGE_EVERY_SECONDS = 600;
const BATCH = 500;

const HOUR = 3600;
const DAY = 86_400;

/** Counts of accepted requests are kept for a year, and for the month in which it is looked back on. */
const USAGE_DAYS = 400;

/** What housekeeping is given. */
export interface HousekeepingOptions {
  readonly storage: Storage;
  readonly uses: TokenUses;
  readonly usage: UsageCounter;
  readonly clock: Clock;
  /** Deletes our own old key once the next one has taken over. */
  forgetOldKey(): Promise<unknown>;
  /** Told of trouble; housekeeping itself goes on. */
  onTrouble(error: unknown): void;
}

/** Housekeeping that runs until it is stopped. */
export interface Housekeeping {
  /** Ends it, after a last batch of uses and counts was written. */
  stop(): Promise<void>;
}

/** Starts the rounds; they keep no process alive. */
export function startHousekeeping(options: HousekeepingOptions): Housekeeping {
  const { storage, uses, usage, clock, forgetOldKey, onTrouble } = options;
  const stopped = new AbortController();
  const flush = async () => {
    await uses.flush(storage.accessTokens).catch(onTrouble);
    await usage.flush(storage.usage).catch(onTrouble);
  };
  const purge = () => purgeWhatIsOver(storage, nowSeconds(clock), stopped.signal).catch(onTrouble);
  const round = () => purge().then(forgetOldKey).catch(onTrouble);
  let purging = round();
  const timers = [
    setInterval(flush, FLUSH_EVERY_SECONDS * 1000),
    setInterval(() => {
      purging = purging.then(round);
    }, PURGE_EVERY_SECONDS * 1000),
  ];
  for (const timer of timers) timer.unref();
  return {
    async stop() {
      stopped.abort();
      for (const timer of timers) clearInterval(timer);
      await purging;
      await flush();
    },
  };
}

/** Deletes request tokens a day, access tokens a week after their end; refusals a day after they were; sessions and counts at once. */
export async function purgeWhatIsOver(storage: Storage, now: number, signal?: AbortSignal): Promise<void> {
  const rounds = [
    () => storage.requestTokens.purge(now - DAY, BATCH),
    () => storage.accessTokens.purge(now - 7 * DAY, BATCH),
    () => storage.sessions.purge(now, BATCH),
    () => storage.connections.purgePending(now, BATCH),
    () => storage.attempts.purge(now - 2 * HOUR, BATCH),
    () => storage.refusals.purge(now - DAY, BATCH),
    () => storage.usage.purge(dayOf(now) - USAGE_DAYS, BATCH),
  ];
  for (const purge of rounds) {
    while (signal?.aborted !== true && (await purge()) === BATCH) await nextTurn();
  }
}
