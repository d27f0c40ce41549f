/**
 * Stage of the request token: where the user's browser will be sent. Fixing the callback in the signed first step
 * is what closes the session fixation of OAuth 1.0 (advisory 2009.1). @see RFC 5849 s2.1
 */
import { CALLBACK_MISTAKES, callbackWithin, parseCallbackUri } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

const OUT_OF_BAND = 'oob';

/** @throws {Problem} parameter_absent without a callback, parameter_rejected for one that is not acceptable */
export function checkCallback(examination: Examination): void {
  const { consumer, message } = examination;
  const { token, callback } = message.protocol;
  if (token) {
    throw new Problem('parameter_rejected', {
      rejected: ['oauth_token'],
      advice: 'A request for a request token carries no oauth_token.',
    });
  }
  if (callback === undefined && !consumer.legacy10) {
    throw new Problem('parameter_absent', {
      absent: ['oauth_callback'],
      advice:
        'Send oauth_callback with the address that gets the user back, or oob when there is none (OAuth 1.0a).',
    });
  }
  examination.callback = callback === undefined ? null : acceptedCallback(callback, consumer.callback);
}

/**
 * The callback to keep, as browsers will read it; null for out of band.
 * @param registered the consumer's configured callback; when there is one, the sent one must lie within it
 * @throws {Problem} parameter_rejected saying what is wrong with it
 */
export function acceptedCallback(sent: string, registered: string | null): string | null {
  if (sent === OUT_OF_BAND) return null;
  const reading = parseCallbackUri(sent);
  if (!reading.ok) throw rejected(CALLBACK_MISTAKES[reading.reason]);
  if (registered !== null && !callbackWithin(reading.uri, registered)) {
    throw rejected('The callback lies outside of the Callback URL that is registered for this consumer.');
  }
  return reading.uri;
}

function rejected(advice: string): Problem {
  return new Problem('parameter_rejected', { rejected: ['oauth_callback'], advice });
}
