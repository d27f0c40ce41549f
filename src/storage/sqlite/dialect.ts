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

/**
 * How long writing waits for another process to finish, counted from the first that had to wait: those behind it
 * do not begin to wait anew, or a queue would take this long for each.
 */
const LONGEST_WAIT_MS = 5_000;
const PAUSE_MS = 10;
const CACHED_STATEMENTS = 500;

/** Who is told what the connection does. */
export interface DialectListeners {
  /** Told each statement before it runs. */
  readonly trace?: (sql: string) => void;
  /** Told after every statement outside of a transaction and after every COMMIT: something may have changed. */
  readonly onCommit?: () => void;
}

export function nodeSqliteDialect(database: DatabaseSync, listeners: DialectListeners = {}): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new NodeSqliteDriver(database, listeners),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class NodeSqliteDriver implements Driver {
  readonly #connection: NodeSqliteConnection;

  constructor(database: DatabaseSync, listeners: DialectListeners) {
    this.#connection = new NodeSqliteConnection(database, listeners);
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
  readonly #onCommit: () => void;
  readonly #statements = new Map<string, Prepared>();
  /** Since when another process has kept this one from writing; null while it does not. */
  #blockedSince: number | null = null;

  constructor(
    database: DatabaseSync,
    { trace = () => undefined, onCommit = () => undefined }: DialectListeners,
  ) {
    this.#database = database;
    // SQLite's own waiting would hold up the event loop, and with it every request that writes nothing.
    database.exec('pragma busy_timeout = 0');
    this.#trace = trace;
    this.#onCommit = onCommit;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.#trace(query.sql);
    try {
      return await this.#patiently(() => this.#execute<R>(query));
    } finally {
      if (!this.#database.isOpen || !this.#database.isTransaction) this.#onCommit();
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here streams; every list is paged
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('queries are not streamed from SQLite');
  }

  async begin(): Promise<void> {
    await this.#patiently(() => this.#run('begin immediate'));
    this.#blockedSince = null;
  }

  commit(): void {
    try {
      this.#run('commit');
    } catch (error) {
      this.rollback();
      throw asTrouble(error);
    } finally {
      this.#onCommit();
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

  /** Does it again while another process writes. Within a transaction nobody else can, so nothing is repeated there. */
  async #patiently<T>(work: () => T): Promise<T> {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || this.#database.isTransaction) throw asTrouble(error);
        const now = performance.now();
        this.#blockedSince ??= now;
        if (now - this.#blockedSince > LONGEST_WAIT_MS) throw asTrouble(error);
      }
      await sleep(PAUSE_MS);
    }
  }

  #execute<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, givesRows } = this.#prepare(query.sql);
    const parameters = query.parameters as SQLInputValue[];
    if (givesRows) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    this.#blockedSince = null;
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
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
