/**
 * Makes the blocks by which the audit log is searched (audit-blocks.ts), a few at a time and never by whoever writes an
 * entry. A block is made once nothing can be added to it any more: its ids are given out, and whoever was given one has
 * committed or failed. What is behind the last block is looked at entry by entry.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Queries, SqlContext } from '../context.ts';
import { FACTS, readFact, writeFact } from '../facts.ts';
import { transact } from '../transact.ts';
import { addBlock, BLOCK, blockOf, dropBlocks } from './audit-blocks.ts';

/** How many blocks are made: all entries up to that many times sixteen are in them. */
export async function readBlockCount(db: Queries): Promise<number> {
  return Number((await readFact(db, FACTS.auditBlocks)) ?? 0);
}

/** Makes blocks of the next entries, at most so many; gives of how many. */
export async function indexEntries(context: SqlContext, limit: number): Promise<number> {
  const { db, dialect, locks } = context;
  const complete = Math.floor((await settledId(context)) / BLOCK);
  if (complete <= (await readBlockCount(db))) return 0;
  return transact(db, async (trx) => {
    await locks.alone(trx, 'index of the audit log');
    const made = await readBlockCount(trx);
    if (complete <= made) return 0;
    const rows = await trx
      .selectFrom('audit_events')
      .select(['id', 'search_text'])
      .where('id', '>', made * BLOCK)
      .where('id', '<=', complete * BLOCK)
      .orderBy('id')
      .limit(Math.max(limit, 2 * BLOCK))
      .execute();
    const isLast = rows.length < limit;
    const blocks = Map.groupBy(rows, ({ id }) => blockOf(id));
    const end = isLast ? complete : Math.max(...blocks.keys());
    for (const [block, entries] of blocks)
      if (block < end)
        await addBlock(
          trx,
          dialect,
          block,
          entries.map((entry) => entry.search_text),
        );
    await writeFact(trx, FACTS.auditBlocks, String(end));
    if (dialect === 'postgres') await dropEmptyBlocks(trx);
    return rows.length;
  });
}

/** Takes blocks of which no entry is left out of the index, after entries were deleted. */
export async function forgetEmptyBlocks({ db, dialect, locks }: SqlContext): Promise<void> {
  if (dialect === 'sqlite') return;
  await transact(db, async (trx) => {
    await locks.alone(trx, 'index of the audit log');
    await dropEmptyBlocks(trx);
  });
}

async function dropEmptyBlocks(trx: Queries): Promise<void> {
  const { id } = await trx
    .selectFrom('audit_events')
    .select((e) => e.fn.min('id').as('id'))
    .executeTakeFirstOrThrow();
  await dropBlocks(trx, id === null ? await readBlockCount(trx) : blockOf(Number(id)));
}

const LOOKS = 10;
const PAUSE_MS = 20;

/** An id that no entry with a lower one can appear behind any more; 0 while there are writers who take long. */
async function settledId({ db, locks }: SqlContext): Promise<number> {
  const { id } = await db
    .selectFrom('audit_events')
    .select((e) => e.fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  // Whoever was given a lower id was writing already, and is over when seen no more.
  let writers = await locks.writers(db, 'audit_events');
  for (let looks = 1; writers.length > 0; looks += 1) {
    if (looks === LOOKS) return 0;
    await pause(PAUSE_MS);
    const present = new Set(await locks.writers(db, 'audit_events'));
    writers = writers.filter((writer) => present.has(writer));
  }
  return Number(id ?? 0);
}
