/**
 * Administration: what administrators do to consumers, service providers, tokens and this installation's identity.
 * Each use case takes the context, an input and who acts, writes its audit entry with the change, and either gives
 * the record or throws `Refused` with every mistake. Pages, REST API and command line are faces of these.
 */
export {
  type ConsumerEdit,
  DEFAULT_OVERLAP_SECONDS,
  editConsumer,
  findConsumer,
  MAXIMUM_OVERLAP_DAYS,
  type Rotation,
  rotateConsumer,
} from './change-consumer.ts';
export {
  type ConsumerChanges,
  type ConsumerFields,
  consumerFields,
  PLAIN_FIELDS,
} from './consumer-fields.ts';
export { type ConsumerRow, type ConsumerView, consumerView, listConsumers } from './consumer-view.ts';
export type { AdministrationContext } from './context.ts';
export type { CredentialInput } from './credential.ts';
export {
  type CredentialFacts,
  credentialFacts,
  type KeyFacts,
  publicKeyPem,
  type SecretFacts,
  type Weakness,
} from './credential-facts.ts';
export {
  ENDING_KINDS,
  ENDS_SOON_DAYS,
  type EndingSoon,
  endingSoon,
} from './ending-soon.ts';
export { editInstallation, ensureInstallation, type InstallationChanges } from './installation.ts';
export {
  endOfLink,
  holdsKey,
  isOpen,
  LINK_DIRECTIONS,
  type LinkDirection,
  type LinkEnd,
  type LinkInput,
  linkInstallation,
  unlinkInstallation,
} from './link-installation.ts';
export { findLink, type Link } from './link-records.ts';
export { type ListCursors, listCursors, type PageBeginning } from './list-cursors.ts';
export {
  FIELD_LABELS,
  MISTAKE_CODES,
  type Mistake,
  type MistakeCode,
  type MistakeField,
  mistakeSentence,
  type NextStepField,
  nextStepField,
  Refused,
  refusal,
} from './mistake.ts';
export {
  entryOf,
  type HistoryEntry,
  type SettingDifference,
} from './object-history.ts';
export { holdsPrivateKey, mayBePrivateKey } from './private-key.ts';
export { CARRIERS } from './provider-conduct.ts';
export {
  lastProviderTest,
  type RecordedTest,
  recordProviderTest,
  type TestVerdict,
  worstOf,
} from './provider-test-record.ts';
export { keyPublishedNow, publishedBaseUrl, publishedKey } from './published-key.ts';
export {
  type ConsumerInformation,
  consumerFromInformation,
  type NewConsumer,
  type Registered,
  registerConsumer,
} from './register-consumer.ts';
export { removeConsumer } from './remove-consumer.ts';
export {
  consumerHistory,
  type Restoration,
  restoreConsumer,
  restoreServiceProvider,
  serviceProviderHistory,
} from './restore.ts';
export {
  forgetOldKey,
  installationKeyFacts,
  type KeyRotation,
  rotateInstallationKey,
} from './rotate-installation-key.ts';
export {
  PLAIN_PROVIDER_FIELDS,
  type ServiceProviderFields,
  serviceProviderFields,
} from './service-provider-fields.ts';
export {
  addServiceProvider,
  editServiceProvider,
  findServiceProvider,
  listServiceProviders,
  removeServiceProvider,
  type ServiceProviderInput,
  type ServiceProviderView,
  serviceProviderView,
} from './service-providers.ts';
export { SHEETS, type Sheet, type SheetValue } from './sheets.ts';
export { listTokens, revokeToken, revokeTokens } from './tokens.ts';
export {
  type Dependant,
  MOST_CONSUMERS_COUNTED,
  reportLargestUsage,
  reportUsage,
  type UsageReport,
  usageFilter,
} from './usage.ts';
