/**
 * Every kind of record that is carried, in the order in which they can be put in: owners before what they own. What
 * is in no list here is left behind on purpose, and `LEFT_BEHIND` says why; a test holds the two against the schema,
 * so a new table or column cannot be forgotten in backups.
 */
import {
  type AuditAction,
  CALLBACK_MISTAKES,
  KeyRefused,
  PathPatternRefused,
  parseCallbackUri,
  plainBase,
  publicKeyObject,
  readPathPattern,
  searchedTexts,
  userNameKey,
} from '../../model/index.ts';
import { SIGNATURE_METHODS } from '../../oauth/index.ts';
import { searchText } from '../sql/index.ts';
import { GADGET_RECORD_TYPES } from './gadget-record-types.ts';
import { choice, field, type RecordType, type Row } from './record-type.ts';

const text = (row: Row, column: string) => String(row[column] ?? '');
const nothing = () => [];
const alone = () => ({});
const present = (row: Row, column: string, name: string) =>
  text(row, column).trim() === '' ? [`\`${name}\` is empty`] : [];

const createdAt = field('created_at', 'number');
const ownedByUser = { user_key: ['users', 'name_key'] } as const;
const baseKey = ({ base_url: url = null }: Row) => (url === null ? null : plainBase(String(url)));
const userKey = (row: Row) => ({ user_key: userNameKey(text(row, 'user_name')) });

const installation: RecordType = {
  type: 'installation',
  table: 'installation',
  about: 'what this installation is to others: one record',
  key: ['id'],
  order: ['id'],
  fields: [
    field('consumer_key'),
    field('name'),
    field('description'),
    field('callback', 'text', 'nullable'),
    field('public_key'),
    field('private_key', 'text', 'secret'),
    field('next_public_key', 'text', 'nullable'),
    field('next_private_key', 'text', 'nullable', 'secret'),
    field('next_activates_at', 'number', 'nullable'),
    field('assertion_key', 'text', 'secret'),
    createdAt,
  ],
  derive: () => ({ id: 1 }),
  check: nothing,
  owners: {},
  givesAccess: false,
};

const user: RecordType = {
  type: 'user',
  table: 'users',
  about: 'people who can log in; the password as its hash',
  key: ['name_key'],
  order: ['name_key'],
  fields: [
    field('name'),
    field('display_name'),
    field('email', 'text', 'nullable'),
    field('is_administrator', 'flag'),
    field('is_disabled', 'flag'),
    field('password_hash', 'text', 'nullable'),
    field('identity_issuer', 'text', 'nullable'),
    field('identity_subject', 'text', 'nullable'),
    createdAt,
    field('last_login_at', 'number', 'nullable', 'volatile'),
  ],
  derive: (row) => ({
    name_key: userNameKey(text(row, 'name')),
    search_text: searchText(text(row, 'name'), text(row, 'display_name'), text(row, 'email')),
  }),
  check: (row) => present(row, 'name', 'name'),
  owners: {},
  givesAccess: false,
};

const secondFactor: RecordType = {
  type: 'second-factor',
  table: 'second_factors',
  about: 'what users prove at login beside the password; recovery codes as their digests',
  key: ['user_key'],
  order: ['user_key'],
  fields: [
    field('user_name'),
    field('secret', 'text', 'secret'),
    field('last_step', 'number', 'volatile'),
    field('recovery_hashes', 'json', 'volatile'),
    createdAt,
  ],
  derive: userKey,
  check: nothing,
  owners: ownedByUser,
  givesAccess: false,
};

const consumer: RecordType = {
  type: 'consumer',
  table: 'consumers',
  about: 'applications that may ask users for access',
  key: ['consumer_key'],
  order: ['consumer_key'],
  fields: [
    field('consumer_key'),
    field('name'),
    field('description'),
    choice('credential_kind', 'public-key', 'shared-secret'),
    field('public_key', 'text', 'nullable'),
    field('certificate', 'text', 'nullable'),
    field('secret', 'text', 'nullable', 'secret'),
    field('retiring_kind', 'text', 'nullable'),
    field('retiring_public_key', 'text', 'nullable'),
    field('retiring_certificate', 'text', 'nullable'),
    field('retiring_secret', 'text', 'nullable', 'secret'),
    field('retiring_until', 'number', 'nullable'),
    field('callback', 'text', 'nullable'),
    field('legacy10', 'flag'),
    field('allow_plaintext', 'flag'),
    field('two_legged', 'flag'),
    field('execute_as', 'text', 'nullable'),
    field('may_impersonate', 'flag'),
    field('read_only', 'flag'),
    field('paths', 'json'),
    field('base_url', 'text', 'nullable'),
    field('owner_key', 'text', 'nullable'),
    field('owner_name', 'text', 'nullable'),
    createdAt,
    field('updated_at', 'number'),
  ],
  derive: (row) => ({
    sort_name: text(row, 'name').toLowerCase(),
    search_text: searchText(text(row, 'consumer_key'), text(row, 'name'), text(row, 'description')),
    base_key: baseKey(row),
  }),
  check: (row) => [
    ...present(row, 'consumer_key', 'consumerKey'),
    ...callbackMistakes(row.callback ?? null),
    ...pathMistakes(text(row, 'paths')),
    ...credentialMistakes(row, '', row.credential_kind),
    ...(row.retiring_kind === null ? [] : credentialMistakes(row, 'retiring_', row.retiring_kind)),
  ],
  owners: { owner_key: ['users', 'name_key'] },
  givesAccess: false,
};

