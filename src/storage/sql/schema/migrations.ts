/**
 * Every step that ever changed the schema, in order. A step that was released is never edited: later changes
 * are later steps. Each runs in one transaction with its entry in `schema_version` (migrate.ts), so a crash
 * leaves it done or undone, never half.
 */
import { type Kysely, type SchemaModule, sql } from 'kysely';
import { addScope } from '../api-keys.ts';
import { addOwner } from '../consumer-rows.ts';
import type { Dialect } from '../context.ts';
import { countFavourites } from '../dashboard-popularity.ts';
import { indexEnds } from '../endings.ts';
import { addNextKey } from '../installation.ts';
import { createAuditBlocks } from '../lists/audit-blocks.ts';
import { createConsumerList } from '../lists/consumer-list.ts';
import { indexConsumerTexts, indexLongTexts } from '../lists/text-index.ts';
import { indexLists, indexLiveTokens, indexOwnersOfTokens } from '../lists/token-list.ts';
import { createUserList } from '../lists/user-list.ts';
import { bindToProviders } from '../provider-bonds.ts';
import { createRefusals } from '../refusals.ts';
import { createSecondFactors, indexSecondFactors } from '../second-factors.ts';
import { addProof } from '../sessions.ts';
import { createUsage } from '../usage.ts';
import { sumUsage } from '../usage-sums.ts';
import { addIdentity } from '../user-rows.ts';
import { addProviderConduct, createConnections, indexUse } from './connection-tables.ts';
import { createDashboards, createGadgets } from './gadget-tables.ts';
import { countReplacedTokens, createTableVersions } from './table-versions.ts';

/** One step. Its number is its place in the list, from 1. */
export interface Migration {
  readonly name: string;
  up<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void>;
}

export const MIGRATIONS: readonly Migration[] = [
  { name: 'consumers, users and their sessions', up: createOwners },
  { name: 'request tokens and access tokens', up: createTokens },
  { name: 'service providers and the installation itself', up: createInstallation },
  { name: 'audit log, attempts and nonces', up: createRecords },
  { name: 'version of what signed requests are checked against', up: createGroundsVersion },
  { name: 'how requests to a service provider are made', up: addProviderConduct },
  { name: 'connections to service providers and API keys', up: createConnections },
  { name: 'refused requests', up: createRefusals },
  { name: 'the key pair that takes over from the installation’s present one', up: addNextKey },
  { name: 'counts of accepted requests', up: createUsage },
  { name: 'owners of consumers', up: addOwner },
  { name: 'what tokens and API keys of service providers are for', up: (db) => bindToProviders(db) },
  { name: 'what API keys are for', up: addScope },
  { name: 'who users are at an OpenID provider', up: addIdentity },
  { name: 'gadgets, their feeds and the places that they may reach', up: createGadgets },
  { name: 'dashboards and favourites', up: createDashboards },
  { name: 'second factors of users', up: createSecondFactors },
  { name: 'what the list of consumers is searched and sorted by', up: createConsumerList },
  { name: 'orders of the lists of tokens and users', up: indexLists },
  { name: 'ends of old credentials and API keys', up: (db) => indexEnds(db) },
  { name: 'versions of the tables whose records are remembered', up: createTableVersions },
  { name: 'tokens that are replaced', up: countReplacedTokens },
  { name: 'order of second factors by their age', up: indexSecondFactors },
  { name: 'counting live tokens without reading them', up: indexLiveTokens },
  { name: 'when people at browsers proved who they are', up: (db) => addProof(db) },
  { name: 'finding consumers by few characters', up: indexConsumerTexts },
  { name: 'what the list of users is searched and sorted by', up: createUserList },
  { name: 'finding in the audit log', up: createAuditBlocks },
  { name: 'searching live tokens without reading them', up: indexOwnersOfTokens },
  { name: 'finding texts of any length', up: indexLongTexts },
  { name: 'sums of accepted requests', up: sumUsage },
  { name: 'popularity of dashboards', up: countFavourites },
  { name: 'who uses a service provider', up: (db) => indexUse(db) },
];

