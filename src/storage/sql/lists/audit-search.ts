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

/** Ids of the entries on a page, the newest first, and how many are found in all or up to the bound. */
export async function searchAudit(
  context: SqlContext,
  search: AuditSearch,
  { offset, limit, after, countUpTo }: PageQuery,
): Promise<{ readonly ids: readonly number[]; readonly total: number }> {
  const isFromNewest = after === undefined;
  const bound = isFromNewest ? search.olderThan : Number(after.by);
  const wanted = offset + limit;
  const met: number[] = [];
  await goBack(
    context,
    { ...search, olderThan: bound },
    isFromNewest ? Math.max(wanted, countUpTo ?? 0) : wanted,
    async (entries, most) => {
      const found = await entries.select('id').orderBy('id', 'desc').limit(most).execute();
      met.push(...found.map(({ id }) => id));
      return found.length;
    },
  );
  const ids = met.slice(offset, wanted);
  if (isFromNewest && (countUpTo !== undefined || met.length < wanted))
    return { ids, total: Math.min(met.length, countUpTo ?? met.length) };
  return { ids, total: await countFound(context, search, countUpTo) };
}

async function countFound(context: SqlContext, search: AuditSearch, upTo = Number.POSITIVE_INFINITY) {
  let total = 0;
  await goBack(context, search, upTo, async (entries, most) => {
    const found = await countRows(context.db, entries, Number.isFinite(most) ? most : undefined);
    total += found;
    return found;
  });
  return total;
}

/** How many of the newest ids are looked at one by one, at least. */
const NEWEST = 128 * BLOCK;

/** Of the newest so many must be wanted for the rest to be looked at as well; its texts take PostgreSQL longer. */
const MANY = { sqlite: 32, postgres: 128 } as const;

/** Blocks that are asked for at a time, and of which the entries are looked at in one go. */
const [ASKED, LOOKED] = [2048, 256];

/**
 * Takes entries that are wanted, in stretches of which each is older than the one before.
 * @param most how many are enough
 * @param take takes at most so many of a stretch, and gives how many those were
 */
async function goBack(
  { db, dialect }: SqlContext,
  { blocks, olderThan, among }: AuditSearch,
  most: number,
  take: (entries: Entries, most: number) => Promise<number>,
): Promise<void> {
  const made = await readBlockCount(db);
  const top = olderThan ?? (await idBehind(db));
  let before = Math.max(0, Math.min(made, Math.ceil((top - NEWEST) / BLOCK)));
  const all = among(db.selectFrom('audit_events')).where('id', '<', top);
  let taken = await take(all.where('id', '>', before * BLOCK), most);
  if (taken >= MANY[dialect] && taken < most) {
    await take(all.where('id', '<=', before * BLOCK), most - taken);
    return;
  }
  if (taken >= most || before === 0) return;
  const rarest = await withRarestRuns(db, blocks);
  while (taken < most && before > 0) {
    const met = await blocksBefore(db, dialect, rarest, before, ASKED);
    for (let from = 0; from < met.length && taken < most; from += LOOKED) {
      const some = entriesOf(dialect, met.slice(from, from + LOOKED));
      taken += await take(among(db.selectFrom(some.as('audit_events')) as unknown as Entries), most - taken);
    }
    before = met.length < ASKED ? 0 : met.at(-1)!;
  }
}

async function idBehind(db: SqlContext['db']): Promise<number> {
  const { id } = await db
    .selectFrom('audit_events')
    .select(sql<number | null>`max(id)`.as('id'))
    .executeTakeFirstOrThrow();
  return Number(id ?? 0) + 1;
}
