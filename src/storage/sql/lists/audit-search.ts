/**
 * Searches the audit log from its newest entry on. The newest are looked at one by one, because not all are indexed yet;
 * where they show that there are many of the kind, the rest is, too. Otherwise only those blocks are looked at that have
 * what is asked for. Either way it ends as soon as the page is full and the count as high as anybody wants to know.
 */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { PageQuery } from '../../../model/index.ts';
import type { SqlContext } from '../context.ts';
import type { Database } from '../schema/schema.ts';
import { BLOCK, type BlockSearch, blocksBefore, entriesOf, withRarestRuns } from './audit-blocks.ts';
import { readBlockCount } from './audit-index.ts';
import { countRows } from './count-rows.ts';

/** Entries, all or some. */
export type Entries = SelectQueryBuilder<Database, 'audit_events', object>;

/** What is searched for. */
export interface AuditSearch {
  readonly blocks: BlockSearch;
  /** Only entries with lower ids. */
  readonly olderThan: number | undefined;
  /** Those of some entries that are wanted. */
  readonly among: (entries: Entries) => Entries;
}

/** What was found: ids of the entries on a page, the newest first, and how many in all or up to the bound. */
export interface AuditFound {
  readonly ids: readonly number[];
  readonly total: number;
  /** Entries with lower ids were not looked at, because that was enough; null when the search came to its end. */
  readonly unsearched: number | null;
}

/** Searches, until its end or until that is enough. */
export async function searchAudit(
  context: SqlContext,
  search: AuditSearch,
  { offset, limit, after, countUpTo }: PageQuery,
  isEnough: () => boolean = () => false,
): Promise<AuditFound> {
  const isFromNewest = after === undefined;
  const bound = isFromNewest ? search.olderThan : Number(after.by);
  const wanted = offset + limit;
  const met: number[] = [];
  const unsearched = await goBack(
    context,
    { ...search, olderThan: bound },
    isFromNewest ? Math.max(wanted, countUpTo ?? 0) : wanted,
    async (entries, most) => {
      const found = await entries.select('id').orderBy('id', 'desc').limit(most).execute();
      met.push(...found.map(({ id }) => id));
      return found.length;
    },
    isEnough,
  );
  const ids = met.slice(offset, wanted);
  if (unsearched !== null) return { ids, total: met.length, unsearched };
  if (isFromNewest && (countUpTo !== undefined || met.length < wanted))
    return { ids, total: Math.min(met.length, countUpTo ?? met.length), unsearched };
  return { ids, total: await countFound(context, search, countUpTo), unsearched };
}

async function countFound(context: SqlContext, search: AuditSearch, upTo = Number.POSITIVE_INFINITY) {
  let total = 0;
  await goBack(
    context,
    search,
    upTo,
    async (entries, most) => {
      const found = await countRows(context.db, entries, Number.isFinite(most) ? most : undefined);
      total += found;
      return found;
    },
    () => false,
  );
  return total;
}

/** How many of the newest ids are looked at one by one, at least. */
const NEWEST = 128 * BLOCK;

/** Of the newest so many must be wanted for the rest to be looked at as well; its texts take PostgreSQL longer. */
const MANY = { sqlite: 32, postgres: 128 } as const;

/** Blocks that are asked for at a time, and of which the entries are looked at in one go. */
const [ASKED, LOOKED] = [2048, 256];

/** In how many blocks at a time SQLite looks for what is asked; PostgreSQL goes through its whole index each time. */
const WINDOW = { sqlite: 8192, postgres: Number.POSITIVE_INFINITY } as const;

/**
 * Takes entries that are wanted, in stretches of which each is older than the one before.
 * @param most how many are enough
 * @param take takes at most so many of a stretch, and gives how many those were
 * @param isEnough whether to end between two stretches, however many were taken
 * @returns the id below which it did not look for that reason; null otherwise
 */
async function goBack(
  { db, dialect }: SqlContext,
  { blocks, olderThan, among }: AuditSearch,
  most: number,
  take: (entries: Entries, most: number) => Promise<number>,
  isEnough: () => boolean,
): Promise<number | null> {
  const made = await readBlockCount(db);
  const top = olderThan ?? (await idBehind(db));
  let before = Math.max(0, Math.min(made, Math.ceil((top - NEWEST) / BLOCK)));
  const all = among(db.selectFrom('audit_events')).where('id', '<', top);
  let taken = await take(all.where('id', '>', before * BLOCK), most);
  if (taken >= most || before === 0) return null;
  const areMany = taken >= MANY[dialect];
  const rarest = areMany ? blocks : await withRarestRuns(db, blocks);
  const look = async (met: readonly number[]) => {
    const some = entriesOf(dialect, met);
    taken += await take(among(db.selectFrom(some.as('audit_events')) as unknown as Entries), most - taken);
  };
  while (taken < most && before > 0) {
    if (isEnough()) return before * BLOCK + 1;
    const low = Math.max(0, before - WINDOW[dialect]);
    if (areMany) {
      taken += await take(all.where('id', '<=', before * BLOCK).where('id', '>', low * BLOCK), most - taken);
      before = low;
      continue;
    }
    const met = await blocksBefore(db, dialect, rarest, { low, before }, ASKED);
    before = met.length < ASKED ? low : met.at(-1)!;
    const unsearched = await lookThrough(met, look, () => taken >= most, isEnough);
    if (unsearched !== null) return unsearched;
  }
  return null;
}

/** Looks at blocks, some at a time, until there are as many entries as are wanted; gives the id at which that was enough, or null. */
async function lookThrough(
  blocks: readonly number[],
  look: (some: readonly number[]) => Promise<void>,
  isDone: () => boolean,
  isEnough: () => boolean,
): Promise<number | null> {
  for (let from = 0; from < blocks.length && !isDone(); from += LOOKED) {
    if (from > 0 && isEnough()) return blocks[from - 1]! * BLOCK + 1;
    await look(blocks.slice(from, from + LOOKED));
  }
  return null;
}

async function idBehind(db: SqlContext['db']): Promise<number> {
  const { id } = await db
    .selectFrom('audit_events')
    .select(sql<number | null>`max(id)`.as('id'))
    .executeTakeFirstOrThrow();
  return Number(id ?? 0) + 1;
}