/** The same policy as at registration: a key that would verify forgeries gets in by no door. */
function credentialMistakes(row: Row, prefix: string, kind: unknown): string[] {
  const key = row[`${prefix}public_key`] ?? null;
  const secret = row[`${prefix}secret`] ?? null;
  if (kind === 'shared-secret') {
    return secret === null || key !== null
      ? ['a consumer with a shared secret needs `secret` and no key']
      : [];
  }
  if (key === null || secret !== null)
    return ['a consumer with a public key needs `publicKey` and no secret'];
  try {
    publicKeyObject(String(key));
    return [];
  } catch (error) {
    if (error instanceof KeyRefused) return [error.message];
    throw error;
  }
}

function callbackMistakes(callback: Row[string]): string[] {
  if (callback === null || callback === undefined) return [];
  const reading = parseCallbackUri(String(callback), { allowPlainHttp: true });
  return reading.ok ? [] : [`\`callback\`: ${CALLBACK_MISTAKES[reading.reason]}`];
}

function pathMistakes(paths: string): string[] {
  const patterns: unknown = JSON.parse(paths);
  if (!Array.isArray(patterns)) return ['`paths` must be a list of path patterns'];
  try {
    for (const pattern of patterns) readPathPattern(String(pattern));
    return [];
  } catch (error) {
    if (error instanceof PathPatternRefused) return [`\`paths\`: ${error.message}`];
    throw error;
  }
}

const accessToken: RecordType = {
  type: 'access-token',
  table: 'access_tokens',
  about: 'what users approved; the token itself as its digest',
  key: ['hash'],
  order: ['hash'],
  fields: [
    field('hash'),
    field('id'),
    field('secret', 'text', 'secret'),
    field('consumer_key'),
    field('user_name'),
    field('gadget_url', 'text', 'nullable'),
    field('session_handle_hash'),
    createdAt,
    field('expires_at', 'number'),
    field('session_expires_at', 'number'),
    field('revoked_at', 'number', 'nullable'),
    field('last_used_at', 'number', 'nullable', 'volatile'),
  ],
  derive: userKey,
  check: (row) =>
    /^[0-9a-f]{64}$/.test(text(row, 'hash')) ? [] : ['`hash` must be a SHA-256 in lower-case hexadecimal'],
  owners: { consumer_key: ['consumers', 'consumer_key'], ...ownedByUser },
  givesAccess: true,
};

const serviceProvider: RecordType = {
  type: 'service-provider',
  table: 'service_providers',
  about: 'third parties whose data is fetched from here',
  key: ['name'],
  order: ['name'],
  fields: [
    field('id'),
    field('name'),
    field('consumer_key'),
    field('secret', 'text', 'nullable', 'secret'),
    field('description'),
    choice('signature_method', ...SIGNATURE_METHODS),
    field('request_token_url', 'text', 'nullable'),
    field('authorize_url', 'text', 'nullable'),
    field('access_token_url', 'text', 'nullable'),
    field('base_url', 'text', 'nullable'),
    choice('carrier', 'header', 'query', 'body'),
    field('realm', 'text', 'nullable'),
    choice('token_method', 'POST', 'GET'),
    field('confirms_callback', 'flag'),
    field('callback_at_authorize', 'flag'),
    field('sends_body_hash', 'flag'),
    choice('two_legged', 'off', 'empty-token', 'no-token'),
    choice('hand_entry', 'off', 'token', 'api-key'),
    field('allowed_methods', 'json'),
    field('allowed_paths', 'json'),
    createdAt,
    field('updated_at', 'number'),
  ],
  derive: (row) => ({
    sort_name: text(row, 'name').toLowerCase(),
    search_text: searchText(text(row, 'name'), text(row, 'consumer_key'), text(row, 'description')),
    base_key: baseKey(row),
  }),
  check: (row) => present(row, 'name', 'name'),
  owners: {},
  givesAccess: false,
};

