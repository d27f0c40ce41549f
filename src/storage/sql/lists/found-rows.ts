/**
 * Which rows of a long list a search finds. What the index gives (text-index.ts) may be more than that, so each row is
 * looked at once more. However many there are, the way to a page of them is short: few are put in order, some are met
 * along the order without looking at the rows between, and many are met soon by looking at every row.
 */
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Dialect, Queries } from '../context.ts';
import { countRows } from './count-rows.ts';
import { allRuns, RUN, runsIn, wordsOf } from './runs.ts';
import { contains, searched } from './search.ts';
import type { IndexedList } from './text-index.ts';

/** Rows of the table of a list, called `list` whichever it is. */
export type ListRows = SelectQueryBuilder<{ list: ListRow }, 'list', object>;

/** What rows of these tables have in common. */
export interface ListRow {
  readonly id: number;
  readonly search_text: string;
}

/** The rows that a search finds, come by in ways that give the same. */
export interface FoundRows {
  /** By the index: to be ordered and paged, however far apart they stand in an order. */
  readonly asked: ListRows;
  /** By looking at every row: to be met along an order in which they stand close together. */
  readonly looked: ListRows;
  /** In no order, the first of them at once: to be counted, and gone on from. */
  readonly each: ListRows;
  /** Whether asking for all of them takes next to nothing. */
  readonly areFew: boolean;
}

/** Ids of rows, some maybe more than once, and each once; whether all of them contain the text, or others do not. */
interface Candidates {
  readonly all: RawBuilder<unknown>;
  readonly once: RawBuilder<unknown>;
  readonly areExact: boolean;
}

/** Up to how many rows SQLite puts in order; more are met along it, without looking at the rows between. */
const FEW = 3000;

/** All rows of a list. */
export function listRows(db: Queries, list: IndexedList): ListRows {
  return named(db, sql.table(`${list}_list`));
}

/** Those that contain a text. */
export async function findRows(
  db: Queries,
  dialect: Dialect,
  list: IndexedList,
  search: string,
): Promise<FoundRows> {
  return dialect === 'sqlite' ? findBySqlite(db, list, search) : findByPostgres(db, list, search);
}

async function findBySqlite(db: Queries, list: IndexedList, search: string): Promise<FoundRows> {
  const all = listRows(db, list);
  const ids = await candidates(db, list, searched(search));
  const count = await countRows(db, db.selectFrom(sql<{ id: number }>`(${ids.all})`.as('met')), FEW + 1);
  const areFew = count <= FEW;
  const checked = (rows: ListRows) => (ids.areExact ? rows : having(rows, search));
  // In front of a column, the sign keeps SQLite from asking for the rows one by one.
  const id = areFew ? sql`list.id` : sql`+list.id`;
  const each = db
    .selectFrom(sql<{ id: number }>`(${ids.once})`.as('met'))
    .crossJoin(sql<ListRow>`${sql.table(`${list}_list`)}`.as('list'))
    .whereRef('list.id', '=', 'met.id');
  return {
    areFew,
    looked: having(all, search),
    // In this order: SQLite asks what is asked first of every row on its way, and the text takes ten times as long.
    asked: checked(all.where(sql<boolean>`${id} in (${ids.all})`)),
    each: checked(each as unknown as ListRows),
  };
}

/**
 * Rows of which some contain the text, and no others do. What is no longer than a run is in every text with one of its
 * runs, but for line ends: some of these are only behind a text, where the index has put them.
 */
async function candidates(db: Queries, list: IndexedList, text: string): Promise<Candidates> {
  const runs = runsOf(text);
  const areExact = [...text].length <= RUN && !text.includes('\n');
  if (runs.length === 0) {
    const last = `${text}\u{10ffff}\u{10ffff}`;
    const rows = sql`from ${sql.table(`${list}_runs`)} where term between ${text} and ${last}`;
    return {
      all: sql`select doc as id ${rows}`,
      once: sql`select distinct doc as id ${rows}`,
      areExact,
    };
  }
  const rarest = runs.length <= SURE ? runs : await rarestBySqlite(db, list, runs);
  const index = sql.table(`${list}_search`);
  const ids = sql`select rowid as id from ${index} where ${index} match ${allRuns(rarest)}`;
  return { all: ids, once: ids, areExact };
}

/** Of the runs of a text so many are asked for, the rarest: the others would leave out little, and take long. */
const SURE = 2;

