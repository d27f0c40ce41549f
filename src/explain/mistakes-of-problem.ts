/** Which mistakes lead to which problem: a mistake that shows by itself fails one check, the others the signature. */
import type { ProblemCode } from '../oauth/index.ts';
import { EVIDENT_MISTAKES, type EvidentMistake, type MistakeCode, SIGNING_MISTAKES } from './mistake-code.ts';

const ANSWER: Readonly<Record<EvidentMistake, ProblemCode>> = {
  'authorization-missing': 'parameter_absent',
  'other-authorization-scheme': 'parameter_absent',
  'parameters-in-two-places': 'parameter_rejected',
  'signature-line-breaks': 'parameter_rejected',
  'clock-milliseconds': 'timestamp_refused',
  'clock-time-zone': 'timestamp_refused',
  'clock-skew': 'timestamp_refused',
  'nonce-repeated': 'nonce_used',
  'method-of-other-family': 'signature_method_rejected',
  'method-name-misspelt': 'signature_method_rejected',
  'plaintext-not-allowed': 'signature_method_rejected',
  'plaintext-unprotected': 'signature_method_rejected',
  'consumer-key-blanks': 'consumer_key_unknown',
  'callback-missing': 'parameter_absent',
  'verifier-missing': 'parameter_absent',
  'request-token-for-access-token': 'token_rejected',
  'body-changed': 'signature_invalid',
  'body-hash-of-other-bytes': 'signature_invalid',
};

/** The problem that a mistake is answered with. */
export function problemOf(mistake: MistakeCode): ProblemCode {
  return isEvident(mistake) ? ANSWER[mistake] : 'signature_invalid';
}

/** The mistakes that lead to a problem. */
export function mistakesOf(problem: ProblemCode): readonly MistakeCode[] {
  const evident = EVIDENT_MISTAKES.filter((mistake) => ANSWER[mistake] === problem);
  return problem === 'signature_invalid' ? [...SIGNING_MISTAKES, ...evident] : evident;
}

function isEvident(mistake: MistakeCode): mistake is EvidentMistake {
  return Object.hasOwn(ANSWER, mistake);
}
