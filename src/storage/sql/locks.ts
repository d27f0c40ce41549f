/**
 * Locks that statements of one transaction need against those of others. SQLite needs none: a transaction there
 * writes alone from its first statement on. PostgreSQL runs them side by side, each statement seeing what was
 * committed before it began, so whoever reads first and writes later has to hold on to what was read.
 */
import { type Kysely, sql } from 'kysely';

/** What only one transaction may be about at a time, across all servers. */
export type SoleMatter =
  | 'migration'
  | 'first user'
  | 'names of service providers'
  | 'index of the audit log'
  | 'sums of usage';

/** How a dialect locks. */
export interface Locks {
  /** Rows read stay in place until the end of the transaction; others may read and keep them too. */
  keep<Q extends { forKeyShare(): Q }>(query: Q): Q;
  /** Rows read are this transaction's until its end; who keeps them has to end first. */
  hold<Q extends { forUpdate(): Q }>(query: Q): Q;
  /** Rows read are this transaction's to change, but for their keys: who only keeps them does not wait. */
  change<Q extends { forNoKeyUpdate(): Q }>(query: Q): Q;
  /** Rows read are this transaction's until its end; those that another one holds are passed over, never waited for. */
  take<Q extends { forUpdate(): { skipLocked(): Q } }>(query: Q): Q;
  /** Waits until no other transaction is about this matter, and keeps others waiting until the end. */
  alone<DB>(trx: Kysely<DB>, matter: SoleMatter): Promise<void>;
  /** Transactions that have begun to write into this table and are not over, by names that none of them shares with a later one. */
  writers<DB>(db: Kysely<DB>, table: string): Promise<readonly string[]>;
}

/** Of a database that lets one transaction write at a time. */
export const NO_LOCKS: Locks = {
  keep: (query) => query,
  hold: (query) => query,
  change: (query) => query,
  take: (query) => query,
  alone: async () => {},
  writers: async () => [],
};

/** Arbitrary, and ours: the high half says "Countersign", the low half the matter. */
const ADVISORY: Readonly<Record<SoleMatter, readonly [number, number]>> = {
  migration: [0x6373_676e, 1],
  'first user': [0x6373_676e, 2],
  'names of service providers': [0x6373_676e, 3],
  'index of the audit log': [0x6373_676e, 4],
  'sums of usage': [0x6373_676e, 5],
};

/** Of a database in which transactions run side by side. */
export const ROW_LOCKS: Locks = {
  keep: (query) => query.forKeyShare(),
  hold: (query) => query.forUpdate(),
  change: (query) => query.forNoKeyUpdate(),
  take: (query) => query.forUpdate().skipLocked(),
  async alone<DB>(trx: Kysely<DB>, matter: SoleMatter) {
    const [owner, number] = ADVISORY[matter];
    await sql`select pg_advisory_xact_lock(${sql.lit(owner)}, ${sql.lit(number)})`.execute(trx);
  },
  async writers<DB>(db: Kysely<DB>, table: string) {
    const { rows } = await sql<{ name: string }>`select virtualtransaction as name from pg_locks
      where locktype = 'relation' and relation = ${table}::regclass and mode = 'RowExclusiveLock'
        and database = (select oid from pg_database where datname = current_database())`.execute(db);
    return rows.map(({ name }) => name);
  },
};
