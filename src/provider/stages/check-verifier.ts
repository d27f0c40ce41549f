/**
 * Stage of the exchange: the verifier. A wrong one is counted in storage before it is refused, so that parallel
 * guesses cannot have more than the five tries. @see RFC 5849 s2.3
 */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';
import { VERIFIER_TRIES, verifierMatches } from '../verifier.ts';
import { missing } from './require-parameters.ts';

/** @throws {Problem} parameter_absent without a verifier, token_rejected for a wrong one */
export async function checkVerifier({ context, message, presented }: Examination): Promise<void> {
  const { requestToken } = presented;
  if (requestToken === null || requestToken.verifierHash === null) return;
  const { verifier } = message.protocol;
  if (!verifier) throw missing(['oauth_verifier']);
  if (verifierMatches(verifier, requestToken.verifierHash)) return;
  const outcome = await context.storage.requestTokens.countFailedVerifier(requestToken.hash, VERIFIER_TRIES);
  throw new Problem('token_rejected', {
    rejected: ['oauth_verifier'],
    advice:
      outcome === 'destroyed'
        ? 'The verifier was wrong too often; begin the authorization again.'
        : 'The verifier is wrong: send the one that the user was given with this request token.',
  });
}
