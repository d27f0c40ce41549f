/** Explain: why a signed request is refused, by which mistake, and what to do. It explains and never grants. */

export { Secret } from '../base/index.ts';
export { signedRequestKind } from '../provider/index.ts';
export { type DescribedArrival, type DescribedHeader, describeArrival } from './arrival/describe-arrival.ts';
export { ARRIVAL_TROUBLES } from './arrival/find-trouble.ts';
export { assertAccepted, RequestNotAccepted } from './assert-accepted.ts';
export {
  assertSignature,
  describeExplanation,
  type ExpectedCredentials,
  SignatureAssertionError,
} from './assert-signature.ts';
export { causeOf, mistakePage } from './causes.ts';
export { explain } from './explain.ts';
export { explainRefusal, nonceOfRefusal } from './explain-refusal.ts';
export {
  type BaseStringComparison,
  type BaseStringRow,
  type Cause,
  CHECK_NAMES,
  type Check,
  type CheckName,
  type CheckOutcome,
  type Explanation,
  type JourneyRow,
  type RowState,
} from './explanation.ts';
export { type GatheredBeside, gatherKnowledge } from './gather-knowledge.ts';
export { describeJourney } from './journey.ts';
export type { ArrivalFacts, Knowledge, Language, NonceKnowledge } from './knowledge.ts';
export {
  EVIDENT_MISTAKES,
  type EvidentMistake,
  groupMistakes,
  type MistakeCode,
  type MistakeGroup,
  SIGNING_MISTAKES,
  type SigningMistake,
} from './mistake-code.ts';
export { mistakesOf, problemOf } from './mistakes-of-problem.ts';
export { type OfflineFacts, offlineKnowledge } from './offline-knowledge.ts';
export { withPageAddresses } from './page-addresses.ts';
export { arrivedFromPasted } from './pasted/arrived-from-pasted.ts';
export type { PastedKind, PastedMistake, PastedReading, PastedRequest } from './pasted/pasted-request.ts';
export { readPastedRequest } from './pasted/read-pasted-request.ts';
export { CLIENT_LINES, CLIENTS, type Client } from './texts/client-lines.ts';
export {
  MISTAKE_GROUP_TITLES,
  MISTAKE_TEXTS,
  type MistakeText,
  PROBLEM_TEXTS,
  type ProblemText,
} from './texts/index.ts';
