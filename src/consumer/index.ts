/**
 * Consumer: this installation, or any program, as a client of OAuth 1.0a providers. `beginConnection` and
 * `finishConnection` are the dance; `signedFetch` and `sendSigned` make requests with what it gave; `createClient`
 * is the same for programs without a storage. Pure: clock, randomness, storage and the network are handed in.
 */
export {
  BEGINNINGS_A_MINUTE,
  BEGINNINGS_WINDOW_SECONDS,
  mayBegin,
} from './beginning-limit.ts';
export { type ConnectionCallback, readConnectionCallback } from './callback.ts';
export {
  type Client,
  type ClientSettings,
  type ClientToken,
  createClient,
  type PendingAuthorization,
} from './client.ts';
export {
  type BeginConnection,
  beginConnection,
  type ConnectionOutcome,
  disconnect,
  type FinishConnection,
  finishConnection,
} from './connect.ts';
export {
  type ConsumerContext,
  type ConsumerPorts,
  type ConsumerStorage,
  createConsumerContext,
  type FetchAnswer,
  type FetchPort,
  type FetchRequest,
} from './context.ts';
export { type EnteredToken, enterToken } from './enter-token.ts';
export {
  type AnswerFault,
  ConnectionNeedsApproval,
  isProviderTrouble,
  ProviderAnswerRefused,
  type ProviderTrouble,
  ProviderUnreachable,
  type RequestFault,
  RequestNotAllowed,
} from './errors.ts';
export type { ProviderPreset } from './preset-facts.ts';
export { type FilledPreset, fillPreset, PRESETS } from './presets.ts';
export { describeProblem, KNOWN_PROBLEMS } from './problem-words.ts';
export { type ProviderRefusal, readRefusal } from './provider-refusal.ts';
export { connectionFor, renewConnection } from './renewal.ts';
export {
  type ActsAs,
  type OutgoingRequest,
  type RequestToSign,
  type SentAnswer,
  sendSigned,
  signedFetch,
} from './signed-fetch.ts';
export { standardFetchPort } from './standard-fetch.ts';
export { type ShownExchange, type TestOutcome, type TestStep, testProvider } from './test-provider.ts';
export { problemInChallenge, problemReported } from './token-response.ts';
