/**
 * The tables as kysely knows them. The same for every database: truth values are 0 and 1, times whole seconds
 * since 1970, lists and objects JSON text. A column called `secret` or ending in `_key` of the installation is
 * sealed (storage/sealing). `search_text` holds what a list's search looks at, in lower case, one field a line.
 */
import type { Generated } from 'kysely';
import type { UsageDayRow, UsageRow, UsageSumRow } from './usage-rows.ts';

/** Truth value of a column. */
export type Flag = 0 | 1;

export interface ConsumerRow {
  consumer_key: string;
  name: string;
  sort_name: string;
  search_text: string;
  description: string;
  credential_kind: 'public-key' | 'shared-secret';
  public_key: string | null;
  certificate: string | null;
  secret: string | null;
  retiring_kind: 'public-key' | 'shared-secret' | null;
  retiring_public_key: string | null;
  retiring_certificate: string | null;
  retiring_secret: string | null;
  retiring_until: number | null;
  callback: string | null;
  legacy10: Flag;
  allow_plaintext: Flag;
  two_legged: Flag;
  execute_as: string | null;
  may_impersonate: Flag;
  read_only: Flag;
  paths: string;
  base_url: string | null;
  /** `userNameKey` of the owner; emptied when the user goes. */
  owner_key: string | null;
  /** Of meaning only while there is an `owner_key`. */
  owner_name: string | null;
  /** `plainBase` of it, for searching. */
  base_key: string | null;
  created_at: number;
  updated_at: number;
}

/** What the list of consumers is searched and sorted by; triggers keep it. */
export interface ConsumerListRow {
  id: Generated<number>;
  consumer_key: string;
  sort_name: string;
  search_text: string;
  created_at: number;
  /** Of any of its tokens, ever. */
  last_used_at: number | null;
}

/** What the list of users is searched and sorted by; triggers keep it. */
export interface UserListRow {
  id: Generated<number>;
  name_key: string;
  search_text: string;
  created_at: number;
  last_login_at: number | null;
}

export interface UserRow {
  /** `userNameKey` of the name. */
  name_key: string;
  name: string;
  search_text: string;
  display_name: string;
  email: string | null;
  is_administrator: Flag;
  is_disabled: Flag;
  password_hash: string | null;
  identity_issuer: string | null;
  identity_subject: string | null;
  created_at: number;
  last_login_at: number | null;
}

export interface SessionRow {
  hash: string;
  user_key: string;
  user_name: string;
  csrf_token: string;
  created_at: number;
  last_seen_at: number;
  proven_at: number;
  expires_at: number;
}

export interface SecondFactorRow {
  user_key: string;
  user_name: string;
  /** Sealed. */
  secret: string;
  last_step: number;
  /** JSON: a list of digests. */
  recovery_hashes: string;
  created_at: number;
}

export interface RequestTokenRow {
  hash: string;
  secret: string;
  consumer_key: string;
  state: 'undecided' | 'approved' | 'denied' | 'used';
  version: '1.0' | '1.0a';
  callback: string | null;
  user_key: string | null;
  user_name: string | null;
  verifier_hash: string | null;
  failed_verifiers: number;
  gadget_url: string | null;
  created_at: number;
  expires_at: number;
}

export interface AccessTokenRow {
  hash: string;
  id: string;
  secret: string;
  consumer_key: string;
  user_key: string;
  user_name: string;
  gadget_url: string | null;
  session_handle_hash: string;
  created_at: number;
  expires_at: number;
  session_expires_at: number;
  revoked_at: number | null;
  last_used_at: number | null;
}

export interface ServiceProviderRow {
  id: string;
  name: string;
  sort_name: string;
  search_text: string;
  consumer_key: string;
  secret: string | null;
  description: string;
  signature_method: string;
  request_token_url: string | null;
  authorize_url: string | null;
  access_token_url: string | null;
  base_url: string | null;
  /** `plainBase` of it, for searching. */
  base_key: string | null;
  carrier: 'header' | 'query' | 'body';
  realm: string | null;
  token_method: 'POST' | 'GET';
  confirms_callback: Flag;
  callback_at_authorize: Flag;
  sends_body_hash: Flag;
  two_legged: 'off' | 'empty-token' | 'no-token';
  hand_entry: 'off' | 'token' | 'api-key';
  allowed_methods: string;
  allowed_paths: string;
  created_at: number;
  updated_at: number;
}

export interface ConnectionRow {
  id: string;
  user_key: string;
  user_name: string;
  provider_name: string;
  /** '' without a gadget, so that the index of owners holds. */
  gadget_url: string;
  audience: string;
  consumer_key: string | null;
  token: string;
  secret: string;
  session_handle: string | null;
  account_label: string | null;
  expires_at: number | null;
  session_expires_at: number | null;
  state: 'active' | 'dead';
  problem: string | null;
  version: number;
  /** Until when somebody's claim to renew it runs; 0 for none. */
  renewing_until: number;
  created_at: number;
  renewed_at: number | null;
  last_used_at: number | null;
}

