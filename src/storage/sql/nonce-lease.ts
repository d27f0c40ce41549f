/**
 * The lease of nonces that are burned outside the database: one fact that holds the era and its ceiling together,
 * changed by compare-and-set, so that any number of nodes agree without locks.
 */
import type { NonceEra, NonceLease } from '../../model/index.ts';
import type { Queries } from './context.ts';
import { FACTS, readFact, writeFact } from './facts.ts';
import type { Locks } from './locks.ts';

/** How the database remembers that this kind of store burned last. */
const KIND = 'redis';

/** @param release called when the lease is given up */
export function sqlNonceLease(db: Queries, release: () => void = () => {}): NonceLease {
  return {
    take: async (id, unknownUpTo) => {
      const kind = await readFact(db, FACTS.nonceKind);
      const era = await change(db, (before) => {
        if (kind === KIND && before !== null) return before;
        return { id, ceiling: Math.max(before?.ceiling ?? 0, kind === null ? 0 : unknownUpTo) };
      });
      // Last: a process that dies before it leaves the old kind's note, and the next one begins anew.
      if (kind !== KIND) await writeFact(db, FACTS.nonceKind, KIND);
      return era;
    },
    read: () => readOwn(db),
    replace: async (lost, id) => {
      if ((await readOwn(db)) === null) return null;
      return change(db, (before) => (before?.id === lost ? { id, ceiling: before.ceiling } : before));
    },
    raise: async (id, ceiling) => {
      if ((await readOwn(db)) === null) return false;
      const era = await change(db, (before) =>
        before?.id === id ? { id, ceiling: Math.max(before.ceiling, ceiling) } : before,
      );
      return era.id === id;
    },
    close: async () => release(),
  };
}

/**
 * Ends the era in force, in the transaction in which nonces of another kind take over: nobody can raise its ceiling
 * from then on. Gives the ceiling, or 0 if there never was an era.
 */
export async function endNonceLease(trx: Queries, locks: Locks): Promise<number> {
  const kept = trx.selectFrom('facts').select('value').where('name', '=', FACTS.nonceEra);
  const era = parse((await locks.hold(kept).executeTakeFirst())?.value ?? null);
  if (era === null) return 0;
  await writeFact(trx, FACTS.nonceEra, `${era.ceiling} ended`);
  return era.ceiling;
}

async function readOwn(db: Queries): Promise<NonceEra | null> {
  if ((await readFact(db, FACTS.nonceKind)) !== KIND) return null;
  return parse(await readFact(db, FACTS.nonceEra));
}

/** Replaces the era by what is made of it; begins again when another node was in between. */
async function change<Next extends NonceEra | null>(
  db: Queries,
  next: (before: NonceEra | null) => Next,
): Promise<NonceEra> {
  for (;;) {
    const before = await readFact(db, FACTS.nonceEra);
    const era = next(parse(before));
    if (era === null) throw new Error('the era of the nonces is missing in the database');
    const after = `${era.ceiling} ${era.id}`;
    if (after === before || (await swap(db, before, after))) return era;
  }
}

async function swap(db: Queries, before: string | null, after: string): Promise<boolean> {
  if (before === null) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('facts')
      .values({ name: FACTS.nonceEra, value: after })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await db
    .updateTable('facts')
    .set({ value: after })
    .where('name', '=', FACTS.nonceEra)
    .where('value', '=', before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function parse(value: string | null): NonceEra | null {
  if (value === null) return null;
  const [ceiling = '', id = ''] = value.split(' ');
  return { id, ceiling: Number(ceiling) };
}
