/** OAuth: RFC 5849 as pure functions. Bytes in, bytes out; no dependency, no clock, no randomness of its own. */
export { hasOAuthScheme } from './authorization-header.ts';
export { baseStringUri, signatureBaseString } from './base-string.ts';
export { bodyHash, bodyHashMatches } from './body-hash.ts';
export { formPieces, writeForm } from './form.ts';
export type { ArrivedRequest, Carrier, OAuthMessage, Parameter, ProtocolParameters } from './message.ts';
export { carriesOAuth, parseMessage, soleParameter, withoutProtocolParameters } from './parse.ts';
export { canonicalise, decodePercent, encodePercent, encodeWireBytes } from './percent-encoding.ts';
export {
  PROBLEMS,
  Problem,
  type ProblemCode,
  type ProblemEntry,
  type ProblemParticulars,
} from './problem.ts';
export { type ProblemReport, plainChallenge, reportProblem } from './problem-report.ts';
export { type SignedRequest, type SigningInput, type SigningKey, signRequest } from './sign.ts';
export { methodFamily } from './signature/algorithms.ts';
export {
  isSignatureMethod,
  type MethodFamily,
  type SharedSecrets,
  SIGNATURE_METHODS,
  type SignatureMethod,
} from './signature/method.ts';
export { type VerificationKey, verifySignature } from './verify.ts';