export interface PendingConnectionRow {
  hash: string;
  secret: string;
  provider_name: string;
  user_key: string;
  user_name: string;
  session_hash: string;
  audience: string;
  gadget_url: string | null;
  return_to: string;
  created_at: number;
  expires_at: number;
}

export interface ApiKeyRow {
  id: string;
  hash: string;
  label: string;
  user_key: string;
  user_name: string;
  /** JSON list of providers' ids; null reaches all. */
  providers: string | null;
  scope: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

export interface InstallationRow {
  /** Always 1: there is one installation. */
  id: number;
  consumer_key: string;
  name: string;
  description: string;
  callback: string | null;
  public_key: string;
  private_key: string;
  next_public_key: string | null;
  next_private_key: string | null;
  next_activates_at: number | null;
  assertion_key: string;
  created_at: number;
}

export interface AuditRow {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  object: string;
  state_before: string | null;
  state_after: string | null;
  note: string | null;
  search_text: string;
}

export interface AttemptRow {
  bucket: string;
  started_at: number;
  attempts: number;
}

export interface RefusalRow {
  request_id: string;
  at: number;
  consumer_key: string | null;
  is_known: Flag;
  /** Whose quota it counts on: a registered consumer's key, or '' for all strangers. */
  quota: string;
  problem: string;
  method: string;
  path: string;
  search_text: string;
  /** Sealed. */
  request: string;
}

export interface DashboardRow {
  id: string;
  /** `userNameKey` of the owner; null: the system default. */
  owner_key: string | null;
  owner_name: string | null;
  name: string;
  sort_name: string;
  search_text: string;
  description: string;
  layout: string;
  /** JSON list of what stands on it. */
  gadgets: string;
  sharing: string;
  created_at: number;
  updated_at: number;
}

export interface FavouriteRow {
  dashboard_id: string;
  user_key: string;
  user_name: string;
}

/** Triggers keep it. */
export interface PopularityRow {
  dashboard_id: string;
  sharing: string;
  favourites: number;
}

export interface GadgetRow {
  id: string;
  spec_url: string;
  xml: string;
  /** JSON object: texts by address. */
  bundles: string;
  sha256: string;
  title: string;
  sort_title: string;
  description: string;
  author: string | null;
  thumbnail_url: string | null;
  /** JSON list. */
  categories: string;
  feed_id: string | null;
  added_by: string;
  created_at: number;
  updated_at: number;
}

export interface HiddenGadgetRow {
  name: string;
}

export interface GadgetFeedRow {
  id: string;
  base_url: string;
  /** `plainBase` of it. */
  base_key: string;
  name: string;
  sort_name: string;
  added_by: string;
  created_at: number;
  fetched_at: number | null;
  trouble: string | null;
}

export interface OutboundRuleRow {
  pattern: string;
  note: string;
  added_by: string;
  created_at: number;
}

export interface UsedNonceRow {
  consumer_key: string;
  /** `tokenHash` of the token, or '' without one. */
  token_hash: string;
  timestamp: number;
  nonce_hash: string;
}

/** Single facts about the installation: see `FACTS` of facts.ts. */
export interface FactRow {
  name: string;
  value: string;
}

/** Changes with every write that a cached look-up of consumers, tokens or users must not outlive. */
export interface GroundsVersionRow {
  id: number;
  version: number;
}

export interface Database {
  consumers: ConsumerRow;
  consumer_list: ConsumerListRow;
  users: UserRow;
  user_list: UserListRow;
  sessions: SessionRow;
  second_factors: SecondFactorRow;
  request_tokens: RequestTokenRow;
  access_tokens: AccessTokenRow;
  service_providers: ServiceProviderRow;
  connections: ConnectionRow;
  pending_connections: PendingConnectionRow;
  api_keys: ApiKeyRow;
  installation: InstallationRow;
  audit_events: AuditRow;
  attempts: AttemptRow;
  refusals: RefusalRow;
  usage_counts: UsageRow;
  usage_days: UsageDayRow;
  usage_sums: UsageSumRow;
  dashboards: DashboardRow;
  dashboard_favourites: FavouriteRow;
  dashboard_popularity: PopularityRow;
  gadgets: GadgetRow;
  hidden_gadgets: HiddenGadgetRow;
  gadget_feeds: GadgetFeedRow;
  outbound_rules: OutboundRuleRow;
  used_nonces: UsedNonceRow;
  facts: FactRow;
  grounds_version: GroundsVersionRow;
}

/** A truth value as it is stored. */
export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
