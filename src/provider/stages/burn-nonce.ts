/**
 * Stage: replay protection. It runs after the signature was verified, so that strangers can neither burn an
 * honest client's nonces nor fill the store. @see RFC 5849 s3.3
 */
import type { NonceOutcome } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';
import { unsureAdvice } from './unsure-advice.ts';

const LONGEST_NONCE = 255;

/** @throws {Problem} nonce_used; timestamp_refused when the store cannot be sure; consumer_key_refused over the quota */
export function burnNonce(examination: Examination): void | Promise<void> {
  const { nonce, token } = examination.message.protocol;
  if (nonce === undefined) return;
  if (nonce.length > LONGEST_NONCE) {
    throw new Problem('parameter_rejected', {
      rejected: ['oauth_nonce'],
      advice: `oauth_nonce may have ${LONGEST_NONCE} characters at most.`,
    });
  }
  const outcome = examination.context.nonces.burn(
    examination.consumer.key,
    token ?? '',
    examination.timestamp,
    nonce,
  );
  if (outcome instanceof Promise) return outcome.then((settled) => judge(examination, settled));
  judge(examination, outcome);
}

function judge({ context, now }: Examination, outcome: NonceOutcome): void {
  switch (outcome) {
    case 'fresh':
      return;
    case 'used':
      throw new Problem('nonce_used', {
        advice: 'Use a new nonce for every request, also when repeating one.',
      });
    case 'limited':
      throw new Problem('consumer_key_refused', {
        retryAfterSeconds: context.settings.timestampWindowSeconds,
        advice: 'This consumer has used up the nonces it may use within the time window.',
      });
    case 'unsure': {
      const earliest = context.nonces.earliestTimestamp();
      throw new Problem('timestamp_refused', {
        acceptableTimestamps: [earliest, now + context.settings.timestampWindowSeconds],
        advice: unsureAdvice(earliest, now),
      });
    }
  }
}
