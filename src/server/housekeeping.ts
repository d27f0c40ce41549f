/**
 * What a running server does beside answering: it writes down last uses and counts, forgets our own key when another
 * has taken over, takes entries of the audit log into what they are searched by, and deletes what has long been over,
 * in small batches so that no request waits behind it. Over is not gone at once: for a while an expired or revoked
 * token is still known, so that its consumer is told what happened to it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, nowSeconds } from '../base/index.ts';
import { dayOf, type Storage, USAGE_DAYS_KEPT } from '../model/index.ts';
import type { TokenUses, UsageCounter } from '../provider/index.ts';

const FLUSH_EVERY_SECONDS = 20;
const INDEX_EVERY_SECONDS = 10;
const PURGE_EVERY_SECONDS = 600;
const BATCH = 500;

/** How many times as long as a batch the rest after it is, and how long that may be. */
const RESTS = 4;
const LONGEST_REST_MS = 2000;

const HOUR = 3600;
const DAY = 86_400;
/** Whoever asks on Monday why Friday’s requests failed still finds them. */
const REFUSAL_DAYS = 3;

/** What housekeeping is given. */
export interface HousekeepingOptions {
  readonly storage: Storage;
  readonly uses: TokenUses;
  readonly usage: UsageCounter;
  readonly clock: Clock;
  readonly retention: Retention;
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
  const { storage, uses, usage, clock, retention, forgetOldKey, onTrouble } = options;
  const stopped = new AbortController();
  const flush = async () => {
    await uses.flush(storage.accessTokens).catch(onTrouble);
    await usage.flush(storage.usage).catch(onTrouble);
  };
  const purge = () => purgeWhatIsOver(storage, nowSeconds(clock), retention, stopped.signal).catch(onTrouble);
  const round = () => purge().then(forgetOldKey).catch(onTrouble);
  const index = () => inBatches(() => storage.audit.index(BATCH), stopped.signal).catch(onTrouble);
  let purging = round();
  let indexing: Promise<unknown> | null = null;
  const timers = [
    setInterval(flush, FLUSH_EVERY_SECONDS * 1000),
    setInterval(() => {
      indexing ??= index().finally(() => {
        indexing = null;
      });
    }, INDEX_EVERY_SECONDS * 1000),
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
      await indexing;
      await flush();
    },
  };
}

/** What is deleted, when. */
export interface Retention {
  /** How long entries of the audit log are kept. */
  readonly auditSeconds: number;
}

/** Deletes request tokens a day, access tokens a week after their end; refusals some days after they were; sessions and counts at once. */
export async function purgeWhatIsOver(
  storage: Storage,
  now: number,
  { auditSeconds }: Retention,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const rounds = [
    () => storage.requestTokens.purge(now - DAY, BATCH),
    () => storage.accessTokens.purge(now - 7 * DAY, BATCH),
    () => storage.sessions.purge(now, BATCH),
    () => storage.connections.purgePending(now, BATCH),
    () => storage.attempts.purge(now - 2 * HOUR, BATCH),
    () => storage.refusals.purge(now - REFUSAL_DAYS * DAY, BATCH),
    () => storage.usage.purge(dayOf(now) - USAGE_DAYS_KEPT, BATCH),
    () => storage.audit.purge(now - auditSeconds, BATCH),
  ];
  for (const purge of rounds) await inBatches(purge, signal);
}

/** One batch after the other, with rests in between: they take a fifth of the time at most, requests have the rest. */
async function inBatches(work: () => Promise<number>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const startedAt = performance.now();
    if ((await work()) < BATCH) return;
    const restMs = Math.min(LONGEST_REST_MS, RESTS * (performance.now() - startedAt));
    await pause(restMs, undefined, { signal }).catch(() => undefined);
  }
}
