/** Model: what consumers, tokens, users and the rest are, how they may change, and the ports of storage. */
export {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditEvent,
  EVERY_CONSUMER,
  EVERY_USER,
  type RecordedAuditEvent,
  searchedTexts,
} from './audit-event.ts';
export { plainBase } from './base-url.ts';
export {
  CALLBACK_MISTAKES,
  type CallbackMistake,
  callbackWithin,
  isLoopbackHost,
  parseCallbackUri,
} from './callback-uri.ts';
export {
  API_SCOPES,
  type ApiKey,
  type ApiScope,
  type Connection,
  type PendingConnection,
} from './connection.ts';
export type {
  Consumer,
  ConsumerCredential,
  RetiringCredential,
} from './consumer.ts';
export * from './dashboard.ts';
export type * from './dashboard-ports.ts';
export type * from './ending.ts';
export type * from './gadget.ts';
export type * from './gadget-ports.ts';
export {
  type Installation,
  type InstallationChanges,
  type InstallationKeys,
  type KeyPair,
  type NextKeyPair,
  publishedKey,
  settledInstallation,
  signingKeyOf,
} from './installation.ts';
export type { ListPlace, ListQuery, Page, PageQuery } from './list-query.ts';
export type { NonceEra, NonceLease } from './nonce-lease.ts';
export type * from './observation-ports.ts';
export {
  isAmbiguousPath,
  matchesAnyPath,
  PathPatternRefused,
  readPathPattern,
} from './path-pattern.ts';
export * from './ports.ts';
export {
  type KeyRefusal,
  KeyRefused,
  type PublicKeyFacts,
  publicKeyFacts,
  publicKeyObject,
} from './public-key.ts';
export { parsePublicKey } from './public-key-text.ts';
export {
  packRefusal,
  type Refusal,
  type RefusalSummary,
  type RefusedRequest,
  unpackRefusal,
} from './refusal.ts';
export type { RequestRate, RequestRateLimiter } from './request-rate.ts';
export { searchForm } from './search-form.ts';
export type { SecondFactor, SecondFactorAddition, SecondFactorStore } from './second-factor.ts';
export {
  audienceOf,
  HAND_ENTRIES,
  type HandEntry,
  type ProviderConduct,
  type ProviderPlace,
  type ServiceProvider,
  TOKEN_METHODS,
  TWO_LEGGED_FORMS,
  type TwoLeggedForm,
  USUAL_CONDUCT,
} from './service-provider.ts';
export {
  type AccessToken,
  type ProtocolVersion,
  type RequestToken,
  tokenHash,
} from './tokens.ts';
export { TransferRefused } from './transfer-refused.ts';
export {
  dayOf,
  OLD_WAYS,
  type OldWay,
  startOfDay,
  USAGE_DAYS_KEPT,
  type UsageCount,
  type UsageWay,
  usesOldWay,
} from './usage.ts';
export {
  hasFields,
  type Identity,
  identityOf,
  type Session,
  type User,
  type UserChanges,
  type UserConditions,
  type UserOutcome,
  userNameKey,
} from './user.ts';
