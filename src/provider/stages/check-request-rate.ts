/**
 * Stage: how many requests this consumer may make. It runs after the signature was verified and the nonce burnt, so
 * that neither strangers nor replays can use up what an honest consumer may do.
 */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} consumer_key_refused beyond the rate */
export function checkRequestRate({ context, consumer }: Examination): void | Promise<void> {
  const wait = context.requestRate?.take(consumer.key) ?? 0;
  return typeof wait === 'number' ? judge(wait) : wait.then(judge);
}

function judge(waitSeconds: number): void {
  if (waitSeconds <= 0) return;
  throw new Problem('consumer_key_refused', {
    retryAfterSeconds: Math.ceil(waitSeconds),
    advice:
      'This consumer makes more requests than it may; wait as long as Retry-After says, and sign again.',
  });
}
