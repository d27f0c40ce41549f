/** Stage of the exchange: whether the user has approved the request token, and nobody has exchanged it yet. */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} token_used, token_expired, permission_unknown or permission_denied */
export function checkRequestTokenState({ presented, now }: Examination): void {
  const token = presented.requestToken;
  if (token === null) return;
  if (token.state === 'used') throw usedToken();
  if (now >= token.expiresAt) {
    throw new Problem('token_expired', {
      advice: 'The request token is too old; begin the authorization again.',
    });
  }
  if (token.state === 'undecided') {
    throw new Problem('permission_unknown', { advice: 'Send the user to the authorize address first.' });
  }
  if (token.state === 'denied') throw new Problem('permission_denied', { advice: 'The user said no.' });
}

/** The refusal of a second exchange. */
export function usedToken(): Problem {
  return new Problem('token_used', {
    advice: 'A request token can be exchanged once; begin the authorization again.',
  });
}
