/** OAuth: RFC 5849 as pure functions. Bytes in, bytes out; no dependency, no clock, no randomness of its own. */
export type { ArrivedRequest, Carrier, OAuthMessage, Parameter, ProtocolParameters } from './message.ts';
export { PROBLEMS, Problem, type ProblemCode, type ProblemEntry, type ProblemParticulars } from './problem.ts';
export { type MethodFamily, SIGNATURE_METHODS, type SignatureMethod } from './signature/method.ts';
