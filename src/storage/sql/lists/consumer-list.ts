/**
 * What the list of consumers is searched and sorted by, in a narrow table of its own: a row there for each consumer,
 * kept by triggers, so that whoever changes consumers or notes the use of tokens keeps it right without knowing of it.
 * This step indexed the texts by FTS5 and `pg_trgm`; a later one does it anew (text-index.ts). How the list is read:
 * list-page.ts.
 */
import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../context.ts';

/** The step of the schema. */
export async function createConsumerList<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('consumer_list')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigint', (c) =>
      dialect === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('consumer_key', 'text', (c) =>
      c.notNull().unique().references('consumers.consumer_key').onDelete('cascade'),
    )
    .addColumn('sort_name', 'text', (c) => c.notNull())
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute();
  await (dialect === 'sqlite' ? indexBySqlite(db) : indexByPostgres(db));
  await sql`insert into consumer_list (consumer_key, sort_name, search_text, created_at, last_used_at)
    select consumer_key, sort_name, search_text, created_at,
      (select max(last_used_at) from access_tokens t where t.consumer_key = consumers.consumer_key)
    from consumers`.execute(db);
  for (const index of [
    'consumer_list_by_name on consumer_list (sort_name, consumer_key)',
    'consumer_list_by_creation on consumer_list (created_at, consumer_key)',
    `consumer_list_by_use on consumer_list (last_used_at${dialect === 'sqlite' ? '' : ' nulls first'}, consumer_key)`,
  ])
    await sql.raw(`create index ${index}`).execute(db);
}

async function indexBySqlite<DB>(db: Kysely<DB>): Promise<void> {
  await sql`create virtual table consumer_search using fts5(
    search_text, content='consumer_list', content_rowid='id', tokenize='trigram case_sensitive 1')`.execute(
    db,
  );
  const addWords = 'insert into consumer_search (rowid, search_text) values (new.id, new.search_text);';
  const dropWords = `insert into consumer_search (consumer_search, rowid, search_text)
    values ('delete', old.id, old.search_text);`;
  const noteUse = `update consumer_list set last_used_at = new.last_used_at where consumer_key = new.consumer_key
    and (last_used_at is null or last_used_at < new.last_used_at);`;
  const rename = `update consumer_list set sort_name = new.sort_name, search_text = new.search_text,
    created_at = new.created_at where consumer_key = new.consumer_key;`;
  const add = `insert into consumer_list (consumer_key, sort_name, search_text, created_at)
    values (new.consumer_key, new.sort_name, new.search_text, new.created_at);`;
  const isUsed = 'when new.last_used_at is not null';
  for (const [name, event, work] of [
    ['words_added', 'insert on consumer_list', addWords],
    ['words_changed', 'update of search_text on consumer_list', dropWords + addWords],
    ['words_dropped', 'delete on consumer_list', dropWords],
    ['consumer_added', 'insert on consumers', add],
    ['consumer_changed', 'update of sort_name, search_text, created_at on consumers', rename],
    ['token_added', `insert on access_tokens ${isUsed}`, noteUse],
    ['token_used', `update of last_used_at on access_tokens ${isUsed}`, noteUse],
  ] as const)
    await sql.raw(`create trigger list_${name} after ${event} begin ${work} end`).execute(db);
}

async function indexByPostgres<DB>(db: Kysely<DB>): Promise<void> {
  await sql`create function list_consumer() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then
      insert into consumer_list (consumer_key, sort_name, search_text, created_at)
        values (new.consumer_key, new.sort_name, new.search_text, new.created_at);
    else
      update consumer_list set sort_name = new.sort_name, search_text = new.search_text,
        created_at = new.created_at where consumer_key = new.consumer_key;
    end if;
    return null;
  end $$`.execute(db);
  await sql`create trigger list_consumer after insert or update of sort_name, search_text, created_at on consumers
    for each row execute function list_consumer()`.execute(db);
  await sql`create function list_use() returns trigger language plpgsql as $$ begin
    update consumer_list set last_used_at = new.last_used_at where consumer_key = new.consumer_key
      and (last_used_at is null or last_used_at < new.last_used_at);
    return null;
  end $$`.execute(db);
  await sql`create trigger list_use after insert or update of last_used_at on access_tokens
    for each row when (new.last_used_at is not null) execute function list_use()`.execute(db);
  const schema = await trigramSchema(db);
  if (schema === null) return;
  await sql`create index consumer_list_by_text on consumer_list
    using gin (search_text ${sql.id(schema, 'gin_trgm_ops')})`.execute(db);
}

/** Where `pg_trgm` is; makes it where this user may. Null without it: then a search reads all texts. */
async function trigramSchema<DB>(db: Kysely<DB>): Promise<string | null> {
  const where = async () => {
    const { rows } = await sql<{ schema: string }>`select nspname as schema from pg_extension
      join pg_namespace n on n.oid = extnamespace where extname = 'pg_trgm'`.execute(db);
    return rows[0]?.schema ?? null;
  };
  const present = await where();
  if (present !== null) return present;
  const { rows } = await sql<{ may: boolean }>`select exists (
      select from pg_available_extension_versions where name = 'pg_trgm' and trusted
    ) and has_database_privilege(current_database(), 'create') as may`.execute(db);
  if (!rows[0]?.may) return null;
  await sql`create extension pg_trgm`.execute(db);
  return where();
}
