/**
 * Stage of the exchange: the verifier. A try is taken from the token in storage before anything is compared, so that
 * guesses in parallel, on any number of nodes, cannot have more than the five tries. @see RFC 5849 s2.3
 */
import type { VerifierOutcome } from '../../model/index.ts';
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
  const { requestTokens } = context.storage;
  if (!(await requestTokens.takeVerifierTry(requestToken.hash, VERIFIER_TRIES))) throw wrong('destroyed');
  if (verifierMatches(verifier, requestToken.verifierHash)) return;
  throw wrong(await requestTokens.noteWrongVerifier(requestToken.hash, VERIFIER_TRIES));
}

function wrong(outcome: VerifierOutcome): Problem {
  return new Problem('token_rejected', {
    rejected: ['oauth_verifier'],
    advice:
      outcome === 'destroyed'
        ? 'The verifier was wrong too often; begin the authorization again.'
        : 'The verifier is wrong: send the one that the user was given with this request token.',
  });
}
