/**
 * Where in the texts of a long list a search looks: their runs of three characters, behind each text two line ends more,
 * so that every character of it begins a run. Texts with a run are found by the run, those with one or two characters by
 * the runs that begin with them. SQLite keeps runs by FTS5, without their places; PostgreSQL by a GIN index of its own
 * words for it, which needs no extension. How they are asked: found-rows.ts.
 */
import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../context.ts';
import { ANY_RUN } from './runs.ts';

/** The lists whose texts are indexed: how their tables begin, and where the texts come from. */
export type IndexedList = 'consumer' | 'user';

/** The step of the schema that indexes consumers anew; before, what is shorter or without a letter was looked for in all texts. */
export async function indexConsumerTexts<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') {
    for (const trigger of ['added', 'changed', 'dropped'])
      await sql.raw(`drop trigger list_words_${trigger}`).execute(db);
    await sql`drop table consumer_search`.execute(db);
  } else {
    await sql`drop index if exists consumer_list_by_text`.execute(db);
    await createRuns(db);
  }
  await indexTexts(db, dialect, 'consumer');
}

/** Indexes the texts of a list, whatever is in it. */
export async function indexTexts<DB>(db: Kysely<DB>, dialect: Dialect, list: IndexedList): Promise<void> {
  await (dialect === 'sqlite' ? indexBySqlite(db, list) : indexByPostgres(db, list));
}

/**
 * On the records, not on the list: there a row is written with every use, and PostgreSQL would index its text anew. What
 * waits to be put into the index is read by every search: no more of it than some rows.
 */
async function indexByPostgres<DB>(db: Kysely<DB>, list: IndexedList): Promise<void> {
  await sql`create index ${sql.id(`${list}s_by_text`)} on ${sql.table(`${list}s`)}
    using gin (text_runs(search_text)) with (gin_pending_list_limit = 256)`.execute(db);
}

async function indexBySqlite<DB>(db: Kysely<DB>, list: IndexedList): Promise<void> {
  const [rows, index] = [`${list}_list`, `${list}_search`];
  const add = `insert into ${index} (rowid, padded_text) values (new.id, new.padded_text);`;
  const drop = `insert into ${index} (${index}, rowid, padded_text) values ('delete', old.id, old.padded_text);`;
  for (const statement of [
    `alter table ${rows} add column padded_text text
      generated always as (search_text || char(10) || char(10)) virtual`,
    `create virtual table ${index} using fts5(padded_text, content='${rows}', content_rowid='id',
      tokenize='trigram case_sensitive 1', detail=none, columnsize=0)`,
    `create virtual table ${list}_runs using fts5vocab('${index}', 'instance')`,
    `insert into ${index} (${index}) values ('rebuild')`,
    `create trigger ${list}_text_added after insert on ${rows} begin ${add} end`,
    `create trigger ${list}_text_changed after update of search_text on ${rows}
      when new.search_text <> old.search_text begin ${drop} ${add} end`,
    `create trigger ${list}_text_dropped after delete on ${rows} begin ${drop} end`,
  ])
    await sql.raw(statement).execute(db);
}

/** The step of the schema that finds what has more runs than PostgreSQL's index can tell apart. */
export async function indexLongTexts<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') return;
  await createRuns(db);
  for (const [table, texts, index] of [
    ['consumers', 'search_text', 'consumers_by_text'],
    ['users', 'search_text', 'users_by_text'],
    ['audit_blocks', 'lines', 'audit_blocks_by_text'],
  ] as const) {
    const { rows } = await sql`select 1 from ${sql.table(table)}
      where octet_length(${sql.ref(texts)}) > ${sql.lit(MOST_BYTES)} limit 1`.execute(db);
    if (rows.length > 0) await sql`reindex index ${sql.id(index)}`.execute(db);
  }
}

/** The runs of a text of so many bytes are three times as many, which is what a `tsvector` can hold: beyond, it mixes them up. */
const MOST_BYTES = 340_000;

/** In arrays of characters: to take the next one out of a text means to count from its beginning. */
async function createRuns<DB>(db: Kysely<DB>): Promise<void> {
  await sql`create or replace function text_runs(text text) returns tsvector language plpgsql immutable strict parallel safe as $$
  declare
    characters text[];
    runs text[] := '{}';
  begin
    if octet_length(text) > ${sql.lit(MOST_BYTES)} then
      return array_to_tsvector(array[${sql.lit(ANY_RUN)}]);
    end if;
    characters := string_to_array(text || E'\n\n', null);
    for i in 1..cardinality(characters) - 2 loop
      runs[i] := characters[i] || characters[i + 1] || characters[i + 2];
    end loop;
    return array_to_tsvector(runs);
  end $$`.execute(db);
}
