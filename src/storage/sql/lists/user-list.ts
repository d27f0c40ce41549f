/**
 * What the list of users is searched and sorted by, in a narrow table of its own like that of consumers
 * (consumer-list.ts): a row there for each user, kept by triggers. How it is read: list-page.ts.
 */
import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../context.ts';
import { indexTexts } from './text-index.ts';

/** The step of the schema; the list's orders are its own from then on. */
export async function createUserList<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('user_list')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigint', (c) =>
      dialect === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('name_key', 'text', (c) =>
      c.notNull().unique().references('users.name_key').onDelete('cascade'),
    )
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_login_at', 'bigint')
    .execute();
  // First, and so nobody can add a user in between who would not be on the list.
  await (dialect === 'sqlite' ? keepBySqlite(db) : keepByPostgres(db));
  await sql`insert into user_list (name_key, search_text, created_at, last_login_at)
    select name_key, search_text, created_at, last_login_at from users`.execute(db);
  await indexTexts(db, dialect, 'user');
  const first = dialect === 'sqlite' ? '' : ' nulls first';
  for (const statement of [
    'drop index users_by_creation',
    'drop index users_by_login',
    'create index user_list_by_creation on user_list (created_at, name_key)',
    `create index user_list_by_login on user_list (last_login_at${first}, name_key)`,
  ])
    await sql.raw(statement).execute(db);
}

const CHANGE = `update user_list set search_text = new.search_text, created_at = new.created_at,
  last_login_at = new.last_login_at where name_key = new.name_key;`;
const ADDITION = `insert into user_list (name_key, search_text, created_at, last_login_at)
  values (new.name_key, new.search_text, new.created_at, new.last_login_at);`;
const SHOWN = 'search_text, created_at, last_login_at';

async function keepBySqlite<DB>(db: Kysely<DB>): Promise<void> {
  for (const [name, event, work] of [
    ['added', 'insert', ADDITION],
    ['changed', `update of ${SHOWN}`, CHANGE],
  ] as const)
    await sql.raw(`create trigger list_user_${name} after ${event} on users begin ${work} end`).execute(db);
}

async function keepByPostgres<DB>(db: Kysely<DB>): Promise<void> {
  await sql
    .raw(`create function list_user() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then ${ADDITION} else ${CHANGE} end if;
    return null;
  end $$`)
    .execute(db);
  await sql
    .raw(`create trigger list_user after insert or update of ${SHOWN} on users
    for each row execute function list_user()`)
    .execute(db);
}
