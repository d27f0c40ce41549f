/**
 * kysely over `node:sqlite`: one connection, which kysely hands to one caller at a time, and a cache of prepared
 * statements. A transaction is a write transaction from its first statement, so it can never fail half-way for
 * want of the write lock. A COMMIT is tried once; when it fails, the caller learns that nothing is certain.
 */

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { asTrouble, isBusy } from './trouble.ts';

/** How long a transaction waits for another process to finish its own, without holding up the event loop. */
const LONGEST_WAIT_MS = 5_000;
const PAUSE_MS = 10;
const CACHED_STATEMENTS = 500;

/** @param trace is told each statement before it runs */
export function nodeSqliteDialect(database: DatabaseSync, trace?: (sql: string) => void): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new NodeSqliteDriver(database, trace),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class NodeSqliteDriver implements Driver {
  readonly #connection: NodeSqliteConnection;

  constructor(database: DatabaseSync, trace?: (sql: string) => void) {
    this.#connection = new NodeSqliteConnection(database, trace);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    await this.#connection.begin();
  }

  async commitTransaction(): Promise<void> {
    this.#connection.commit();
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback();
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #trace: (sql: string) => void;
  readonly #statements = new Map<string, Prepared>();

  constructor(database: DatabaseSync, trace: (sql: string) => void = () => undefined) {
    this.#database = database;
    this.#trace = trace;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#trace(query.sql);
    try {
      const { statement, givesRows } = this.#prepare(query.sql);
      const parameters = query.parameters as SQLInputValue[];
      if (givesRows) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw asTrouble(error);
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here streams; every list is paged
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('queries are not streamed from SQLite');
  }

  async begin(): Promise<void> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      try {
        this.#run('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw asTrouble(error);
      }
      await sleep(PAUSE_MS);
    }
  }

  commit(): void {
    try {
      this.#run('commit');
    } catch (error) {
      this.rollback();
      throw asTrouble(error);
    }
  }

  /** Some errors have rolled back already; then there is nothing left to do. */
  rollback(): void {
    try {
      if (this.#database.isTransaction) this.#run('rollback');
    } catch (error) {
      throw asTrouble(error);
    }
  }

  #run(sql: string): void {
    this.#trace(sql);
    this.#database.exec(sql);
  }

  #prepare(sql: string): Prepared {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    if (this.#statements.size >= CACHED_STATEMENTS) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    const prepared = { statement, givesRows: statement.columns().length > 0 };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
