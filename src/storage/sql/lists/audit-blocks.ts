/**
 * Where in the audit log a search looks. The log is long and hardly ever searched, so its texts are not indexed one by
 * one: sixteen ids in a row are a block, and what is indexed are the different lines of a block, by their runs of three
 * characters as in other lists (text-index.ts). A block may be met for nothing, but no entry is in a block that is not;
 * who searches looks at the entries (audit-search.ts). Blocks are made behind the writers' backs (audit-index.ts).
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type AuditFilter, searchForm } from '../../../model/index.ts';
import type { Dialect, Queries } from '../context.ts';
import { allRuns, RUN, runsIn, wordsOf } from './runs.ts';
import { searched } from './search.ts';

/** Ids in a block: block 0 has 1 to 16. Twice as many would save a seventh of the index, and double what is looked at. */
export const BLOCK = 16;

/** In which block an id is. */
export function blockOf(id: number): number {
  return Math.floor((id - 1) / BLOCK);
}

/**
 * The step of the schema; takes no time, however long the log is. In SQLite a trigger drops a block with the last of its
 * entries, which go from the oldest on: a statement that deletes from FTS5 itself leaves a number as that of the
 * connection's last row that is too large for JavaScript.
 */
export async function createAuditBlocks<DB>(db: Kysely<DB>, dialect: Dialect): Promise<void> {
  const statements =
    dialect === 'sqlite'
      ? [
          `create virtual table audit_blocks using fts5(lines, content='', contentless_delete=1,
            tokenize='trigram case_sensitive 1', detail=none)`,
          `create virtual table audit_runs using fts5vocab('audit_blocks', 'instance')`,
          `create trigger audit_block_emptied after delete on audit_events
            when old.id % ${BLOCK} = 0
              and not exists (select 1 from audit_events where id > old.id - ${BLOCK} and id < old.id)
            begin delete from audit_blocks where rowid = old.id / ${BLOCK} - 1; end`,
        ]
      : [
          'create table audit_blocks (block bigint primary key, lines text not null)',
          `create index audit_blocks_by_text on audit_blocks using gin (text_runs(lines))
            with (gin_pending_list_limit = 256)`,
        ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** Adds a block to the index. @param texts `search_text` of its entries */
export async function addBlock(
  db: Queries,
  dialect: Dialect,
  block: number,
  texts: readonly string[],
): Promise<void> {
  const lines = [...new Set(texts.flatMap((text) => text.split('\n')))].map((line) => `\n${line}\n`).join('');
  await (dialect === 'sqlite'
    ? sql`insert into audit_blocks (rowid, lines) values (${block}, ${`${lines}\n\n`})`
    : sql`insert into audit_blocks (block, lines) values (${block}, ${lines})`
  ).execute(db);
}

/** Takes the blocks before this one out of the index, where no trigger does. */
export async function dropBlocks(db: Queries, before: number): Promise<void> {
  await sql`delete from audit_blocks where block < ${before}`.execute(db);
}

/** What the lines of a block must have for one of its entries to be looked for. */
export interface BlockSearch {
  /** These runs, all of them. */
  readonly runs: readonly string[];
  /** The beginning of a run, of one or two characters. */
  readonly beginning: string | null;
}

/** What to ask of blocks; null where that would leave out none, or an index of the log's own is the shorter way. */
export function blockSearchOf(filter: AuditFilter, search: string): BlockSearch | null {
  const pieces = searched(search)
    .split('\n')
    .filter((piece) => piece !== '');
  const { actor, action, object } = filter;
  if (pieces.length === 0 && object !== undefined) return null;
  const whole = [actor, action, object].flatMap((field) =>
    field === undefined ? [] : searchForm(field).split('\n'),
  );
  const runs = [...pieces, ...whole.map((line) => `\n${line}\n`)].flatMap(runsIn);
  const short = pieces.filter((piece) => [...piece].length < RUN).sort((a, b) => b.length - a.length);
  if (runs.length === 0 && short.length === 0) return null;
  return { runs: [...new Set(runs)], beginning: short[0] ?? null };
}

/** Of the runs of a text so many are asked for, the rarest: the others would leave out little, and take long. */
const SURE = 3;

/** In how many entries it is seen which runs are rare. */
const SAMPLE = 256;

/** The same search, asking only for those runs that the newest entries have least. */
export async function withRarestRuns(db: Queries, search: BlockSearch): Promise<BlockSearch> {
  if (search.runs.length <= SURE) return search;
  const newest = await db
    .selectFrom('audit_events')
    .select('search_text')
    .orderBy('id', 'desc')
    .limit(SAMPLE)
    .execute();
  const texts = newest.map((entry) => `\n${entry.search_text}\n`);
  const counted = search.runs.map((run) => [texts.filter((text) => text.includes(run)).length, run] as const);
  counted.sort(([a], [b]) => a - b);
  return { ...search, runs: counted.slice(0, SURE).map(([, run]) => run) };
}

/** The last blocks before one, from another on, that have what is asked for, the last first. */
export async function blocksBefore(
  db: Queries,
  dialect: Dialect,
  search: BlockSearch,
  { low, before }: { readonly low: number; readonly before: number },
  limit: number,
): Promise<readonly number[]> {
  const found = dialect === 'sqlite' ? findBySqlite(search) : findByPostgres(search);
  const { rows } = await sql<{ block: number }>`select block from (${found}) as found
    where block >= ${low} and block < ${before} order by block desc limit ${limit}`.execute(db);
  return rows.map(({ block }) => Number(block));
}

function findBySqlite({ runs, beginning }: BlockSearch): RawBuilder<unknown> {
  const last = `${beginning}\u{10ffff}\u{10ffff}`;
  const begun = sql`from audit_runs where term between ${beginning} and ${last}`;
  if (runs.length === 0) return sql`select distinct doc as block ${begun}`;
  // In front of a column, the sign keeps SQLite from asking for the blocks one by one.
  const also = beginning === null ? sql`` : sql`and +rowid in (select doc ${begun})`;
  return sql`select rowid as block from audit_blocks where audit_blocks match ${allRuns(runs)} ${also}`;
}

/** Fenced off, so that nothing but the index is a way to the blocks: runs are not made again for those on other ways. */
function findByPostgres({ runs, beginning }: BlockSearch): RawBuilder<unknown> {
  const words = wordsOf(runs, beginning);
  return sql`select block from audit_blocks where text_runs(lines) @@ ${words}::tsquery offset 0`;
}

/** The entries of some blocks, as a table of them. */
export function entriesOf(dialect: Dialect, blocks: readonly number[]): RawBuilder<unknown> {
  const size = sql.lit(BLOCK);
  return dialect === 'sqlite'
    ? sql`(select entry.* from json_each(${JSON.stringify(blocks)}) as met cross join audit_events as entry
        where entry.id between met.value * ${size} + 1 and (met.value + 1) * ${size})`
    : sql`(select entry.* from unnest(${blocks}::bigint[]) as met (block) cross join lateral (
          select * from audit_events where id > met.block * ${size} order by id limit ${size}
        ) as entry where entry.id <= (met.block + 1) * ${size})`;
}
