/**
 * Stage of the exchange: the verifier. It is compared where it is stored, in one step with the counting of wrong ones,
 * so that guesses in parallel, on any number of nodes, cannot have more than the five tries. @see RFC 5849 s2.3
 */
import type { VerifierOutcome } from '../../model/index.ts';
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';
import { VERIFIER_TRIES, verifierReadings } from '../verifier.ts';
import { missing } from './require-parameters.ts';

/** @throws {Problem} parameter_absent without a verifier, token_rejected for a wrong one */
export async function checkVerifier({ context, message, presented }: Examination): Promise<void> {
  const { requestToken } = presented;
  if (requestToken === null || requestToken.verifierHash === null) return;
  const { verifier } = message.protocol;
  if (!verifier) throw missing(['oauth_verifier']);
  const { requestTokens } = context.storage;
  const readings = verifierReadings(verifier);
  const outcome = await requestTokens.tryVerifier(requestToken.hash, readings, VERIFIER_TRIES);
  if (outcome !== 'right') throw wrong(outcome);
}

function wrong(outcome: Exclude<VerifierOutcome, 'right'>): Problem {
  return new Problem('token_rejected', {
    rejected: ['oauth_verifier'],
    advice:
      outcome === 'destroyed'
        ? 'The verifier was wrong too often; begin the authorization again.'
        : 'The verifier is wrong: send the one that the user was given with this request token.',
  });
}
