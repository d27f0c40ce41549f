/**
 * Stage: the clock window. An upper bound is as necessary as a lower one: a request from the future could be
 * replayed once its nonce is forgotten. @see RFC 5849 s3.3
 */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';
import { unsureAdvice } from './unsure-advice.ts';

/** Ten digits last until the year 2286; thirteen are milliseconds, the most frequent mistake. */
const WHOLE_SECONDS = /^[0-9]{1,12}$/;
const MILLISECONDS = /^[0-9]{13}$/;

/** @throws {Problem} timestamp_refused outside the window, parameter_rejected when it is no number */
export function checkTimestamp(examination: Examination): void {
  const text = examination.message.protocol.timestamp;
  if (text === undefined) {
    examination.timestamp = 0;
    return;
  }
  const { now, context } = examination;
  const window = context.settings.timestampWindowSeconds;
  const earliest = Math.max(now - window, context.nonces.earliestTimestamp());
  const latest = now + window;
  if (!WHOLE_SECONDS.test(text)) throw notSeconds(text, earliest, latest);
  const timestamp = Number(text);
  if (timestamp < earliest || timestamp > latest) {
    const isSkewed = Math.abs(timestamp - now) > window;
    throw refused(earliest, latest, isSkewed ? skewAdvice(timestamp, now) : unsureAdvice(earliest, now));
  }
  examination.timestamp = timestamp;
}

function notSeconds(text: string, earliest: number, latest: number): Problem {
  if (MILLISECONDS.test(text))
    return refused(earliest, latest, 'oauth_timestamp counts seconds, not milliseconds: divide by 1000.');
  return new Problem('parameter_rejected', {
    rejected: ['oauth_timestamp'],
    advice: 'oauth_timestamp must be a whole number of seconds since 1970-01-01T00:00:00Z.',
  });
}

function refused(earliest: number, latest: number, advice: string): Problem {
  return new Problem('timestamp_refused', { acceptableTimestamps: [earliest, latest], advice });
}

function skewAdvice(timestamp: number, now: number): string {
  const skew = Math.abs(timestamp - now);
  const direction = timestamp < now ? 'behind' : 'ahead of';
  return `The timestamp is ${skew} seconds ${direction} this server's clock (${now}); set the client's clock right and sign again.`;
}