async function createOwners({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('consumers')
    .addColumn('consumer_key', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sort_name', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('credential_kind', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text')
    .addColumn('certificate', 'text')
    .addColumn('secret', 'text')
    .addColumn('retiring_kind', 'text')
    .addColumn('retiring_public_key', 'text')
    .addColumn('retiring_certificate', 'text')
    .addColumn('retiring_secret', 'text')
    .addColumn('retiring_until', 'bigint')
    .addColumn('callback', 'text')
    .addColumn('legacy10', 'integer', (c) => c.notNull())
    .addColumn('allow_plaintext', 'integer', (c) => c.notNull())
    .addColumn('two_legged', 'integer', (c) => c.notNull())
    .addColumn('execute_as', 'text')
    .addColumn('may_impersonate', 'integer', (c) => c.notNull())
    .addColumn('read_only', 'integer', (c) => c.notNull())
    .addColumn('paths', 'text', (c) => c.notNull())
    .addColumn('base_url', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('users')
    .addColumn('name_key', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('is_administrator', 'integer', (c) => c.notNull())
    .addColumn('is_disabled', 'integer', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_login_at', 'bigint')
    .execute();
  await schema
    .createTable('sessions')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('user_key', 'text', (c) => c.notNull().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('csrf_token', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('sessions_by_user').on('sessions').column('user_key').execute();
  await schema.createIndex('sessions_by_end').on('sessions').column('expires_at').execute();
}

async function createTokens({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('request_tokens')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('consumer_key', 'text', (c) =>
      c.notNull().references('consumers.consumer_key').onDelete('cascade'),
    )
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('callback', 'text')
    .addColumn('user_key', 'text', (c) => c.references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text')
    .addColumn('verifier_hash', 'text')
    .addColumn('failed_verifiers', 'integer', (c) => c.notNull())
    .addColumn('gadget_url', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('request_tokens_by_consumer')
    .on('request_tokens')
    .column('consumer_key')
    .execute();
  await schema.createIndex('request_tokens_by_user').on('request_tokens').column('user_key').execute();
  await schema.createIndex('request_tokens_by_end').on('request_tokens').column('expires_at').execute();
  await schema
    .createTable('access_tokens')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('consumer_key', 'text', (c) =>
      c.notNull().references('consumers.consumer_key').onDelete('cascade'),
    )
    .addColumn('user_key', 'text', (c) => c.notNull().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('gadget_url', 'text')
    .addColumn('session_handle_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('session_expires_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute();
  await schema
    .createIndex('access_tokens_by_consumer')
    .on('access_tokens')
    .columns(['consumer_key', 'user_key'])
    .execute();
  await schema.createIndex('access_tokens_by_user').on('access_tokens').column('user_key').execute();
  await schema.createIndex('access_tokens_by_end').on('access_tokens').column('session_expires_at').execute();
}

async function createInstallation({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('service_providers')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('sort_name', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('consumer_key', 'text', (c) => c.notNull())
    .addColumn('secret', 'text')
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('signature_method', 'text', (c) => c.notNull())
    .addColumn('request_token_url', 'text')
    .addColumn('authorize_url', 'text')
    .addColumn('access_token_url', 'text')
    .addColumn('base_url', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('installation')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('consumer_key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('callback', 'text')
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('private_key', 'text', (c) => c.notNull())
    .addColumn('assertion_key', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('facts')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}

async function createRecords({ schema }: { schema: SchemaModule }, dialect: Dialect): Promise<void> {
  await schema
    .createTable('audit_events')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigint', (c) =>
      dialect === 'sqlite' ? c.primaryKey().autoIncrement() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('object', 'text', (c) => c.notNull())
    .addColumn('state_before', 'text')
    .addColumn('state_after', 'text')
    .addColumn('note', 'text')
    .addColumn('search_text', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('audit_events_by_object').on('audit_events').column('object').execute();
  await schema
    .createTable('attempts')
    .addColumn('bucket', 'text', (c) => c.primaryKey())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .execute();
  await schema.createIndex('attempts_by_start').on('attempts').column('started_at').execute();
  await (dialect === 'sqlite' ? createNonces(schema) : createNonceDigests(schema));
}

async function createNonces(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('used_nonces')
    .addColumn('consumer_key', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull())
    .addColumn('timestamp', 'bigint', (c) => c.notNull())
    .addColumn('nonce_hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('used_nonces_once', ['timestamp', 'consumer_key', 'token_hash', 'nonce_hash'])
    .modifyEnd(sql`without rowid`)
    .execute();
}

/** 128 bits for consumer, token and nonce together: there may be millions, and each stands in the index once more. */
async function createNonceDigests(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('used_nonces')
    .addColumn('timestamp', 'bigint', (c) => c.notNull())
    .addColumn('digest', 'uuid', (c) => c.notNull())
    .addPrimaryKeyConstraint('used_nonces_once', ['timestamp', 'digest'])
    .execute();
}

/**
 * Triggers, not code in the stores: whoever changes a consumer, a user or a token by whatever means, a running
 * server notices. The time of last use is left out, because it changes with every batch of requests. In PostgreSQL
 * nothing is cached that would have to notice, and one row that every change writes would make them wait for each other.
 */
async function createGroundsVersion<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return;
  await db.schema
    .createTable('grounds_version')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .execute();
  await sql`insert into grounds_version (id, version) values (1, 1)`.execute(db);
  const watched = [
    'insert on consumers',
    'update on consumers',
    'delete on consumers',
    'insert on users',
    'update of name, display_name, email, is_administrator, is_disabled, password_hash on users',
    'delete on users',
    'update of hash, id, secret, consumer_key, user_key, user_name, gadget_url, session_handle_hash, created_at, expires_at, session_expires_at, revoked_at on access_tokens',
    'delete on access_tokens',
  ];
  for (const [index, change] of watched.entries()) {
    await sql`create trigger ${sql.raw(`grounds_change_${index}`)} after ${sql.raw(change)}
      begin update grounds_version set version = version + 1; end`.execute(db);
  }
}
