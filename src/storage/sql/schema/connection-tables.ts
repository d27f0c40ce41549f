/**
 * The steps of the schema for this installation as a consumer. Connections go with their user and their provider;
 * a provider that is renamed takes them along.
 */
import { type Kysely, type SchemaModule, sql } from 'kysely';

/** What providers that were added before did: the usual. */
export async function addProviderConduct<DB>({ schema }: Kysely<DB>): Promise<void> {
  const texts = [
    ['carrier', 'header'],
    ['token_method', 'POST'],
    ['two_legged', 'off'],
    ['allowed_methods', '[]'],
    ['allowed_paths', '[]'],
  ] as const;
  for (const [name, usual] of texts) {
    await schema
      .alterTable('service_providers')
      .addColumn(name, 'text', (c) => c.notNull().defaultTo(usual))
      .execute();
  }
  for (const name of ['confirms_callback', 'sends_body_hash']) {
    await schema
      .alterTable('service_providers')
      .addColumn(name, 'integer', (c) => c.notNull().defaultTo(1))
      .execute();
  }
  await schema.alterTable('service_providers').addColumn('realm', 'text').execute();
}

export async function createConnections({ schema }: { schema: SchemaModule }): Promise<void> {
  await createConnectionTable(schema);
  await createPendingTable(schema);
  await schema
    .createTable('api_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('user_key', 'text', (c) => c.notNull().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('providers', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute();
  await schema.createIndex('api_keys_by_user').on('api_keys').column('user_key').execute();
}

async function createConnectionTable(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('connections')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_key', 'text', (c) => c.notNull().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('provider_name', 'text', (c) =>
      c.notNull().references('service_providers.name').onDelete('cascade').onUpdate('cascade'),
    )
    .addColumn('gadget_url', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('session_handle', 'text')
    .addColumn('account_label', 'text')
    .addColumn('expires_at', 'bigint')
    .addColumn('session_expires_at', 'bigint')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('problem', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('renewing_until', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('renewed_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addUniqueConstraint('connections_once', ['user_key', 'provider_name', 'gadget_url'])
    .execute();
  await schema.createIndex('connections_by_provider').on('connections').column('provider_name').execute();
}

async function createPendingTable(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('pending_connections')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('provider_name', 'text', (c) =>
      c.notNull().references('service_providers.name').onDelete('cascade').onUpdate('cascade'),
    )
    .addColumn('user_key', 'text', (c) => c.notNull().references('users.name_key').onDelete('cascade'))
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('session_hash', 'text', (c) => c.notNull())
    .addColumn('gadget_url', 'text')
    .addColumn('return_to', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  for (const column of ['provider_name', 'user_key', 'expires_at']) {
    await schema
      .createIndex(`pending_connections_by_${column}`)
      .on('pending_connections')
      .column(column)
      .execute();
  }
}

/** The step by which the users of a provider are counted without reading their connections, and its last use is found. */
export async function indexUse<DB>(db: Kysely<DB>): Promise<void> {
  for (const statement of [
    'create index connections_by_user_of_provider on connections (provider_name, audience, state, user_key)',
    'create index connections_by_use_of_provider on connections (provider_name, last_used_at)',
    'drop index connections_by_provider',
  ])
    await sql.raw(statement).execute(db);
}
