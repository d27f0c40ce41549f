/**
 * Request rates in memory: each process counts what it answers itself. One number for each consumer is enough: the
 * moment at which it will have paid for all of its requests, where each costs the same share of the period. A request
 * is within the rate while that moment lies no further ahead than one period (the generic cell rate algorithm).
 */
import type { Clock } from '../../base/index.ts';
import type { RequestRate, RequestRateLimiter } from '../../model/index.ts';

/** Consumers whose debts are paid are forgotten whenever there are so many more. */
const SWEEP_AFTER = 10_000;

export function createMemoryRequestRate(
  { requests, seconds }: RequestRate,
  clock: Clock,
): RequestRateLimiter {
  const period = seconds * 1000;
  const cost = period / requests;
  const paidAt = new Map<string, number>();
  let sweepAt = SWEEP_AFTER;

  function sweep(now: number): void {
    for (const [consumerKey, at] of paidAt) if (at <= now) paidAt.delete(consumerKey);
    sweepAt = paidAt.size + SWEEP_AFTER;
  }

  return {
    take(consumerKey) {
      const now = clock.milliseconds();
      // A clock that was moved back must not lock anybody out: no debt is longer than a period.
      const before = Math.min(paidAt.get(consumerKey) ?? 0, now + period);
      const after = Math.max(before, now) + cost;
      // Shares of a period are fractions: a thousandth of a millisecond is no debt.
      if (after > now + period + 0.001) {
        paidAt.set(consumerKey, before);
        return (after - now - period) / 1000;
      }
      paidAt.set(consumerKey, after);
      if (paidAt.size > sweepAt) sweep(now);
      return 0;
    },
  };
}
