/** Explain: why a signed request is refused, by which mistake, and what to do. It explains and never grants. */
export { causeOf, mistakePage } from './causes.ts';
export { explain } from './explain.ts';
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
export type { ArrivalFacts, Knowledge, Language, NonceKnowledge } from './knowledge.ts';
export {
  EVIDENT_MISTAKES,
  type EvidentMistake,
  type MistakeCode,
  SIGNING_MISTAKES,
  type SigningMistake,
} from './mistake-code.ts';
export { type OfflineFacts, offlineKnowledge } from './offline-knowledge.ts';
export type { PastedKind, PastedMistake, PastedReading, PastedRequest } from './pasted/pasted-request.ts';
export { MISTAKE_TEXTS, type MistakeText } from './texts/index.ts';