const connection: RecordType = {
  type: 'connection',
  table: 'connections',
  about: 'tokens that service providers gave us, each for one user',
  key: ['id'],
  order: ['id'],
  fields: [
    field('id'),
    field('user_name'),
    field('provider_name'),
    field('gadget_url'),
    field('audience'),
    field('consumer_key', 'text', 'nullable'),
    field('token', 'text', 'secret'),
    field('secret', 'text', 'secret'),
    field('session_handle', 'text', 'nullable', 'secret'),
    field('account_label', 'text', 'nullable'),
    field('expires_at', 'number', 'nullable'),
    field('session_expires_at', 'number', 'nullable'),
    choice('state', 'active', 'dead'),
    field('problem', 'text', 'nullable'),
    field('version', 'number'),
    createdAt,
    field('renewed_at', 'number', 'nullable'),
    field('last_used_at', 'number', 'nullable', 'volatile'),
  ],
  derive: (row) => ({ ...userKey(row), renewing_until: 0 }),
  check: nothing,
  owners: { provider_name: ['service_providers', 'name'], ...ownedByUser },
  givesAccess: false,
};

const apiKey: RecordType = {
  type: 'api-key',
  table: 'api_keys',
  about: 'keys of users’ programs, as their digests',
  key: ['id'],
  order: ['id'],
  fields: [
    field('id'),
    field('hash'),
    field('label'),
    field('user_name'),
    choice('scope', 'providers', 'read', 'write'),
    field('providers', 'json', 'nullable'),
    createdAt,
    field('expires_at', 'number', 'nullable'),
    field('last_used_at', 'number', 'nullable', 'volatile'),
  ],
  derive: userKey,
  check: nothing,
  owners: ownedByUser,
  givesAccess: true,
};

const usage: RecordType = {
  type: 'usage',
  table: 'usage_counts',
  about: 'accepted requests of a consumer by day, method and version',
  key: ['consumer_key', 'day', 'method', 'version'],
  order: ['consumer_key', 'day', 'method', 'version'],
  fields: [
    field('consumer_key'),
    field('day', 'number'),
    field('method'),
    field('version'),
    field('requests', 'number', 'volatile'),
    field('last_at', 'number', 'volatile'),
  ],
  derive: alone,
  check: nothing,
  owners: { consumer_key: ['consumers', 'consumer_key'] },
  givesAccess: false,
};

const auditEvent: RecordType = {
  type: 'audit-event',
  table: 'audit_events',
  about: 'who changed what, oldest first',
  key: ['at', 'actor', 'action', 'object', 'state_before', 'state_after', 'note'],
  order: ['id'],
  fields: [
    field('at', 'number'),
    field('actor'),
    field('action'),
    field('object'),
    field('state_before', 'json', 'nullable'),
    field('state_after', 'json', 'nullable'),
    field('note', 'text', 'nullable'),
  ],
  derive: (row) => ({
    search_text: searchText(
      ...searchedTexts({
        actor: text(row, 'actor'),
        action: text(row, 'action') as AuditAction,
        object: text(row, 'object'),
        note: text(row, 'note'),
        before: JSON.parse(text(row, 'state_before') || 'null'),
        after: JSON.parse(text(row, 'state_after') || 'null'),
      }),
    ),
  }),
  check: nothing,
  owners: {},
  givesAccess: false,
};

/** All kinds, owners first. */
export const RECORD_TYPES: readonly RecordType[] = [
  installation,
  user,
  secondFactor,
  consumer,
  accessToken,
  serviceProvider,
  connection,
  apiKey,
  usage,
  ...GADGET_RECORD_TYPES,
  auditEvent,
];

/** Tables that are not carried, with the reason. A restore empties those that `isEmptied`. */
export const LEFT_BEHIND: Readonly<Record<string, { readonly why: string; readonly isEmptied: boolean }>> = {
  sessions: { why: 'everybody logs in again', isEmptied: true },
  request_tokens: { why: 'they live for minutes; the consumer asks again', isEmptied: true },
  pending_connections: { why: 'they live for minutes; the user connects again', isEmptied: true },
  refusals: { why: 'they explain requests of the last days to this server', isEmptied: true },
  used_nonces: { why: 'the first window after a restore is refused instead', isEmptied: true },
  attempts: { why: 'limits on guessing go on as they are', isEmptied: false },
  facts: { why: 'they belong to this database and its key file', isEmptied: false },
  audit_blocks: { why: 'they are made anew behind those who write', isEmptied: false },
  ...eachStays('triggers keep it', 'grounds_version table_versions consumer_list consumer_search'),
  ...eachStays('triggers keep it', 'user_list user_search usage_days usage_sums dashboard_popularity'),
  ...eachStays('it shows what is in another', 'consumer_runs user_runs audit_runs'),
};

function eachStays(why: string, tables: string) {
  return Object.fromEntries(tables.split(' ').map((table) => [table, { why, isEmptied: false }]));
}
