/**
 * The step of the schema that binds tokens and API keys to what they are for: providers get an id, connections the
 * audience of their token, API keys the ids of providers in place of names; and base URLs become searchable. What
 * was there before is taken to be for its provider as it stands.
 */
import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { randomAlphanumeric } from '../../base/index.ts';
import { audienceOf, plainBase } from '../../model/index.ts';

const ID_LENGTH = 16;

/** The step. */
export async function bindToProviders<DB>(db: Kysely<DB>): Promise<void> {
  await addColumns(db);
  const ids = await fillProviders(db);
  await fillApiKeys(db, ids);
  await fillConsumers(db);
  const { schema } = db;
  await schema.createIndex('service_providers_by_id').on('service_providers').column('id').unique().execute();
  await schema.createIndex('service_providers_by_base').on('service_providers').column('base_key').execute();
  await schema.createIndex('consumers_by_base').on('consumers').column('base_key').execute();
}

async function addColumns<DB>({ schema }: Kysely<DB>): Promise<void> {
  const texts = [
    ['service_providers', 'id', ''],
    ['service_providers', 'hand_entry', 'off'],
    ['connections', 'audience', ''],
    ['pending_connections', 'audience', ''],
  ] as const;
  for (const [table, name, value] of texts) {
    await schema
      .alterTable(table)
      .addColumn(name, 'text', (c) => c.notNull().defaultTo(value))
      .execute();
  }
  await schema
    .alterTable('service_providers')
    .addColumn('callback_at_authorize', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('connections').addColumn('consumer_key', 'text').execute();
  await schema.alterTable('service_providers').addColumn('base_key', 'text').execute();
  await schema.alterTable('consumers').addColumn('base_key', 'text').execute();
}

interface ProviderColumns {
  readonly name: string;
  readonly consumer_key: string;
  readonly request_token_url: string | null;
  readonly access_token_url: string | null;
  readonly base_url: string | null;
}

async function fillProviders<DB>(db: Kysely<DB>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<ProviderColumns>`select name, consumer_key, request_token_url, access_token_url,
    base_url from service_providers`.execute(db);
  const ids = new Map<string, string>();
  for (const row of rows) {
    const id = randomAlphanumeric({ bytes: randomBytes }, ID_LENGTH);
    ids.set(row.name, id);
    const audience = audienceOf({
      consumerKey: row.consumer_key,
      requestTokenUrl: row.request_token_url,
      accessTokenUrl: row.access_token_url,
      baseUrl: row.base_url,
    });
    await sql`update service_providers set id = ${id}, base_key = ${baseKey(row.base_url)}
      where name = ${row.name}`.execute(db);
    await sql`update connections set audience = ${audience} where provider_name = ${row.name}`.execute(db);
    await sql`update pending_connections set audience = ${audience}
      where provider_name = ${row.name}`.execute(db);
  }
  return ids;
}

/** A key for a name that nobody has reaches nothing, also when somebody gets that name. */
async function fillApiKeys<DB>(db: Kysely<DB>, ids: ReadonlyMap<string, string>): Promise<void> {
  const { rows } = await sql<{ readonly id: string; readonly providers: string }>`select id, providers
    from api_keys where providers is not null`.execute(db);
  for (const row of rows) {
    const names: readonly string[] = JSON.parse(row.providers);
    const providers = JSON.stringify(names.flatMap((name) => ids.get(name) ?? []));
    await sql`update api_keys set providers = ${providers} where id = ${row.id}`.execute(db);
  }
}

async function fillConsumers<DB>(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{
    readonly consumer_key: string;
    readonly base_url: string;
  }>`select consumer_key,
    base_url from consumers where base_url is not null`.execute(db);
  for (const row of rows) {
    await sql`update consumers set base_key = ${baseKey(row.base_url)}
      where consumer_key = ${row.consumer_key}`.execute(db);
  }
}

/** A base URL in the form in which it is searched. */
export function baseKey(baseUrl: string | null): string | null {
  return baseUrl === null ? null : plainBase(baseUrl);
}