/** Of how many texts with a run it is seen how far they reach. */
const PROBED = 64;

/** Those that the fewest texts have: whose first texts reach furthest into the list. */
async function rarestBySqlite(
  db: Queries,
  list: IndexedList,
  runs: readonly string[],
): Promise<readonly string[]> {
  const table = sql.table(`${list}_runs`);
  const probes = runs.map(
    (run) => sql`select count(*) as docs, max(doc) as reach
      from (select doc from ${table} where term = ${run} limit ${sql.lit(PROBED)})`,
  );
  const { rows } = await sql<{ docs: number; reach: number }>`${sql.join(probes, sql` union all `)}`.execute(
    db,
  );
  return rarestOf(
    runs,
    rows.map(({ docs, reach }) => (docs < PROBED ? docs / 1e9 : docs / reach)),
  );
}

/** The runs with the smallest shares. */
function rarestOf(runs: readonly string[], shares: readonly number[]): readonly string[] {
  const byShare = runs.map((run, index) => [shares[index] ?? 0, run] as const).sort(([a], [b]) => a - b);
  return byShare.slice(0, SURE).map(([, run]) => run);
}

/**
 * In how many of all rows a text stands for which PostgreSQL asks its index: to come by a row through it takes as long as
 * to look at twenty of them.
 */
const SELDOM = 1 / 30;

async function findByPostgres(db: Queries, list: IndexedList, search: string): Promise<FoundRows> {
  const looked = having(listRows(db, list), search);
  const text = searched(search);
  const runs = runsOf(text);
  const { share, rarest } = await trySample(db, list, search, runs);
  const words = runs.length === 0 ? wordsOf([], text) : wordsOf(rarest, null);
  const [records, key] = list === 'consumer' ? ['consumers', 'consumer_key'] : ['users', 'name_key'];
  // Fenced off, so that nothing but the index is a way to these records: runs are not made again for those on other ways.
  const byIndex = named(
    db,
    sql`(select list.* from (
        select ${sql.ref(key)} from ${sql.table(records)}
        where text_runs(search_text) @@ ${words}::tsquery and ${contains(sql.ref('search_text'), search)} offset 0
      ) as found join ${sql.table(`${list}_list`)} as list using (${sql.ref(key)}))`,
  );
  const areFew = share <= SELDOM;
  const found = areFew ? byIndex : looked;
  return { asked: found, looked, each: found, areFew };
}

/**
 * Looks at one block of rows in a hundred, or at all of a list of which that is none: how many of them contain the text,
 * and which of its runs the fewest have.
 */
async function trySample(
  db: Queries,
  list: IndexedList,
  search: string,
  runs: readonly string[],
): Promise<{ readonly share: number; readonly rarest: readonly string[] }> {
  const tried = runs.length <= SURE ? [] : runs;
  const count = (test: RawBuilder<unknown>) => sql`count(*) filter (where ${test})::integer`;
  const counts = [
    count(contains(sql.ref('search_text'), search)),
    ...tried.map((run) => count(sql`strpos(search_text, ${run}) > 0`)),
  ];
  for (const sample of [sql`tablesample system (1) repeatable (1)`, sql``]) {
    const { rows } = await sql<{ all: number; found: number[] }>`
      select count(*)::integer as all, array[${sql.join(counts)}] as found
      from ${sql.table(`${list}_list`)} ${sample}`.execute(db);
    const [{ all, found } = { all: 0, found: [] }] = rows;
    const [share = 0, ...shares] = found.map((some) => some / all);
    if (all > 0) return { share, rarest: tried.length === 0 ? runs : rarestOf(runs, shares) };
  }
  return { share: 0, rarest: runs.slice(0, SURE) };
}

/** So many tell a text from others. */
const MOST_RUNS = 32;

/** Each three characters in a row, each run once; of a long text some from everywhere. None if it is shorter. */
function runsOf(text: string): readonly string[] {
  const runs = [...new Set(runsIn(text))];
  const step = Math.ceil(runs.length / MOST_RUNS);
  return runs.filter((_, index) => index % step === 0);
}

function named(db: Queries, rows: RawBuilder<unknown>): ListRows {
  return db.selectFrom(sql<ListRow>`${rows}`.as('list')) as unknown as ListRows;
}

function having(rows: ListRows, search: string): ListRows {
  return rows.where((e) => contains(e.ref('list.search_text'), search));
}
