/**
 * The lists as sheets: the columns that the console's CSV and the REST API's have alike, by their headings. What is in
 * them is what the lists and the pages of single records show; never a secret or a part of one.
 */
import {
  type RecordedAuditEvent,
  startOfDay,
  type TokenSummary,
  type UsageCount,
  type User,
} from '../model/index.ts';
import type { ConsumerRow } from './consumer-view.ts';
import type { ServiceProviderView } from './service-providers.ts';

/** What a cell may hold; null is an empty one, and a list stands with blanks between. */
export type SheetValue = string | number | boolean | readonly string[] | null;

/** The columns in their order, by their headings. */
export type Sheet<Row> = Readonly<Record<string, (row: Row) => SheetValue>>;

const consumers: Sheet<ConsumerRow> = {
  key: ({ consumer }) => consumer.key,
  name: ({ consumer }) => consumer.name,
  description: ({ consumer }) => consumer.description,
  owner: ({ consumer }) => consumer.owner,
  credential: ({ consumer }) => consumer.credential.kind,
  bits: ({ consumer: { credential } }) => (credential.kind === 'public-key' ? credential.bits : null),
  fingerprint: ({ consumer: { credential } }) =>
    credential.kind === 'public-key' ? credential.fingerprint : null,
  weaknesses: ({ consumer }) => consumer.credential.weaknesses,
  retiring_until: ({ consumer }) => moment(consumer.retiring?.validUntil ?? null),
  callback: ({ consumer }) => consumer.callback,
  read_only: ({ consumer }) => consumer.limits.readOnly,
  paths: ({ consumer }) => consumer.limits.paths,
  two_legged: ({ consumer }) => consumer.twoLegged.allowed,
  execute_as: ({ consumer }) => consumer.twoLegged.executeAs,
  may_impersonate: ({ consumer }) => consumer.twoLegged.mayImpersonate,
  legacy_10: ({ consumer }) => consumer.legacy10,
  allow_plaintext: ({ consumer }) => consumer.allowPlaintext,
  base_url: ({ consumer }) => consumer.baseUrl,
  active_users: ({ activeUsers }) => activeUsers,
  last_used: ({ lastUsedAt }) => moment(lastUsedAt),
  created: ({ consumer }) => moment(consumer.createdAt),
  updated: ({ consumer }) => moment(consumer.updatedAt),
};

const serviceProviders: Sheet<ServiceProviderView> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  consumer_key: ({ consumerKey }) => consumerKey,
  credential: ({ ownKey }) => (ownKey ? 'own-key' : 'shared-secret'),
  signature_method: ({ signatureMethod }) => signatureMethod,
  request_token_url: ({ requestTokenUrl }) => requestTokenUrl,
  authorize_url: ({ authorizeUrl }) => authorizeUrl,
  access_token_url: ({ accessTokenUrl }) => accessTokenUrl,
  base_url: ({ baseUrl }) => baseUrl,
  confirms_callback: ({ confirmsCallback }) => confirmsCallback,
  two_legged: ({ twoLegged }) => twoLegged,
  hand_entry: ({ handEntry }) => handEntry,
  allowed_methods: ({ allowedMethods }) => allowedMethods,
  allowed_paths: ({ allowedPaths }) => allowedPaths,
  created: ({ createdAt }) => moment(createdAt),
  updated: ({ updatedAt }) => moment(updatedAt),
};

const tokens: Sheet<TokenSummary> = {
  id: ({ token }) => token.id,
  consumer: ({ token }) => token.consumerKey,
  consumer_name: ({ consumerName }) => consumerName,
  user: ({ token }) => token.userName,
  full_name: ({ userDisplayName }) => userDisplayName,
  gadget: ({ token }) => token.gadgetUrl,
  issued: ({ token }) => moment(token.createdAt),
  expires: ({ token }) => moment(token.expiresAt),
  renewable_until: ({ token }) => moment(token.sessionExpiresAt),
  last_used: ({ token }) => moment(token.lastUsedAt),
};

const users: Sheet<User> = {
  name: ({ name }) => name,
  full_name: ({ displayName }) => displayName,
  email: ({ email }) => email,
  administrator: ({ isAdministrator }) => isAdministrator,
  disabled: ({ isDisabled }) => isDisabled,
  created: ({ createdAt }) => moment(createdAt),
  last_login: ({ lastLoginAt }) => moment(lastLoginAt),
};

const usage: Sheet<UsageCount> = {
  day: ({ day }) => new Date(startOfDay(day) * 1000).toISOString().slice(0, 10),
  consumer: ({ consumerKey }) => consumerKey,
  method: ({ method }) => method,
  version: ({ version }) => version,
  requests: ({ requests }) => requests,
  last: ({ lastAt }) => moment(lastAt),
};

const audit: Sheet<RecordedAuditEvent> = {
  time: ({ at }) => moment(at),
  actor: ({ actor }) => actor,
  action: ({ action }) => action,
  object: ({ object }) => object,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
  note: ({ note }) => note,
};

/** Every list that can be taken along. */
export const SHEETS = { consumers, serviceProviders, tokens, users, usage, audit } as const;

/** A moment as spreadsheets read it. */
function moment(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}
